package headcache.verify;

import headcache.protocol.Held;
import headcache.protocol.Twin;
import headcache.protocol.WayOut;
import headcache.skb.CodePath;
import headcache.skb.Kernel;

/**
 * What is known of the skb in a slot before anything is run: enough to tell which calls a correct caller may make. If
 * an allocation fails, the slot is empty instead, and the calls do nothing.
 *
 * @param twin which part of a pair it is
 * @param paired whether its companion was taken
 * @param users references to it
 * @param grown whether it took over data or members from merged frames
 * @param held what it may hold, a bit for each
 */
record SlotState(Twin twin, boolean paired, int users, boolean grown, int held) {

    static SlotState fresh(boolean pair) {
        return new SlotState(pair ? Twin.ORIGINAL : Twin.NONE, false, 1, false, 0);
    }

    boolean hasFreeCompanion() {
        return twin == Twin.ORIGINAL && !paired;
    }

    SlotState withCompanion() {
        return new SlotState(twin, true, users, grown, held);
    }

    SlotState cloned() {
        return hasFreeCompanion() ? new SlotState(Twin.COMPANION, true, 1, false, 0) : fresh(false);
    }

    SlotState withUsers(int count) {
        return new SlotState(twin, paired, count, grown, held);
    }

    SlotState grownOnce() {
        return new SlotState(twin, paired, users, true, held);
    }

    SlotState holding(Held what) {
        return new SlotState(twin, paired, users, grown, held | what.bit());
    }

    SlotState emptied() {
        return new SlotState(twin, paired, 1, false, 0);
    }

    /** Whether GRO may work on it at all: a companion is a copy for somebody who looks on. */
    boolean isFrame() {
        return twin != Twin.COMPANION;
    }

    private boolean isHolding(Held what) {
        return (held & what.bit()) != 0;
    }

    /**
     * Whether a correct caller may end this skb by {@code way} in the softirq of a CPU: {@code __kfree_skb_defer} and
     * GRO take the last reference for granted, and without the later fixes GRO breaks on twins, conntrack and sockets.
     */
    boolean mayEndBy(WayOut way, Kernel kernel) {
        final boolean sole = users == 1;
        final boolean fixed = kernel.takes(CodePath.LATER_FIXES);
        return switch (way) {
            case KFREE_SKB, NAPI_CONSUME_SKB, NAPI_CONSUME_SKB_BUDGET_0, HAND_BACK, DEV_KFREE_SKB_IRQ -> true;
            case KFREE_SKB_DEFER -> sole && twin == Twin.NONE;
            case GRO_MERGED_FREE -> sole && (fixed || twin == Twin.NONE);
            case GRO_LIST_MEMBER -> sole && isFrame();
            case GRO_FRAGS_REUSE -> sole && twin == Twin.NONE && !grown && (fixed || !isHolding(Held.CONNTRACK));
            case GRO_STOLEN_HEAD ->
                sole
                        && !grown
                        && (fixed || (twin == Twin.NONE && !isHolding(Held.CONNTRACK) && !isHolding(Held.SOCKET)));
        };
    }
}
