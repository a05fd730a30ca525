package headcache.workload.captured;

import headcache.nic.IndirectionTable;
import headcache.nic.Toeplitz;
import headcache.workload.OpBuffer;
import headcache.workload.OpStream;
import headcache.workload.capture.CaptureDamage;
import headcache.workload.capture.CaptureReader;
import headcache.workload.capture.CapturedFrame;
import headcache.workload.capture.Frame;
import headcache.workload.capture.Ipv4Header;
import headcache.workload.capture.TcpHeader;
import headcache.workload.trace.TraceSource;
import java.util.Optional;

/**
 * A capture's frames as operations: each goes to the queue that the hash of its flow leads to, and is taken by a
 * guessed poll.
 */
final class CapturedStream implements OpStream {
    /** Later than any time. */
    private static final long END = Long.MAX_VALUE - 1;

    private final TraceSource source;
    private final CaptureSettings settings;
    private final CaptureKinds kinds;
    private final CaptureReader capture;
    private final Receiver receiver;
    private final IndirectionTable table;
    private final GuessedPolls polls;
    private long reads;
    private long ownFrames;
    private long unreadable;

    /**
     * The operations from the first frame of {@code source} on.
     *
     * @throws headcache.workload.BadInputException if it is no capture that can be read
     */
    CapturedStream(TraceSource source, CaptureSettings settings, CaptureKinds kinds) {
        this.source = source;
        this.settings = settings;
        this.kinds = kinds;
        this.capture = CaptureReader.open(source);
        this.receiver = new Receiver(settings, kinds);
        this.table = IndirectionTable.even(settings.queues());
        this.polls = new GuessedPolls(settings, receiver);
    }

    @Override
    public boolean read(OpBuffer into) {
        reads++;
        receiver.writeTo(into);
        final int before = into.size();
        while (into.size() == before) {
            final Optional<CapturedFrame> next = capture.next();
            if (next.isPresent()) {
                arrive(next.get());
            } else if (!polls.pollNext(END)) {
                capture.close();
                return false;
            }
        }
        return true;
    }

    private void arrive(CapturedFrame captured) {
        final Optional<Frame> parsed = Frame.of(captured);
        if (parsed.isEmpty()) {
            unreadable++;
            return;
        }
        final Frame frame = parsed.get();
        if (settings.own().isPresent() && settings.own().getAsLong() == frame.source()) {
            ownFrames++;
            return;
        }
        polls.arrive(table.queue(hash(frame)), captured.nanos(), frame);
    }

    /** As NICs have it where nothing else is set: addresses and ports for TCP, addresses for other IPv4, else nothing. */
    private static int hash(Frame frame) {
        if (frame.ip().isEmpty()) {
            return 0;
        }
        final Ipv4Header ip = frame.ip().get();
        if (frame.tcp().isEmpty()) {
            return Toeplitz.USUAL.ofIpv4(ip.source(), ip.destination());
        }
        final TcpHeader tcp = frame.tcp().get();
        return Toeplitz.USUAL.ofTcp(ip.source(), ip.destination(), tcp.sourcePort(), tcp.destinationPort());
    }

    /** What became of the frames so far. */
    Receiver receiver() {
        return receiver;
    }

    /** Frames so far that the NIC sent itself. */
    long ownFrames() {
        return ownFrames;
    }

    /** Frames so far of which too little was captured. */
    long unreadable() {
        return unreadable;
    }

    /** Where the capture could not be read any further, if the stream came to such a place. */
    Optional<CaptureDamage> damage() {
        return capture.damage();
    }

    @Override
    public OpStream copy() {
        final CapturedStream copy = new CapturedStream(source, settings, kinds);
        final OpBuffer known = new OpBuffer();
        for (long i = 0; i < reads; i++) {
            copy.read(known);
            known.clear();
        }
        return copy;
    }
}
