package headcache.verify;

import headcache.protocol.AllocFlag;
import headcache.protocol.Head;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.Twin;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.CodePath;
import headcache.skb.Kernel;

/**
 * The entry conditions (I17) as one table: what serves an allocation in the softirq of a CPU, and where an ended skb's
 * head goes. Written from the kernel's rules, beside the code that follows them, so that one checks the other.
 */
public final class EntryRules {
    private EntryRules() {}

    /** What serves an allocation. */
    public enum Source {
        /** The CPU's head cache. */
        CACHE,
        /** The slab of plain heads, singly. */
        HEAD_SLAB,
        /** The slab of fclone pairs, singly. */
        PAIR_SLAB
    }

    /** Where the head goes when a reference to an skb is given up. */
    public enum Target {
        /** Into the CPU's head cache; or, where heads go to their owners, set aside for another CPU. */
        CACHE,
        /** To its slab, singly. */
        SLAB,
        /** Into the completion queue. */
        QUEUE,
        /** Nowhere: others have references, or it is used again or linked to an aggregate. */
        STAYS
    }

    /** What serves {@code op} in the softirq of a CPU whose memory node is {@code memoryNode}. */
    public static Source source(Op.Allocate op, int memoryNode, Kernel kernel) {
        final boolean pair = op.way() == WayIn.ALLOC_SKB_FCLONE
                || (op.way() == WayIn.ALLOC_SKB_FLAGS && AllocFlag.FCLONE.in(op.flags()));
        if (pair) {
            return Source.PAIR_SLAB;
        }
        final boolean nodeWillDo = op.node() == Op.ANY_NODE || op.node() == memoryNode;
        if (kernel.takes(CodePath.ALL_FROM_CACHE)) {
            return nodeWillDo && op.way() != WayIn.SKB_CLONE ? Source.CACHE : Source.HEAD_SLAB;
        }
        final boolean asks = switch (op.way()) {
            case NAPI_BUILD_SKB -> kernel.takes(CodePath.BUILD_FROM_CACHE);
            case NAPI_ALLOC_SKB_FRAG, NAPI_ALLOC_SKB_KMALLOC, NAPI_GET_FRAGS ->
                kernel.takes(CodePath.NAPI_ALLOC_FROM_CACHE);
            case ALLOC_SKB_FLAGS -> kernel.takes(CodePath.FLAG_FROM_CACHE) && AllocFlag.NAPI.in(op.flags());
            default -> false;
        };
        return asks && nodeWillDo ? Source.CACHE : Source.HEAD_SLAB;
    }

    /** Whether the heads of an {@link Op.BuildBulk} are got at once; if not, by one {@code napi_build_skb} after the other. */
    static boolean isBulk(Kernel kernel) {
        return kernel.takes(CodePath.BULK_GET);
    }

    /** Whether {@code op} takes what is in the cache, and asks the slab only if that is nothing. */
    static boolean isPeek(Op.Allocate op, int memoryNode, Kernel kernel) {
        final boolean plain =
                op.way() == WayIn.ALLOC_SKB || (op.way() == WayIn.ALLOC_SKB_FLAGS && !AllocFlag.FCLONE.in(op.flags()));
        return kernel.takes(CodePath.PEEK_BEFORE_SLAB)
                && plain
                && (op.node() == Op.ANY_NODE || op.node() == memoryNode);
    }

    /** Whether a head that is about to be put is: where pages are looked at, none of another node or of the reserve. */
    static boolean isPut(Skb skb, int memoryNode, Kernel kernel) {
        final boolean far = Head.node(skb.head()) != memoryNode;
        return !kernel.takes(CodePath.NOTHING_PUT) && !(kernel.takes(CodePath.LOOK_AT_PAGE) && (far || skb.reserve()));
    }

    /** Whether a head that would be put is set aside instead, for the CPU that allocated it. */
    static boolean isForOwner(Skb skb, int cpu, Kernel kernel) {
        return kernel.takes(CodePath.FOREIGN_TO_OWNER) && skb.allocCpu() != cpu;
    }

    /** Where the head of {@code skb} goes when a softirq ends it by {@code way}. */
    public static Target target(Skb skb, WayOut way, boolean intoAggregate, int memoryNode, Kernel kernel) {
        final Target put = isPut(skb, memoryNode, kernel) ? Target.CACHE : Target.SLAB;
        final boolean shared = skb.users() > 1;
        return switch (way) {
            case KFREE_SKB, NAPI_CONSUME_SKB_BUDGET_0 -> shared ? Target.STAYS : Target.SLAB;
            case DEV_KFREE_SKB_IRQ -> shared ? Target.STAYS : Target.QUEUE;
            case NAPI_CONSUME_SKB, HAND_BACK -> shared ? Target.STAYS : skb.twin() == Twin.NONE ? put : Target.SLAB;
            case KFREE_SKB_DEFER -> put;
            case GRO_STOLEN_HEAD, GRO_MERGED_FREE -> isForGro(skb, kernel) ? put : Target.SLAB;
            case GRO_FRAGS_REUSE -> Target.STAYS;
            case GRO_LIST_MEMBER -> intoAggregate ? Target.STAYS : Target.SLAB;
        };
    }

    /** Whether GRO is about to put the head of a merged frame: not before GRO's patch, and no twin since the fix. */
    static boolean isForGro(Skb skb, Kernel kernel) {
        return kernel.takes(CodePath.MERGED_TO_CACHE)
                && (skb.twin() == Twin.NONE || !kernel.takes(CodePath.LATER_FIXES));
    }
}
