package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.MachineName;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the books of a machine it only watches: where each head is, and what each skb holds.
 *
 * <p>It is fed by nothing but the {@link Tap}, and shares no code with the machine. At each event it
 * checks that the head comes from where such an event takes it, so a head can have one holder only;
 * that what an skb holds is released once, before its head is given up; and that heads go home. See
 * {@link Invariant}: I1, I2, I3, I6, I8, I9, I10, I12 and I14 are checked here; {@link Watch} checks the rest.
 *
 * <p>Actors may call it from any thread. Events of one head are seen in the order in which they were
 * caused, events of different heads in some order that is possible.
 */
public final class Ledger implements Tap {
    private final Now now = new Now();
    private final Findings findings = new Findings(now);
    private final Accounts accounts = new Accounts();
    private final ParkedCounts parked = new ParkedCounts();
    private final Moves moves = new Moves(now, findings, parked);
    private final Claims claims = new Claims(now, findings, accounts);
    private int[] touched = new int[16];
    private int touchedCount;
    private long begun;
    private long ended;
    private long failedWhileParked;

    /** The books of a machine in which all heads are in their slabs. */
    public Ledger() {}

    /** Says that {@code heads} were in the cache of {@code cpu} when the machine was booted. */
    public synchronized void startParked(CpuId cpu, int... heads) {
        now.who = cpu;
        now.kind = EventKind.REFILL;
        for (final int head : heads) {
            accounts.of(head).move(Place.IN_CACHE, now);
            parked.add(cpu, 1);
        }
    }

