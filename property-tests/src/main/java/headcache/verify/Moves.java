package headcache.verify;

import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.protocol.WayIn;
import java.util.Arrays;

/**
 * The book of places: each event that moves a head says where it must come from.
 *
 * <p>After a violation the head is taken to be where the event put it, so that one mistake is reported
 * once.
 */
final class Moves {
    private final Now now;
    private final Findings findings;
    private final ParkedCounts parked;

    /** Heads that this step took or left over, which must have gone somewhere by its end. */
    private HeadAccount[] open = new HeadAccount[16];

    private int openCount;

    Moves(Now now, Findings findings, ParkedCounts parked) {
        this.now = now;
        this.findings = findings;
        this.parked = parked;
    }

    void slabOut(HeadAccount head) {
        mustBeIn(head, Place.IN_SLAB, "handed out");
        mustBeHome(head, "handed out");
        head.live = 0;
        head.ended = 0;
        head.born = 0;
        head.halfHome = false;
        head.move(Place.HANDED_OUT, now);
    }

    void slabIn(HeadAccount head) {
        if (!head.isIn(Place.GIVEN_UP) && !head.isIn(Place.HANDED_OUT)) {
            misplaced(Invariant.I2, head, "taken back");
        } else if (head.born > 1 && !head.halfHome) {
            misplaced(Invariant.I1, head, "taken back as a whole pair, with one twin still out,");
        }
        mustBeHome(head, "taken back");
        head.move(Place.IN_SLAB, now);
    }

    void slabHalf(HeadAccount pair) {
        if (pair.born < 2 || pair.halfHome || pair.isIn(Place.IN_SLAB)) {
            misplaced(Invariant.I2, pair, "taken back as one of two twins");
        }
        mustBeHome(pair, "taken back");
        pair.halfHome = true;
    }

    void depotIn(HeadAccount head) {
        mustBePlain(head, "taken by a depot");
        mustBeIn(head, Place.GIVEN_UP, "taken by a depot");
        head.move(Place.IN_DEPOT, now);
    }

    void depotOut(HeadAccount head, Place to) {
        if (!head.isIn(Place.IN_DEPOT, now.who)) {
            misplaced(Invariant.I2, head, "given by a depot");
        }
        head.move(to, now);
    }

    void setAside(HeadAccount head) {
        mustBePlain(head, "set aside");
        mustHaveEnded(head, "set aside");
        head.ended = 0;
        head.move(Place.SET_ASIDE, now);
    }

    /** Set aside for another CPU, or in the queue of one that goes offline. */
    void leavesForCpu(HeadAccount head) {
        mustBeBetween(head, "posted");
        head.move(Place.HANDED_OVER, now);
    }

    void cameBack(HeadAccount head) {
        mustBeIn(head, Place.HANDED_OVER, "taken in");
        head.move(Place.CAME_BACK, now);
    }

    void takenBack(HeadAccount head) {
        if (!head.isIn(Place.CAME_BACK, now.who)) {
            misplaced(Invariant.I2, head, "taken back");
        }
        enterCache(head);
    }

    /** What comes back to a CPU that was drained goes home at once. */
    void sentHome(HeadAccount head) {
        if (!head.isIn(Place.HANDED_OVER)) {
            mustBeBetween(head, "sent home");
        }
        head.move(Place.GIVEN_UP, now);
    }

    private void mustBeBetween(HeadAccount head, String verb) {
        if (!head.isIn(Place.SET_ASIDE, now.who) && !head.isIn(Place.CAME_BACK, now.who)) {
            misplaced(Invariant.I2, head, verb);
        }
    }

    void refill(HeadAccount head) {
        mustBePlain(head, "laid in a cache");
        mustBeIn(head, Place.HANDED_OUT, "laid in a cache by a refill");
        enterCache(head);
    }

    void get(HeadAccount head) {
        leaveCache(head, "got from its cache");
        take(head);
        mustCount(head);
    }

    void peeked(HeadAccount head) {
        leaveCache(head, "given to a task");
        mustCount(head);
        head.move(Place.HANDED_OUT, now);
    }

    void put(HeadAccount head) {
        mustBePlain(head, "put");
        if (!head.isIn(Place.HANDED_OVER)) {
            mustHaveEnded(head, "put");
        }
        head.ended = 0;
        enterCache(head);
        mustCount(head);
    }

    void spill(HeadAccount head) {
        leaveCache(head, "spilled");
        head.move(Place.GIVEN_UP, now);
    }

    void handedOver(HeadAccount head) {
        leaveCache(head, "handed over");
        head.move(Place.HANDED_OVER, now);
    }

    void singleAlloc(HeadAccount head) {
        mustBeIn(head, Place.HANDED_OUT, "taken from the slab");
        take(head);
    }

    void singleFree(HeadAccount head) {
        if (head.ended > 0) {
            head.ended--;
        } else if (!head.isIn(Place.TAKEN, now.who)) {
            misplaced(head.isIn(Place.IN_USE) ? Invariant.I9 : Invariant.I2, head, "given to the slab");
        }
        if (head.live == 0 && head.ended == 0) {
            head.move(Place.GIVEN_UP, now);
        }
    }

