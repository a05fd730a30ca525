package headcache.verify;

import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.Skb;
import headcache.protocol.Twin;
import headcache.protocol.WayOut;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The book of references: what each skb holds, who shares it, and who has a claim to which data.
 *
 * <p>Twins of a pair share an account, because events name the pair; so of a pair it is known that each
 * thing was released once, not by which twin.
 */
final class Claims {
    private static final int HELD_KINDS = Held.values().length;

    private final Now now;
    private final Findings findings;
    private final Accounts accounts;

    /** The skb that began with the event before this one: data that is taken now is its data. */
    private @Nullable HeadAccount lastBorn;
    /** Name of the data that was taken over with the event before this one. */
    private int stolen = Head.NONE;

    /** Data whose references or claims this step changed. */
    private HeadAccount[] touched = new HeadAccount[16];

    private int touchedCount;

    Claims(Now now, Findings findings, Accounts accounts) {
        this.now = now;
        this.findings = findings;
        this.accounts = accounts;
    }

    void born(HeadAccount head) {
        if (head.live == 1) {
            head.begin();
        }
        head.users++;
        lastBorn = head;
    }

    void dataTaken(HeadAccount data) {
        final HeadAccount skb = lastBorn;
        touch(data);
        data.dataRefs++;
        if (skb != null) {
            skb.data = data.head;
            data.dataClaims++;
            lastBorn = null;
        }
    }

    void dataDropped(HeadAccount data) {
        touch(data);
        data.dataRefs--;
    }

    /** An aggregate that is not known takes the reference out of the books. */
    void dataAdopted(HeadAccount data) {
        stolen = data.head;
        if (now.detail == Head.NONE) {
            touch(data);
            data.dataRefs--;
            data.dataClaims--;
        } else {
            accounts.of(now.detail).adopt(data.head);
        }
    }

    void held(HeadAccount head) {
        final Held what = Held.of(now.detail);
        head.setHeld(what, head.held(what) + 1);
        if (head.held(what) > Math.max(1, head.live)) {
            add(Invariant.I6, head, "took a second reference to " + what);
        }
    }

    void released(HeadAccount head) {
        final Held what = Held.of(now.detail);
        if (head.held(what) == 0) {
            add(Invariant.I6, head, "released " + what + ", which it did not hold,");
        } else {
            head.setHeld(what, head.held(what) - 1);
        }
    }

    void shared(HeadAccount head, int change) {
        head.users += change;
        if (!Head.isFclone(head.head) && head.users != now.detail) {
            add(Invariant.I9, head, "counts users=" + now.detail + ", its events make users=" + head.users + ":");
            head.users = now.detail;
        }
    }

    void linked(HeadAccount member) {
        final HeadAccount aggregate = accounts.of(now.detail);
        if (Head.isFclone(member.head)) {
            aggregate.hasTwinMembers = true;
        } else {
            member.linkedTo = now.detail;
            aggregate.members++;
        }
    }

    void reused(HeadAccount head) {
        if (head.holdsAnything() || head.hasAdopted() || head.members > 0 || head.hasTwinMembers) {
            add(Invariant.I6, head, "emptied for reuse, but not bare: " + burden(head) + ",");
            dropAll(head);
        }
    }

    /** It may stay on the list for as long as the machine runs, and so would what it holds. */
    void deferred(HeadAccount head) {
        if (head.holdsAnything() && !Head.isFclone(head.head)) {
            add(Invariant.I6, head, "put on a defer list though it holds something: " + burden(head) + ",");
        }
    }

