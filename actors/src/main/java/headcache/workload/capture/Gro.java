package headcache.workload.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Generic receive offload: which frames of a poll are merged into one unit before they are handed up.
 *
 * <p>The rule is that of Linux 6.1 for TCP over IPv4 ({@code inet_gro_receive}, {@code tcp_gro_receive} and
 * {@code skb_gro_receive}): a frame joins the unit of its flow if it follows on it with nothing but its data and
 * place changed; a shorter segment, a flag that ends something, or the end of the poll closes the unit. The
 * kernel's limit of eight open units for each of eight groups of flows is left out, because the groups hang on a
 * random key.
 */
public final class Gro {
    private static final int CLOSING = TcpHeader.URG | TcpHeader.PSH | TcpHeader.RST | TcpHeader.SYN | TcpHeader.FIN;

    private final Consumer<GroUnit> up;
    private final List<GroUnit> open = new ArrayList<>();
    private int received;
    private @Nullable GroUnit last;

    /** Nothing is received yet; closed units go to {@code up}, in the order in which they are handed up. */
    public Gro(Consumer<GroUnit> up) {
        this.up = up;
    }

    /** Receives the next frame of the poll, and tells what becomes of its head. */
    public Treatment receive(Frame frame) {
        final GroUnit fresh = new GroUnit(received, frame);
        received++;
        last = fresh;
        if (frame.tcp().isEmpty()) {
            up.accept(fresh);
            return Treatment.HANDED_UP;
        }
        final GroUnit unit = openUnitOf(frame);
        Treatment treatment = Treatment.HANDED_UP;
        if (unit != null) {
            final boolean joins = mergeable(frame) && sameHeaders(frame, unit.first()) && unit.takes(frame);
            if (joins) {
                treatment = unit.add(frame);
                last = unit;
            }
            if (!joins || closes(frame, unit.first())) {
                open.remove(unit);
                up.accept(unit);
            }
        }
        if (treatment == Treatment.HANDED_UP) {
            begin(fresh);
        }
        return treatment;
    }

    /**
     * The unit that the frame received last belongs to.
     *
     * @throws IllegalStateException if none was received
     */
    public GroUnit last() {
        final GroUnit unit = last;
        if (unit == null) {
            throw new IllegalStateException("no frame was received yet");
        }
        return unit;
    }

    /** Hands up everything: the poll is over. */
    public void endPoll() {
        open.forEach(up);
        open.clear();
    }

    private void begin(GroUnit fresh) {
        final Frame frame = fresh.first();
        if (mergeable(frame)
                && frame.segmentLength() > 0
                && !frame.tcp().orElseThrow().hasAny(CLOSING)) {
            open.add(fresh);
        } else {
            up.accept(fresh);
        }
    }

    private @Nullable GroUnit openUnitOf(Frame frame) {
        for (final GroUnit unit : open) {
            if (sameFlow(frame, unit.first())) {
                return unit;
            }
        }
        return null;
    }

    /** A padded frame's length is not what its IP header says, which no unit can take. */
    private static boolean mergeable(Frame frame) {
        return frame.ip().orElseThrow().totalLength() == frame.lengthAboveEthernet()
                && !frame.tcp().orElseThrow().hasAny(TcpHeader.CWR);
    }

    private static boolean closes(Frame frame, Frame first) {
        return frame.segmentLength() < first.segmentLength()
                || frame.tcp().orElseThrow().hasAny(CLOSING);
    }

    private static boolean sameFlow(Frame one, Frame other) {
        final TcpHeader tcp = one.tcp().orElseThrow();
        final TcpHeader others = other.tcp().orElseThrow();
        final Ipv4Header ip = one.ip().orElseThrow();
        final Ipv4Header othersIp = other.ip().orElseThrow();
        return one.source() == other.source()
                && one.destination() == other.destination()
                && one.vlan() == other.vlan()
                && ip.source() == othersIp.source()
                && ip.destination() == othersIp.destination()
                && tcp.sourcePort() == others.sourcePort()
                && tcp.destinationPort() == others.destinationPort();
    }

    private static boolean sameHeaders(Frame one, Frame other) {
        final Ipv4Header ip = one.ip().orElseThrow();
        final Ipv4Header others = other.ip().orElseThrow();
        return ip.ttl() == others.ttl() && ip.tos() == others.tos() && ip.dontFragment() == others.dontFragment();
    }
}