    void born(HeadAccount head) {
        final boolean companion = Head.isFclone(head.head)
                && now.detail == WayIn.SKB_CLONE.ordinal()
                && head.isIn(Place.IN_USE)
                && head.born == 1;
        if (companion) {
            head.live = 2;
            head.born = 2;
            return;
        }
        if (!head.isIn(Place.TAKEN, now.who)) {
            misplaced(head.isIn(Place.IN_USE) ? Invariant.I3 : Invariant.I2, head, "made an skb");
        }
        head.live = 1;
        head.born = 1;
        head.move(Place.IN_USE, now);
    }

    /** Whether an skb was alive to end. */
    boolean died(HeadAccount head) {
        final boolean alive = head.isIn(Place.IN_USE) || head.isIn(Place.DEFERRED, now.who);
        if (alive) {
            head.live--;
        } else {
            misplaced(Invariant.I2, head, "ended");
        }
        head.ended++;
        if (head.live == 0) {
            head.move(Place.ENDED, now);
        }
        open(head);
        return alive;
    }

    void mustBeInUse(HeadAccount head, String verb) {
        mustBeIn(head, Place.IN_USE, verb);
    }

    /** Of a pair it is not known which twin is on the list, so that it stays where it is. */
    void deferred(HeadAccount head) {
        mustBeInUse(head, "put on a defer list");
        if (!Head.isFclone(head.head)) {
            head.move(Place.DEFERRED, now);
        }
    }

    /** Ends a step: what it took must be in use or given back, and what ended must be put or given back. */
    void close() {
        for (int i = 0; i < openCount; i++) {
            final HeadAccount head = open[i];
            if (head.isIn(Place.TAKEN)) {
                findings.add(Invariant.I14, head.head, "neither used nor given back, but " + head.whereabouts());
            } else if (head.ended > 0) {
                findings.add(Invariant.I1, head.head, "neither put nor given to the slab, but " + head.whereabouts());
                head.ended = 0;
            }
        }
        openCount = 0;
    }

    /** Nothing is on its way: a head that is said to be in a message is in none. */
    void mustHaveArrived(HeadAccount head) {
        switch (head.place()) {
            case HANDED_OUT -> findings.add(Invariant.I1, head.head, "nowhere, last " + head.whereabouts());
            case GIVEN_UP -> findings.add(Invariant.I15, head.head, "never got home, last " + head.whereabouts());
            case HANDED_OVER -> findings.add(Invariant.I13, head.head, "never arrived, last " + head.whereabouts());
            default -> {}
        }
    }

    private void take(HeadAccount head) {
        head.live = 0;
        head.ended = 0;
        head.born = 0;
        head.move(Place.TAKEN, now);
        open(head);
    }

    private void open(HeadAccount head) {
        if (openCount == open.length) {
            open = Arrays.copyOf(open, openCount * 2);
        }
        open[openCount++] = head;
    }

    private void enterCache(HeadAccount head) {
        head.move(Place.IN_CACHE, now);
        if (now.who instanceof CpuId cpu) {
            parked.add(cpu, 1);
        } else {
            misplaced(Invariant.I10, head, "parked by what is no CPU");
        }
    }

    private void leaveCache(HeadAccount head, String verb) {
        if (!head.isIn(Place.IN_CACHE, now.who)) {
            misplaced(head.isIn(Place.IN_CACHE) ? Invariant.I10 : Invariant.I2, head, verb);
        }
        if (now.who instanceof CpuId cpu) {
            parked.add(cpu, -1);
        }
    }

    /** A get and a put tell how many heads are in the cache; events tell that too. */
    private void mustCount(HeadAccount head) {
        if (now.who instanceof CpuId cpu && parked.isNewDrift(cpu, now.detail)) {
            findings.add(
                    Invariant.I1,
                    head.head,
                    now.kind + " by " + cpu + " counts parked=" + now.detail + ", its events make parked="
                            + parked.count(cpu));
        }
    }

    private void mustBePlain(HeadAccount head, String verb) {
        if (Head.isFclone(head.head)) {
            misplaced(Invariant.I8, head, verb + " though it is a pair of twins,");
        }
    }

    private void mustHaveEnded(HeadAccount head, String verb) {
        if (head.isIn(Place.IN_USE)) {
            misplaced(Invariant.I9, head, verb);
        } else if (!head.isIn(Place.ENDED, now.who)) {
            misplaced(Invariant.I2, head, verb);
        }
    }

    private void mustBeIn(HeadAccount head, Place place, String verb) {
        if (!head.isIn(place)) {
            misplaced(Invariant.I2, head, verb);
        }
    }

    private void mustBeHome(HeadAccount head, String verb) {
        final int home = Head.node(head.head);
        if (!(now.who instanceof NodeId node) || node.index() != home || now.detail != home) {
            misplaced(Invariant.I12, head, verb + " away from node-" + home);
        }
    }

    private void misplaced(Invariant invariant, HeadAccount head, String verb) {
        findings.add(invariant, head.head, verb + " by " + now.who + ", but it was " + head.whereabouts());
    }
}