    void died(HeadAccount head) {
        head.users--;
        if (head.users < head.live || (head.live == 0 && head.users > 0)) {
            add(Invariant.I9, head, "ended with references left: users=" + head.users);
        }
        for (int i = 0; i < HELD_KINDS; i++) {
            final Held what = Held.of(i);
            if (head.held(what) > head.live) {
                add(Invariant.I6, head, "ended without releasing " + what);
                head.setHeld(what, head.live);
            }
        }
        if (now.detail != WayOut.GRO_STOLEN_HEAD.ordinal() || stolen != head.data) {
            unclaim(head.data);
        }
        if (head.live == 0 || releasedAdopted(head)) {
            dropAll(head);
        }
        if (head.linkedTo != Head.NONE) {
            accounts.of(head.linkedTo).members--;
            head.linkedTo = Head.NONE;
        }
    }

    /**
     * An skb leaves an actor: it carries what its events made it hold, neither more, as from a former life, nor less.
     * Of twins it is not known which one holds what.
     */
    void carried(HeadAccount head, Skb skb) {
        if (skb.twin() != Twin.NONE) {
            return;
        }
        if (!head.isIn(Place.IN_USE)) {
            add(Invariant.I2, head, "handed on as an skb");
            return;
        }
        for (int i = 0; i < HELD_KINDS; i++) {
            final Held what = Held.of(i);
            final boolean carries = skb.isHolding(what);
            if (carries && head.held(what) == 0) {
                add(Invariant.I7, head, "carries " + what + ", which it was never given in this life,");
            } else if (!carries && head.held(what) > 0) {
                add(Invariant.I6, head, "carries no " + what + " any more, which was not released,");
            }
        }
        if (skb.users() != head.users) {
            add(Invariant.I9, head, "carries users=" + skb.users() + ", its events make users=" + head.users + ",");
        }
        if (skb.data() != head.data
                || (skb.fragments() != null) != head.hasAdopted()
                || (skb.members() != null) != (head.members > 0 || head.hasTwinMembers)) {
            add(Invariant.I7, head, "carries other data than it was given in this life");
        }
    }

    /** Each event but the two that refer to the one before ends that reference. */
    void other() {
        lastBorn = null;
        stolen = Head.NONE;
    }

    /** Ends a step: for each data buffer there are as many references as claims. */
    void close() {
        other();
        for (int i = 0; i < touchedCount; i++) {
            final HeadAccount data = touched[i];
            if (data.dataRefs != data.dataClaims) {
                findings.add(
                        Invariant.I6,
                        data.head,
                        "after " + now.kind + " by " + now.who + " its data has references=" + data.dataRefs
                                + ", and skbs that should have one=" + data.dataClaims + "; the head is "
                                + data.whereabouts());
                data.dataRefs = data.dataClaims;
            }
        }
        touchedCount = 0;
    }

    /** Whether the twin that just ended was the one that had taken data over: its references are gone. */
    private boolean releasedAdopted(HeadAccount pair) {
        for (final int data : pair.adopted()) {
            final HeadAccount account = accounts.of(data);
            return account.dataRefs < account.dataClaims;
        }
        return false;
    }

    private void dropAll(HeadAccount head) {
        for (final int data : head.adopted()) {
            unclaim(data);
        }
        head.forgetAdopted();
        if (head.live == 0 && head.members > 0) {
            add(Invariant.I1, head, "ended and left behind members=" + head.members);
            head.members = 0;
        }
    }

    private void unclaim(int data) {
        if (data != Head.NONE) {
            final HeadAccount account = accounts.of(data);
            touch(account);
            account.dataClaims--;
        }
    }

    private void touch(HeadAccount data) {
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, touchedCount * 2);
        }
        touched[touchedCount++] = data;
    }

    private static String burden(HeadAccount head) {
        final StringBuilder text = new StringBuilder();
        for (final Held what : Held.values()) {
            text.append(what).append('=').append(head.held(what)).append(' ');
        }
        return text.append("adopted=")
                .append(head.adopted().length)
                .append(" members=")
                .append(head.members)
                .toString();
    }

    private void add(Invariant invariant, HeadAccount head, String what) {
        findings.add(invariant, head.head, what + " at " + now.who + "; it is " + head.whereabouts());
    }
}
