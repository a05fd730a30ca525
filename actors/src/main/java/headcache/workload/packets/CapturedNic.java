package headcache.workload.packets;

import headcache.workload.BadInputException;
import headcache.workload.capture.CaptureDamage;
import headcache.workload.capture.CaptureReader;
import headcache.workload.capture.CapturedFrame;
import headcache.workload.capture.Frame;
import headcache.workload.trace.Nic;
import headcache.workload.trace.TraceSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The frames at one NIC, both ways.
 *
 * @param nic the NIC
 * @param received frames that it received, in order
 * @param arrivals when each of these arrived, in nanoseconds
 * @param transmitted frames that it sent, in order
 * @param damage where the capture could not be read any further, if it could not
 */
record CapturedNic(
        Nic nic, List<Frame> received, List<Long> arrivals, List<Frame> transmitted, Optional<CaptureDamage> damage) {

    /**
     * Reads the capture {@code source} of {@code nic}.
     *
     * @throws BadInputException if it is no capture, or keeps too little of a frame
     */
    static CapturedNic read(Nic nic, TraceSource source) {
        final List<Frame> received = new ArrayList<>();
        final List<Long> arrivals = new ArrayList<>();
        final List<Frame> transmitted = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(source)) {
            Optional<CapturedFrame> next = reader.next();
            while (next.isPresent()) {
                final Frame frame = parsed(source, received.size() + transmitted.size() + 1, next.get());
                if (frame.source() == nic.mac()) {
                    transmitted.add(frame);
                } else {
                    received.add(frame);
                    arrivals.add(next.get().nanos());
                }
                next = reader.next();
            }
            return new CapturedNic(nic, received, arrivals, transmitted, reader.damage());
        }
    }

    private static Frame parsed(TraceSource source, int number, CapturedFrame captured) {
        return Frame.of(captured)
                .orElseThrow(() -> new BadInputException(
                        source.file(),
                        0,
                        "too little of a frame was captured to know its addresses",
                        "frame",
                        number,
                        "captured",
                        captured.bytes().length));
    }
}