    @Override
    public synchronized void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        final int count = events.size();
        now.step++;
        now.who = who;
        touchedCount = 0;
        if (count == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            now.number++;
            now.kind = events.kind(i);
            now.detail = events.detail(i);
            if (events.head(i) == Head.NONE) {
                withoutHead();
            } else {
                final HeadAccount head = accounts.of(events.head(i));
                touch(head);
                book(head);
            }
        }
        moves.close();
        claims.close();
    }

    /** Data outlives its first head in clones, and the twins of a pair travel apart: these have no one owner. */
    private void touch(HeadAccount head) {
        if (head.lastStep == now.step
                || Head.isFclone(head.head)
                || now.kind == EventKind.DATA_TAKEN
                || now.kind == EventKind.DATA_DROPPED
                || now.kind == EventKind.DATA_ADOPTED) {
            return;
        }
        head.lastStep = now.step;
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, 2 * touchedCount);
        }
        touched[touchedCount++] = head.number;
    }

    /** The heads that the last step had to do with, by number of their accounts; see {@link #headNumber}. */
    synchronized int[] touched() {
        return Arrays.copyOf(touched, touchedCount);
    }

    /** The head whose account was opened as number {@code number}, from 0 on. */
    synchronized int headNumber(int number) {
        return accounts.number(number).head;
    }

    /** Where others add what they find, so that all is in one order. */
    Findings findings() {
        return findings;
    }

    /** Checks an skb that leaves an actor against what is known of it (I7). */
    synchronized void checkCarried(Skb skb) {
        claims.carried(accounts.of(skb.head()), skb);
    }

    /**
     * Checks that no head is in a message; to be asked when nothing is on its way.
     */
    synchronized void checkNothingOnTheWay() {
        for (int i = 0; i < accounts.count(); i++) {
            moves.mustHaveArrived(accounts.number(i));
        }
    }

    /** How many heads, or pairs, of {@code node} are not home. */
    synchronized int out(NodeId node, SlabKind kind) {
        int out = 0;
        for (int i = 0; i < accounts.count(); i++) {
            final HeadAccount head = accounts.number(i);
            if (!head.isIn(Place.IN_SLAB)
                    && Head.node(head.head) == node.index()
                    && Head.isFclone(head.head) == (kind == SlabKind.FCLONE)) {
                out++;
            }
        }
        return out;
    }

    private void withoutHead() {
        if (now.kind == EventKind.GET_FAILED && now.who instanceof CpuId cpu && parked.elsewhere(cpu) > 0) {
            failedWhileParked++;
        }
    }

    private void book(HeadAccount head) {
        switch (now.kind) {
            case BORN -> {
                begun++;
                moves.born(head);
                claims.born(head);
                return;
            }
            case DATA_TAKEN -> claims.dataTaken(head);
            case DATA_ADOPTED -> {
                claims.dataAdopted(head);
                return;
            }
            case DIED -> {
                ended++;
                if (moves.died(head)) {
                    claims.died(head);
                }
            }
            case SLAB_OUT,
                    SLAB_IN,
                    SLAB_HALF,
                    SET_ASIDE,
                    POSTED,
                    CAME_BACK,
                    TAKEN_BACK,
                    SENT_HOME,
                    DEPOT_IN,
                    DEPOT_OUT,
                    DEPOT_REAPED,
                    REFILL,
                    GET,
                    PUT,
                    SPILL,
                    FLUSH,
                    HANDED_OVER,
                    PEEKED,
                    PEEK_TAKEN,
                    SHORTFALL,
                    SINGLE_ALLOC,
                    SINGLE_FREE -> move(head);
            case DATA_DROPPED -> claims.dataDropped(head);
            default -> use(head);
        }
        claims.other();
    }

    private void move(HeadAccount head) {
        switch (now.kind) {
            case SLAB_OUT -> moves.slabOut(head);
            case SLAB_IN -> moves.slabIn(head);
            case SLAB_HALF -> moves.slabHalf(head);
            case SET_ASIDE -> moves.setAside(head);
            case POSTED -> moves.leavesForCpu(head);
            case CAME_BACK -> moves.cameBack(head);
            case TAKEN_BACK -> moves.takenBack(head);
            case SENT_HOME -> moves.sentHome(head);
            case DEPOT_IN -> moves.depotIn(head);
            case DEPOT_OUT -> moves.depotOut(head, Place.HANDED_OUT);
            case DEPOT_REAPED -> moves.depotOut(head, Place.GIVEN_UP);
            case REFILL -> moves.refill(head);
            case GET -> moves.get(head);
            case PUT -> moves.put(head);
            case SPILL, FLUSH -> moves.spill(head);
            case HANDED_OVER -> moves.handedOver(head);
            case PEEKED -> moves.peeked(head);
            case SINGLE_ALLOC, PEEK_TAKEN, SHORTFALL -> moves.singleAlloc(head);
            default -> moves.singleFree(head);
        }
    }

    /** What is done with an skb that must be alive. */
    private void use(HeadAccount head) {
        switch (now.kind) {
            case HOLD -> {
                moves.mustBeInUse(head, "made to hold something");
                claims.held(head);
            }
            case UNHOLD -> {
                moves.mustBeInUse(head, "made to release something");
                claims.released(head);
            }
            case SHARED -> {
                moves.mustBeInUse(head, "shared");
                claims.shared(head, 1);
            }
            case UNSHARED -> {
                moves.mustBeInUse(head, "unshared");
                claims.shared(head, -1);
            }
            case LINKED -> {
                moves.mustBeInUse(head, "linked to a frag_list");
                claims.linked(head);
            }
            case REUSED -> {
                moves.mustBeInUse(head, "emptied for reuse");
                claims.reused(head);
            }
            case QUEUED -> moves.mustBeInUse(head, "queued for the transmit softirq");
            case DEFERRED -> {
                moves.deferred(head);
                claims.deferred(head);
            }
            case DEFER_REFUSED -> moves.mustBeInUse(head, "refused by a defer list");
            case SENT -> moves.mustBeInUse(head, "sent");
            default -> {}
        }
    }

    /**
     * Checks that every head is home and no data has a reference left; to be asked when the machine has
     * been drained and is at rest.
     */
    public synchronized void checkAllHome() {
        now.number++;
        now.who = MachineName.MACHINE;
        accounts.forEach(head -> {
            if (!head.isIn(Place.IN_SLAB)) {
                findings.add(Invariant.I1, head.head, "not home after the drain, but " + head.whereabouts());
            }
            if (head.dataRefs != 0) {
                findings.add(Invariant.I6, head.head, "its data was never freed: references=" + head.dataRefs);
            }
        });
    }

    /** Where the heads are now. */
    public synchronized Balance balance() {
        final long[] counts = new long[Place.values().length];
        accounts.forEach(head -> {
            if (head.wasHandedOut()) {
                counts[head.place().ordinal()]++;
            }
        });
        return new Balance(counts);
    }

    /** Where {@code head} is now, with whom, and since which event. */
    public synchronized String whereabouts(int head) {
        return accounts.of(head).whereabouts();
    }

    /** The heads that were ever seen, as ranges of names: {@code n0/0 to n0/95}. */
    public synchronized String knownHeads() {
        return accounts.ranges();
    }

    /** The first violations, in the order in which they were found; at most 100. */
    public synchronized List<Violation> violations() {
        return findings.first();
    }

    /** How many violations there were. */
    public synchronized long violationCount() {
        return findings.count();
    }

    /** Events seen so far; each has the number that it was counted with. */
    public synchronized long events() {
        return now.number;
    }

    /** Skbs that began. */
    public synchronized long begun() {
        return begun;
    }

    /** Skbs that ended. */
    public synchronized long ended() {
        return ended;
    }

    /** Gets that failed while there were heads in other CPUs' caches. */
    public synchronized long failedWhileParked() {
        return failedWhileParked;
    }
}
