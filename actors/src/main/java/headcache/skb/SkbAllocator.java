package headcache.skb;

import headcache.protocol.AllocFlag;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabReply;
import headcache.protocol.Twin;
import headcache.protocol.WayIn;
import headcache.step.EventKind;
import headcache.step.Out;
import org.jspecify.annotations.Nullable;

/**
 * The ways in: which allocation the head cache serves, and what happens when a part of one fails.
 *
 * <p>A call that needs the slab answers null while {@link SlabLink#isWaiting}, and is made again with
 * the same arguments once the answer is there.
 */
public final class SkbAllocator {
    private static final int SUSPENDED = NapiSkbCache.SUSPENDED;

    private final int cpu;
    private final int memoryNode;
    private final Kernel kernel;
    private final @Nullable NapiSkbCache cache;
    private final SlabLink link;
    private final @Nullable OwnerLink owners;
    private final SlabCounters counters;
    private final DataFaults dataFaults;
    private final FreshSkbs fresh;

    /** Whether the slab gave the head of the skb that is being made from the emergency reserve. */
    private boolean reserve;

    SkbAllocator(
            int cpu,
            int memoryNode,
            Kernel kernel,
            @Nullable NapiSkbCache cache,
            SlabLink link,
            @Nullable OwnerLink owners,
            SlabCounters counters,
            DataFaults dataFaults) {
        this.cpu = cpu;
        this.memoryNode = memoryNode;
        this.kernel = kernel;
        this.cache = cache;
        this.link = link;
        this.owners = owners;
        this.counters = counters;
        this.dataFaults = dataFaults;
        this.fresh = new FreshSkbs(cpu);
    }

    /** Allocates an skb: it, or null if that failed or has to wait for the slab. */
    public @Nullable Skb allocate(Op.Allocate op, Out out) {
        final boolean dataFirst = op.way() == WayIn.NAPI_ALLOC_SKB_FRAG || op.way() == WayIn.NETDEV_ALLOC_SKB;
        if (dataFirst && !link.isAnswered() && dataFails(op)) {
            out.event(EventKind.DATA_FAILED, Head.NONE, op.way().ordinal());
            return null;
        }
        reserve = false;
        final int head = head(op, out);
        if (head == SUSPENDED) {
            return null;
        }
        if (head == Head.NONE) {
            if (dataFirst) {
                out.event(EventKind.FRAGMENT_FREED, Head.NONE, op.way().ordinal());
            }
            return null;
        }
        if (!dataFirst && dataFails(op)) {
            out.event(EventKind.DATA_FAILED, head, op.way().ordinal());
            freeHead(head, out);
            return null;
        }
        final Skb skb = fresh.on(head);
        return born(reserve ? skb.ofReserve() : skb, op.way(), out);
    }

    /**
     * Builds up to {@code wanted} skbs on heads that are got at once.
     *
     * @param requests how many requests to the slab this call has made so far, all of them answered
     * @return the skbs, fewer if there are no more heads; or null: one more request was made
     */
    Skb @Nullable [] buildBulk(int wanted, int requests, Out out) {
        final int[] heads = napiCache(WayIn.NAPI_BUILD_SKB).getBulk(wanted, requests, out);
        if (heads == null) {
            return null;
        }
        final Skb[] skbs = new Skb[heads.length];
        for (int i = 0; i < skbs.length; i++) {
            skbs[i] = born(fresh.on(heads[i]), WayIn.NAPI_BUILD_SKB, out);
        }
        return skbs;
    }

    private boolean dataFails(Op.Allocate op) {
        return op.dataFails() || dataFaults.strike(op.way());
    }

    private int head(Op.Allocate op, Out out) {
        if (isServedInAnyCase(op)) {
            return napiCache(op.way()).get(out);
        }
        return switch (op.way()) {
            case NAPI_BUILD_SKB -> napiHead(op.way(), CodePath.BUILD_FROM_CACHE, false, out);
            case NAPI_ALLOC_SKB_FRAG -> napiHead(op.way(), CodePath.NAPI_ALLOC_FROM_CACHE, false, out);
            case NAPI_ALLOC_SKB_KMALLOC, NAPI_GET_FRAGS ->
                napiHead(op.way(), CodePath.NAPI_ALLOC_FROM_CACHE, true, out);
            case ALLOC_SKB_FLAGS -> allocSkb(op, out);
            case ALLOC_SKB_FCLONE -> slabHead(SlabKind.FCLONE, op.node(), false, out);
            case NETDEV_ALLOC_SKB -> slabHead(SlabKind.HEAD, Op.ANY_NODE, false, out);
            case ALLOC_SKB -> peekOrSlab(op, false, out);
            case BUILD_SKB, SKB_CLONE -> slabHead(SlabKind.HEAD, op.node(), false, out);
        };
    }

    /** v3 of the series: {@code in_serving_softirq} is all that has to be so, and that the node will do. */
    private boolean isServedInAnyCase(Op.Allocate op) {
        final boolean twins = op.way() == WayIn.ALLOC_SKB_FCLONE || AllocFlag.FCLONE.in(op.flags());
        return cache != null && kernel.takes(CodePath.ALL_FROM_CACHE) && !twins && isHere(op);
    }

