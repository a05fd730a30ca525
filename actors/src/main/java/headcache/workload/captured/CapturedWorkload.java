package headcache.workload.captured;

import headcache.machine.Topology;
import headcache.workload.BadInputException;
import headcache.workload.OpBuffer;
import headcache.workload.OpKinds;
import headcache.workload.OpStream;
import headcache.workload.Workload;
import headcache.workload.capture.CaptureDamage;
import headcache.workload.trace.TraceSource;
import java.util.ArrayList;
import java.util.List;

/** The frames of a packet capture as a workload. */
public final class CapturedWorkload implements Workload {
    private static final long NANOS_PER_MICROSECOND = 1000;

    private final TraceSource source;
    private final CaptureSettings settings;
    private final CaptureKinds kinds;
    private final Topology topology;
    private final long packets;
    private final List<String> notes;

    private CapturedWorkload(
            TraceSource source, CaptureSettings settings, CaptureKinds kinds, long packets, List<String> notes) {
        this.source = source;
        this.settings = settings;
        this.kinds = kinds;
        this.topology = Topology.even(settings.cpus(), 1);
        this.packets = packets;
        this.notes = notes;
    }

    /**
     * Makes a workload of the capture {@code source}. The capture is read through once to count; only a poll's frames and
     * what has not ended yet are kept.
     *
     * @throws BadInputException if it is no capture that can be read, or no frame in it arrives
     * @throws IllegalArgumentException if there are too many CPUs for any machine
     */
    public static Workload of(TraceSource source, CaptureSettings settings) {
        Topology.even(settings.cpus(), 1); // refuses what no machine can be, before anything is read
        final CaptureKinds kinds = new CaptureKinds();
        final CapturedStream stream = new CapturedStream(source, settings, kinds);
        final OpBuffer ops = new OpBuffer();
        while (stream.read(ops)) {
            ops.clear();
        }
        final Receiver all = stream.receiver();
        if (all.frames() == 0) {
            throw new BadInputException(
                    source.file(),
                    0,
                    stream.damage().map(CaptureDamage::message).orElse("no frame arrives in this capture"),
                    "sent by the NIC itself",
                    stream.ownFrames(),
                    "captured too short",
                    stream.unreadable());
        }
        return new CapturedWorkload(source, settings, kinds, all.begun(), notes(stream, settings));
    }

    private static List<String> notes(CapturedStream stream, CaptureSettings settings) {
        final Receiver all = stream.receiver();
        final List<String> notes = new ArrayList<>();
        notes.add("received: " + all.frames() + " frames, of which GRO merged " + all.merged()
                + "; polls are guessed from arrival, " + settings.window() / NANOS_PER_MICROSECOND + " us each");
        if (settings.own().isEmpty()) {
            notes.add("every frame arrives, as it is not said which NIC the capture is of");
        } else {
            notes.add("left out: " + stream.ownFrames() + " frames that the NIC sent itself");
        }
        if (stream.unreadable() > 0) {
            notes.add("left out: " + stream.unreadable() + " frames of which too little was captured");
        }
        stream.damage().map(CaptureDamage::message).ifPresent(notes::add);
        return List.copyOf(notes);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public String summary() {
        return "captured frames, "
                + (settings.destination() == Destination.FORWARD ? "forwarded" : "delivered to tasks");
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public long packets() {
        return packets;
    }

    @Override
    public OpKinds kinds() {
        return kinds.all();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public OpStream open() {
        return new CapturedStream(source, settings, kinds);
    }
}
