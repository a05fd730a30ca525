package headcache.verify;

import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabReply;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Carried;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.step.HeadTaker;
import headcache.verify.EntryRules.Source;
import headcache.verify.EntryRules.Target;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * What serves each allocation, and where the head of each ended skb goes (I17), read off the events of one CPU or task.
 *
 * <p>Events do not tell the flags of {@code __alloc_skb}; there, the refinement of the sequential machine does, which
 * knows the call. Nor do they tell which heads are of the emergency reserve; messages do.
 */
final class EntryLaws implements Laws {
    private static final WayIn[] WAYS_IN = WayIn.values();
    private static final WayOut[] WAYS_OUT = WayOut.values();

    private final boolean softirq;
    private final int memoryNode;
    private final Kernel kernel;
    private final Findings findings;

    private int got = Head.NONE;
    private boolean gotFromCache;

    /** Heads whose skbs ended in this step and have not gone anywhere yet, and by which ways. */
    private int[] over = new int[8];

    private int[] overBy = new int[8];
    private int overCount;

    /** Heads that came here as heads of the reserve, where that matters. */
    private final Set<Integer> reserve = new HashSet<>();

    private final HeadTaker arrived = new HeadTaker() {
        @Override
        public void add(int head) {
            reserve.remove(head);
        }

        @Override
        public void add(Skb skb) {
            if (skb.reserve()) {
                reserve.add(skb.head());
            } else {
                reserve.remove(skb.head());
            }
        }
    };

    /** The entry conditions of a CPU, or of a task, which has no cache. */
    EntryLaws(boolean softirq, int memoryNode, Kernel kernel, Findings findings) {
        this.softirq = softirq;
        this.memoryNode = memoryNode;
        this.kernel = kernel;
        this.findings = findings;
    }

    @Override
    public void took(Message message) {
        if (!kernel.takes(CodePath.LOOK_AT_PAGE)) {
            return;
        }
        Carried.each(message, arrived);
        if (message instanceof SlabReply.Allocated answer && answer.reserve()) {
            reserve.add(answer.head());
        }
    }

    @Override
    public void did(EventKind kind, int head, int detail) {
        switch (kind) {
            case GET, PEEK_TAKEN, SINGLE_ALLOC -> {
                got = head;
                gotFromCache = kind != EventKind.SINGLE_ALLOC;
            }
            case BULK_GET -> {
                if (!softirq || !EntryRules.isBulk(kernel)) {
                    findings.add(
                            Invariant.I17, Head.NONE, "heads were got at once, of which this kernel knows nothing");
                }
            }
            case BORN -> {
                if (got == head) {
                    served(head, WAYS_IN[detail]);
                }
                got = Head.NONE;
            }
            case DIED -> over(head, detail);
            case PUT, SET_ASIDE, SINGLE_FREE -> gone(head, kind != EventKind.SINGLE_FREE);
            default -> {}
        }
    }

    private void served(int head, WayIn way) {
        if (isServedByEither(way) || (softirq && isServedByRequest(way))) {
            return;
        }
        final boolean fromCache =
                softirq && EntryRules.source(new Op.Allocate(way, 0, 0, Op.ANY_NODE, false), 0, kernel) == Source.CACHE;
        if (fromCache != gotFromCache) {
            findings.add(
                    Invariant.I17,
                    head,
                    way.kernelName() + " was served by the " + (gotFromCache ? "cache" : "slab") + ", not by the "
                            + (fromCache ? "cache" : "slab"));
        }
    }

    /** Whether what serves it depends on what is in the cache, which is not refilled for it. */
    private boolean isServedByEither(WayIn way) {
        return kernel.takes(CodePath.PEEK_BEFORE_SLAB) && (way == WayIn.ALLOC_SKB || way == WayIn.ALLOC_SKB_FLAGS);
    }

    /** Whether what serves it depends on the node and the flags of the request, of which events tell nothing. */
    private boolean isServedByRequest(WayIn way) {
        return way == WayIn.ALLOC_SKB_FLAGS || (kernel.takes(CodePath.ALL_FROM_CACHE) && way == WayIn.ALLOC_SKB);
    }

    private void over(int head, int way) {
        if (overCount == over.length) {
            over = Arrays.copyOf(over, 2 * overCount);
            overBy = Arrays.copyOf(overBy, 2 * overCount);
        }
        over[overCount] = head;
        overBy[overCount++] = way;
    }

    private void gone(int head, boolean put) {
        for (int i = overCount - 1; i >= 0; i--) {
            if (over[i] == head) {
                final WayOut way = WAYS_OUT[overBy[i]];
                overCount--;
                over[i] = over[overCount];
                overBy[i] = overBy[overCount];
                went(head, way, put);
                return;
            }
        }
    }

    private void went(int head, WayOut way, boolean put) {
        final Skb fresh = Head.isFclone(head) ? Skb.freshTwin(head, 0) : Skb.fresh(head, 0);
        final Skb skb = reserve.contains(head) ? fresh.ofReserve() : fresh;
        final boolean mustPut = softirq && EntryRules.target(skb, way, false, memoryNode, kernel) == Target.CACHE;
        if (put != mustPut) {
            findings.add(
                    Invariant.I17,
                    head,
                    "ended by " + way.kernelName() + " and went to the " + (put ? "cache" : "slab") + ", not to the "
                            + (mustPut ? "cache" : "slab"));
        }
    }

    @Override
    public void ended() {
        overCount = 0;
        got = Head.NONE;
    }
}