    private boolean isHere(Op.Allocate op) {
        return op.node() == Op.ANY_NODE || op.node() == memoryNode;
    }

    /**
     * {@code __alloc_skb}: the cache serves it with the NAPI flag, without the fclone flag, and for
     * any node or this CPU's own memory node. The test is about the request, not about any head.
     */
    private int allocSkb(Op.Allocate op, Out out) {
        final boolean twins = AllocFlag.FCLONE.in(op.flags());
        if (kernel.takes(CodePath.FLAG_FROM_CACHE) && AllocFlag.NAPI.in(op.flags()) && !twins && isHere(op)) {
            return napiCache(op.way()).get(out);
        }
        final boolean entitled = AllocFlag.RX.in(op.flags());
        return twins ? slabHead(SlabKind.FCLONE, op.node(), entitled, out) : peekOrSlab(op, entitled, out);
    }

    /** {@code __alloc_skb} for a plain head without the NAPI flag: what is in the cache, since 6.19; else the slab. */
    private int peekOrSlab(Op.Allocate op, boolean entitled, Out out) {
        if (kernel.takes(CodePath.PEEK_BEFORE_SLAB) && isHere(op)) {
            final int head = cache == null ? peekFromTask(out) : peek(cache, out);
            if (head != Head.NONE) {
                return head;
            }
        }
        return slabHead(SlabKind.HEAD, op.node(), entitled, out);
    }

    private int peek(NapiSkbCache own, Out out) {
        return own.count() == 0 || link.isAnswered() ? Head.NONE : own.get(out);
    }

    /** First the cache is asked, then, if it has none, the slab, whose answer is taken the third time round. */
    private int peekFromTask(Out out) {
        if (owners == null) {
            return Head.NONE;
        } else if (owners.hasPeeked()) {
            final int head = owners.takePeeked();
            if (head != Head.NONE) {
                out.event(EventKind.PEEK_TAKEN, head, 0);
            }
            return head;
        } else if (link.isAnswered()) {
            return Head.NONE;
        }
        owners.peek(new CpuId(cpu), out);
        return SUSPENDED;
    }

    /** A {@code napi_*} function: the cache; before {@code since}, the slab, any node, for reception if {@code rx}. */
    private int napiHead(WayIn way, CodePath since, boolean rx, Out out) {
        final NapiSkbCache own = napiCache(way);
        return kernel.takes(since) ? own.get(out) : slabHead(SlabKind.HEAD, Op.ANY_NODE, rx, out);
    }

    private NapiSkbCache napiCache(WayIn way) {
        if (cache == null) {
            throw new IllegalArgumentException(
                    way.kernelName() + " needs NAPI context, but was called by a task: cpu=" + cpu);
        }
        return cache;
    }

    private int slabHead(SlabKind kind, int node, boolean entitled, Out out) {
        if (!link.isAnswered()) {
            link.askOne(kind, node, entitled, out);
            return SUSPENDED;
        }
        final SlabReply.Allocated answer = link.takeOne();
        final int head = answer.head();
        reserve = answer.reserve();
        counters.allocs++;
        if (head == Head.NONE) {
            counters.failedAllocs++;
            out.event(EventKind.SINGLE_ALLOC_FAILED, Head.NONE, node);
        } else {
            out.event(EventKind.SINGLE_ALLOC, head, node);
        }
        return head;
    }

    /** The head came first and its data failed: to the slab singly, even if it came from the cache. */
    private void freeHead(int head, Out out) {
        counters.frees++;
        out.event(EventKind.SINGLE_FREE, head, 0);
        link.giveOne(head, false, out);
    }

    /**
     * {@code skb_clone}: the companion, if {@code skb} is an original whose companion was never used;
     * otherwise an ordinary head from the slab, whatever {@code skb} lives on.
     *
     * @return the clone, or null if that failed or has to wait
     */
    public @Nullable Skb cloneOf(Skb skb, Out out) {
        if (cache != null) {
            cache.checkInUse(skb.head(), WayIn.SKB_CLONE.kernelName());
        }
        final int head;
        if (hasFreeCompanion(skb)) {
            head = skb.head();
        } else {
            head = slabHead(SlabKind.HEAD, Op.ANY_NODE, false, out);
            if (head == SUSPENDED || head == Head.NONE) {
                return null;
            }
        }
        return born(skb.cloneOn(head, cpu), WayIn.SKB_CLONE, out);
    }

    /** Whether a clone of {@code skb} is its companion and needs no new head. */
    static boolean hasFreeCompanion(Skb skb) {
        return skb.twin() == Twin.ORIGINAL && !skb.paired();
    }

    private static Skb born(Skb skb, WayIn way, Out out) {
        out.event(EventKind.BORN, skb.head(), way.ordinal());
        if (skb.data() != Head.NONE) {
            out.event(EventKind.DATA_TAKEN, skb.data(), 0);
        }
        return skb;
    }
}
