package headcache.workload.capture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A unit of GRO: frames of one TCP flow that follow on one another, or one frame of any kind. */
public final class GroUnit {
    /** Pages that a head can carry, which is {@code MAX_SKB_FRAGS}: each merged frame is one. */
    private static final int FRAGMENTS = 17;

    /** A unit is shorter than this, in bytes from the IP header on. */
    private static final int LENGTH_LIMIT = 65_536;

    private static final int ID_MASK = 0xffff;

    private final int number;
    private final List<Frame> frames = new ArrayList<>();
    private int length;
    private int dataLength;
    private int fragments;
    private int members;
    private boolean idStays;

    GroUnit(int number, Frame first) {
        this.number = number;
        frames.add(first);
        length = first.ip().map(Ipv4Header::totalLength).orElse(0);
        dataLength = first.segmentLength();
    }

    /** The number of its first frame, whose head is the unit's head; counted from 0 on. */
    public int number() {
        return number;
    }

    /** Its frames, in order. */
    public List<Frame> frames() {
        return Collections.unmodifiableList(frames);
    }

    /** Its first frame, with which the others are compared. */
    public Frame first() {
        return frames.get(0);
    }

    /** How many heads are on its list. */
    public int members() {
        return members;
    }

    /** Whether {@code frame} may be merged, given that it belongs to this unit's flow. */
    boolean takes(Frame frame) {
        final TcpHeader mine = first().tcp().orElseThrow();
        final TcpHeader its = frame.tcp().orElseThrow();
        final int data = frame.segmentLength();
        return its.acknowledgement() == mine.acknowledgement()
                && its.options().equals(mine.options())
                && differOnlyInEnd(its.flags(), mine.flags())
                && its.sequence() == mine.sequence() + dataLength
                && data > 0
                && data <= first().segmentLength()
                && length + data < LENGTH_LIMIT
                && idFollows(frame);
    }

    /** Takes {@code frame} in; it is merged, or becomes a member of the list when there is no page left. */
    Treatment add(Frame frame) {
        if (frames.size() == 1) {
            idStays = id(frame) == id(first());
        }
        frames.add(frame);
        length += frame.segmentLength();
        dataLength += frame.segmentLength();
        if (fragments == FRAGMENTS) {
            fragments = 0;
            members++;
            return Treatment.LIST_MEMBER;
        }
        fragments++;
        return Treatment.MERGED;
    }

    /** Identifications count up, or all frames that must not be cut up have the same. */
    private boolean idFollows(Frame frame) {
        final boolean undecided = frames.size() == 1;
        if (id(frame) == id(first())) {
            return first().ip().orElseThrow().dontFragment() && (undecided || idStays);
        }
        return (undecided || !idStays) && id(frame) == ((id(first()) + frames.size()) & ID_MASK);
    }

    private static int id(Frame frame) {
        return frame.ip().orElseThrow().id();
    }

    private static boolean differOnlyInEnd(int flags, int others) {
        return ((flags ^ others) & ~(TcpHeader.FIN | TcpHeader.PSH)) == 0;
    }
}
