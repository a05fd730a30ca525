package headcache.workload;

import headcache.audit.AuditMessage;
import headcache.audit.Cut;
import headcache.protocol.ActorName;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.skb.Encoding;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * Has a cut taken each time when a driver tells how far it has come, and once more when it has come to the end.
 *
 * <p>It stands between the driver and the listener, and passes on what the driver tells. While a cut is under way none is
 * begun. The end is passed on after the last cut.
 */
final class AuditPacer implements Step<DriverMessage> {
    private final DriverId id;
    private final DriverId driver;
    private final DriverId audit;
    private @Nullable ActorName listener;
    private DriverMessage.@Nullable Progress end;
    private long packets;
    private long packetsOfCut;
    private boolean underWay;
    private boolean last;

    /** A cut that was taken, and how many packets the driver knew to be done when it began. */
    record Taken(long packets, Cut cut) implements DriverMessage {}

    /** Paces the cuts of {@code audit} by the progress of {@code driver}. */
    AuditPacer(DriverId id, DriverId driver, DriverId audit) {
        this.id = id;
        this.driver = driver;
        this.audit = audit;
    }

    private AuditPacer(AuditPacer other) {
        id = other.id;
        driver = other.driver;
        audit = other.audit;
        listener = other.listener;
        end = other.end;
        packets = other.packets;
        packetsOfCut = other.packetsOfCut;
        underWay = other.underWay;
        last = other.last;
    }

    @Override
    public void on(DriverMessage message, Out out) {
        if (message instanceof DriverMessage.Start start) {
            listener = start.from();
            out.send(driver, new DriverMessage.Start(id));
        } else if (message instanceof DriverMessage.Progress progress) {
            progressed(progress, out);
        } else if (message instanceof Cut cut) {
            taken(cut, out);
        } else {
            throw new IllegalArgumentException("not for a pacer: driver=" + id + ", message=" + message);
        }
    }

    private void progressed(DriverMessage.Progress progress, Out out) {
        packets = progress.packets();
        if (progress.ended()) {
            end = progress;
        } else {
            tell(progress, out);
        }
        if (!underWay) {
            begin(out);
        }
    }

    private void begin(Out out) {
        underWay = true;
        packetsOfCut = packets;
        last = end != null;
        out.send(audit, new AuditMessage.Begin(id));
    }

    private void taken(Cut cut, Out out) {
        underWay = false;
        tell(new Taken(packetsOfCut, cut), out);
        final DriverMessage.Progress ended = end;
        if (ended != null && last) {
            tell(ended, out);
        } else if (ended != null) {
            begin(out);
        }
    }

    private void tell(DriverMessage message, Out out) {
        final ActorName to = listener;
        if (to != null) {
            out.send(to, message);
        }
    }

    @Override
    public AuditPacer copy() {
        return new AuditPacer(this);
    }

    /** Counts nothing: no head comes here. */
    @Override
    public void count(HeadCount into) {}

    @Override
    public void encode(StateBytes bytes) {
        Encoding.put(bytes, listener);
        bytes.put(packets);
        bytes.put(packetsOfCut);
        bytes.put(underWay);
        bytes.put(last);
        bytes.put(end != null);
    }
}
