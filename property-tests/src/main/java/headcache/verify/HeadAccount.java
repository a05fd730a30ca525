package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.step.EventKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of one head, or of one pair of twins: where it is and since when, what lives on
 * it, and who may still read the data that bears its name.
 */
final class HeadAccount {
    private static final int[] NOTHING = {};
    private static final int HELD_BITS = 4;
    private static final int HELD_MASK = (1 << HELD_BITS) - 1;

    final int head;
    /** Which account it is, from 0 in the order in which they were opened. */
    final int number;
    /** The step that had to do with it last. */
    long lastStep;

    private Place place = Place.IN_SLAB;
    private @Nullable ActorName holder;
    private @Nullable EventKind sinceKind;
    private long since;
    private long sinceStep;

    /** Skbs that live on it: one, or two on a pair. */
    int live;
    /** Skbs on it that have ended, and whose part of it is not given up yet. */
    int ended;
    /** Skbs that began on it since it left the slab. */
    int born;
    /** Whether one part of the pair is home. */
    boolean halfHome;

    /** References to the skbs on it. */
    int users;
    /** Name of their data, or {@link Head#NONE}. */
    int data = Head.NONE;
    /** Skbs on the frag_list of the one that lives on it. */
    int members;

    /** Whether twins are among the members: they are not counted, for it is not told which of two ends. */
    boolean hasTwinMembers;
    /** The head on whose frag_list it is, or {@link Head#NONE}. */
    int linkedTo = Head.NONE;

    private int held;
    private int[] adopted = NOTHING;
    private int adoptedCount;

    /** References to the data that bears this head's name. */
    int dataRefs;
    /** Live skbs and aggregates that should have one. */
    int dataClaims;

    HeadAccount(int head, int number) {
        this.head = head;
        this.number = number;
    }

    Place place() {
        return place;
    }

    boolean isIn(Place here) {
        return place == here;
    }

    boolean isIn(Place here, ActorName with) {
        return place == here && with.equals(holder);
    }

    void move(Place to, Now now) {
        place = to;
        holder = now.who;
        sinceKind = now.kind;
        since = now.number;
        sinceStep = now.step;
    }

    boolean wasHandedOut() {
        return holder != null;
    }

    /** Where it is, with whom, and since which event. */
    String whereabouts() {
        return holder == null
                ? "in its slab, never handed out"
                : place.words() + " " + holder + " since step=" + sinceStep + " event=" + since + " (" + sinceKind
                        + ")";
    }

    int held(Held what) {
        return (held >>> shift(what)) & HELD_MASK;
    }

    void setHeld(Held what, int count) {
        held = (held & ~(HELD_MASK << shift(what))) | (count << shift(what));
    }

    private static int shift(Held what) {
        return what.ordinal() * HELD_BITS;
    }

    boolean holdsAnything() {
        return held != 0;
    }

    void adopt(int taken) {
        if (adoptedCount == adopted.length) {
            adopted = Arrays.copyOf(adopted, Math.max(4, adoptedCount * 2));
        }
        adopted[adoptedCount++] = taken;
    }

    /** Names of the data that was taken over from merged frames. */
    int[] adopted() {
        return Arrays.copyOf(adopted, adoptedCount);
    }

    int adoptedCount() {
        return adoptedCount;
    }

    boolean hasAdopted() {
        return adoptedCount > 0;
    }

    void forgetAdopted() {
        adoptedCount = 0;
    }

    /** A first skb begins: nothing of a former life is left. */
    void begin() {
        users = 0;
        held = 0;
        data = Head.NONE;
        members = 0;
        hasTwinMembers = false;
        linkedTo = Head.NONE;
        adoptedCount = 0;
    }
}
