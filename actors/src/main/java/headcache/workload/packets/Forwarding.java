package headcache.workload.packets;

import headcache.workload.capture.Frame;
import headcache.workload.capture.GroUnit;
import headcache.workload.capture.TcpHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays the units that a router received at one NIC end to end, and follows them through the frames that it sent at
 * the other: which completions must come, in which order, and whether the frames are the same.
 *
 * <p>A unit leaves on its own head, and the NIC cuts it up. A unit with a list is cut up in software, where each
 * piece has a head of its own. What is not IPv4 (ARP) is the router's own, on its way in and on its way out.
 */
final class Forwarding {
    private final String from;
    private final List<Frame> sent;
    private final List<Origin> completions = new ArrayList<>();
    private final Tally frames = new Tally();
    private int emptySegments;
    private int at;

    private Forwarding(String from, List<Frame> sent) {
        this.from = from;
        this.sent = sent;
    }

    /** Follows {@code units}, received at the device {@code from}, through the frames {@code sent}. */
    static Forwarding of(String from, List<GroUnit> units, List<Frame> sent) {
        final Forwarding forwarding = new Forwarding(from, sent);
        for (final GroUnit unit : units) {
            if (isForwarded(unit.first())) {
                forwarding.forward(unit);
            }
        }
        forwarding.own();
        forwarding.frames.compare("frames sent", sent.size(), forwarding.at);
        return forwarding;
    }

    /** The head that each transmit completion gives back, in order. */
    List<Origin> completions() {
        return completions;
    }

    /** How the frames that were sent differ from those that were received. */
    Tally frames() {
        return frames;
    }

    /** How many frames the model says were sent. */
    int sent() {
        return at;
    }

    /** How many of them are empty segments that an emulated NIC adds after a unit of whole segments. */
    int emptySegments() {
        return emptySegments;
    }

    private void forward(GroUnit unit) {
        own();
        if (unit.members() == 0) {
            completions.add(new Origin(from, unit.number()));
        } else {
            unit.frames().forEach(piece -> completions.add(Origin.OWN));
        }
        for (final Frame frame : unit.frames()) {
            final Object kernel = at < sent.size() ? essence(sent.get(at)) : "none";
            frames.compare("frame sent " + (at + 1), kernel, essence(frame));
            at++;
        }
        if (at < sent.size() && isEmptySegment(sent.get(at), unit)) {
            emptySegments++;
            at++;
        }
    }

    private void own() {
        while (at < sent.size() && !isForwarded(sent.get(at))) {
            completions.add(Origin.OWN);
            at++;
        }
    }

    private static boolean isForwarded(Frame frame) {
        return frame.etherType() == Frame.IPV4;
    }

    private static boolean isEmptySegment(Frame frame, GroUnit unit) {
        if (unit.frames().size() == 1 || unit.members() > 0 || frame.tcp().isEmpty() || frame.segmentLength() > 0) {
            return false;
        }
        final Frame last = unit.frames().get(unit.frames().size() - 1);
        return last.segmentLength() == unit.first().segmentLength()
                && frame.tcp().orElseThrow().sequence()
                        == last.tcp().orElseThrow().sequence() + last.segmentLength();
    }

    /** What translation of addresses leaves as it is. */
    private static String essence(Frame frame) {
        final String ip = frame.ip()
                .map(header -> "protocol=" + header.protocol() + " length=" + header.totalLength())
                .orElse("no IPv4");
        return ip + frame.tcp().map(Forwarding::numbers).orElse("");
    }

    private static String numbers(TcpHeader tcp) {
        return " seq=" + Integer.toUnsignedString(tcp.sequence()) + " ack="
                + Integer.toUnsignedString(tcp.acknowledgement());
    }
}
