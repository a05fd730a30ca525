package headcache.skb;

import headcache.protocol.CpuId;
import headcache.protocol.Fragment;
import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.Member;
import headcache.protocol.Skb;
import headcache.protocol.Twin;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import headcache.step.Out;
import org.jspecify.annotations.Nullable;

/**
 * The ways out: what is released, and whether the head is put or goes to the slab.
 *
 * <p>Each function is named like the kernel's. They ask the slab for nothing, so they never have to
 * be called twice; what they free may leave the link busy.
 */
public final class SkbReleaser {
    private static final int HELD_KINDS = Held.values().length;

    private final int cpu;
    private final int memoryNode;
    private final Kernel kernel;
    private final @Nullable NapiSkbCache cache;
    private final SlabLink link;
    private final @Nullable OwnerLink owners;
    private final SlabCounters counters;

    SkbReleaser(
            int cpu,
            int memoryNode,
            Kernel kernel,
            @Nullable NapiSkbCache cache,
            SlabLink link,
            @Nullable OwnerLink owners,
            SlabCounters counters) {
        this.cpu = cpu;
        this.memoryNode = memoryNode;
        this.kernel = kernel;
        this.cache = cache;
        this.link = link;
        this.owners = owners;
        this.counters = counters;
    }

    /**
     * {@code napi_consume_skb} with a budget: still shared, frees nothing; a twin goes to its own slab;
     * otherwise release all, put. From 6.19 on what another CPU allocated is handed back to it before all that.
     *
     * @return the skb with one reference less, or null if it ended
     */
    public @Nullable Skb napiConsumeSkb(Skb skb, WayOut way, Out out) {
        checkInUse(skb, way);
        if (owners != null && kernel.takes(CodePath.ALIEN_TO_OWNER) && isAlien(skb)) {
            deferTo(owners, skb, out);
            return null;
        }
        if (skb.users() > 1) {
            return unshare(skb, out);
        }
        if (skb.twin() != Twin.NONE) {
            freeSingly(skb, way, out);
            return null;
        }
        if (way == WayOut.HAND_BACK) {
            counters.handedBack++;
        }
        releaseAllAndPut(skb, way, out);
        return null;
    }

    /**
     * {@code skb_attempt_defer_free}, the end of an skb that was read. From 5.19 on what was allocated on another CPU is
     * handed back to it; before, and on the CPU that allocated it, a task frees it singly, later into its CPU's cache. In a
     * softirq of the CPU that allocated it, it has come home: released and put.
     *
     * @return the skb with one reference less, or null if it ended or was handed back
     */
    public @Nullable Skb attemptDeferFree(Skb skb, Out out) {
        checkInUse(skb, WayOut.HAND_BACK);
        if (owners != null && isAlien(skb)) {
            deferTo(owners, skb, out);
            return null;
        } else if (owners != null && skb.users() == 1 && cache == null && kernel.takes(CodePath.READ_TO_CACHE)) {
            freeWhereItIs(skb, out);
            return null;
        }
        return cache == null ? kfreeSkb(skb, WayOut.KFREE_SKB, out) : napiConsumeSkb(skb, WayOut.HAND_BACK, out);
    }

    private boolean isAlien(Skb skb) {
        return skb.users() == 1 && skb.allocCpu() != cpu;
    }

    /**
     * What an skb holds would be held for as long as it is on the list, so it is released before. That goes for the
     * members of a frag_list too, which the kernel strips where it makes the list (2ef02ac38d3c).
     */
    private void deferTo(OwnerLink way, Skb skb, Out out) {
        releaseHeadState(skb, out);
        for (Member member = skb.members(); member != null; member = member.next()) {
            releaseHeadState(member.skb(), out);
        }
        out.event(EventKind.SENT, skb.head(), 0);
        way.defer(skb.bare(), out);
    }

    /** What the CPU that allocated it has no room for, or is offline for, is freed where it is: singly, later into the cache. */
    void freeRefused(Skb skb, Out out) {
        if (kernel.takes(CodePath.READ_TO_CACHE)) {
            freeWhereItIs(skb, out);
        } else {
            freeSingly(skb, WayOut.KFREE_SKB, out);
        }
    }

    private void freeWhereItIs(Skb skb, Out out) {
        if (cache == null && owners != null) {
            out.event(EventKind.SENT, skb.head(), 0);
            owners.freeHere(skb, new CpuId(cpu), out);
        } else {
            kfreeSkbNapiCache(skb, out);
        }
    }

    /** {@code kfree_skb_napi_cache}: into the cache of this CPU, whoever allocated it; a twin goes to its own slab. */
    public void kfreeSkbNapiCache(Skb skb, Out out) {
        checkInUse(skb, WayOut.HAND_BACK);
        if (skb.twin() == Twin.NONE) {
            releaseAllAndPut(skb, WayOut.HAND_BACK, out);
        } else {
            freeSingly(skb, WayOut.HAND_BACK, out);
        }
    }

    /** {@code __kfree_skb_defer}: release all, put. The caller vouches for the last reference and for no twin. */
    public void kfreeSkbDefer(Skb skb, Out out) {
        checkInUse(skb, WayOut.KFREE_SKB_DEFER);
        releaseAllAndPut(skb, WayOut.KFREE_SKB_DEFER, out);
    }

    /**
     * {@code kfree_skb}, and {@code napi_consume_skb} with budget 0: past the cache.
     *
     * @return the skb with one reference less, or null if it ended
     */
    public @Nullable Skb kfreeSkb(Skb skb, WayOut way, Out out) {
        checkInUse(skb, way);
        if (skb.users() > 1) {
            return unshare(skb, out);
        }
        freeSingly(skb, way, out);
        return null;
    }

    /**
     * {@code napi_skb_free_stolen_head}: the aggregate owns the data, so only the rest is released.
     *
     * @param aggregate the head of the aggregate, or {@link Head#NONE} if it is not known
     * @throws IllegalArgumentException if {@code skb} is an aggregate itself, which GRO does not merge
     */
    public void freeStolenHead(Skb skb, int aggregate, Out out) {
        checkInUse(skb, WayOut.GRO_STOLEN_HEAD);
        if (aggregate != Head.NONE) {
            checkInUse(aggregate, WayOut.GRO_STOLEN_HEAD);
        }
        checkFrame(skb, WayOut.GRO_STOLEN_HEAD);
        releaseHeld(skb, Held.DST, out);
        releaseHeld(skb, Held.EXTENSIONS, out);
        if (kernel.takes(CodePath.LATER_FIXES)) {
            releaseHeld(skb, Held.CONNTRACK, out);
            releaseHeld(skb, Held.SOCKET, out);
        }
        out.event(EventKind.DATA_ADOPTED, skb.data(), aggregate);
        endOfGro(skb, WayOut.GRO_STOLEN_HEAD, out);
    }

    /** GRO merged the payload and left head and buffer: release all, put. */
    public void freeMerged(Skb skb, Out out) {
        checkInUse(skb, WayOut.GRO_MERGED_FREE);
        releaseAll(skb, out);
        endOfGro(skb, WayOut.GRO_MERGED_FREE, out);
    }

    /**
     * {@code napi_reuse_skb}: the skb is emptied and stays {@code napi->skb}. Without the later fixes the
     * connection tracking reference stays on it.
     *
     * @throws IllegalArgumentException if {@code skb} is an aggregate, which GRO does not merge
     */
    public Skb reuse(Skb skb, Out out) {
        checkInUse(skb, WayOut.GRO_FRAGS_REUSE);
        checkFrame(skb, WayOut.GRO_FRAGS_REUSE);
        final int kept = kernel.takes(CodePath.LATER_FIXES) ? 0 : skb.holds() & Held.CONNTRACK.bit();
        final Skb rest = new Skb(
                skb.head(), skb.allocCpu(), skb.twin(), skb.paired(), 1, skb.data(), kept, null, null, skb.reserve());
        for (int i = 0; i < HELD_KINDS; i++) {
            final Held what = Held.of(i);
            if (!rest.isHolding(what)) {
                releaseHeld(skb, what, out);
            }
        }
        out.event(EventKind.REUSED, skb.head(), 0);
        return rest;
    }

    /** GRO linked the frame to {@code aggregate}: it keeps its head and ends with it. */
    public Skb link(Skb skb, Skb aggregate, Out out) {
        checkInUse(skb, WayOut.GRO_LIST_MEMBER);
        checkInUse(aggregate, WayOut.GRO_LIST_MEMBER);
        out.event(EventKind.LINKED, skb.head(), aggregate.head());
        return aggregate.linking(skb);
    }

    private static Skb unshare(Skb skb, Out out) {
        out.event(EventKind.UNSHARED, skb.head(), skb.users() - 1);
        return skb.withUsers(skb.users() - 1);
    }

    private void releaseAllAndPut(Skb skb, WayOut way, Out out) {
        releaseAll(skb, out);
        out.event(EventKind.DIED, skb.head(), way.ordinal());
        put(skb, out);
    }

    /** Where GRO's merged heads go: to the cache; before the series, and for twins since the fix, to the slab. */
    private void endOfGro(Skb skb, WayOut way, Out out) {
        out.event(EventKind.DIED, skb.head(), way.ordinal());
        if (!kernel.takes(CodePath.MERGED_TO_CACHE)
                || (skb.twin() != Twin.NONE && kernel.takes(CodePath.LATER_FIXES))) {
            freeHead(skb, out);
        } else {
            put(skb, out);
        }
    }

    private void put(Skb skb, Out out) {
        final int head = skb.head();
        if (cache == null) {
            throw new IllegalArgumentException("only a CPU's own softirq may put: head=" + Head.name(head));
        }
        if (kernel.takes(CodePath.NOTHING_PUT) || (kernel.takes(CodePath.LOOK_AT_PAGE) && !isReusable(skb))) {
            freeHead(head, false, out);
        } else if (kernel.takes(CodePath.FOREIGN_TO_OWNER) && skb.allocCpu() != cpu) {
            cache.setAside(head, skb.allocCpu(), out);
        } else {
            cache.put(head, out);
        }
    }

    /** {@code dev_page_is_reusable} of the head's page: of this memory node, and not from the reserve. */
    private boolean isReusable(Skb skb) {
        return Head.node(skb.head()) == memoryNode && !skb.reserve();
    }

    private void freeSingly(Skb skb, WayOut way, Out out) {
        releaseAll(skb, out);
        out.event(EventKind.DIED, skb.head(), way.ordinal());
        freeHead(skb, out);
    }

    /** {@code kfree_skbmem}: the head to its own slab; a pair is free when both its parts are. */
    private void freeHead(Skb skb, Out out) {
        freeHead(skb.head(), skb.paired(), out);
    }

    private void freeHead(int head, boolean half, Out out) {
        counters.frees++;
        out.event(EventKind.SINGLE_FREE, head, 0);
        link.giveOne(head, half, out);
    }

    private void releaseAll(Skb skb, Out out) {
        releaseHeadState(skb, out);
        releaseData(skb, out);
    }

    private void releaseHeadState(Skb skb, Out out) {
        if (skb.holds() != 0) {
            releaseHeld(skb, Held.DST, out);
            releaseHeld(skb, Held.SOCKET, out);
            releaseHeld(skb, Held.CONNTRACK, out);
            releaseHeld(skb, Held.EXTENSIONS, out);
        }
    }

    private static void releaseHeld(Skb skb, Held what, Out out) {
        if (skb.isHolding(what)) {
            out.event(EventKind.UNHOLD, skb.head(), what.ordinal());
        }
    }

    /** {@code skb_release_data}: its own data, what it took over, and the members of its frag_list. */
    private void releaseData(Skb skb, Out out) {
        if (skb.data() != Head.NONE) {
            out.event(EventKind.DATA_DROPPED, skb.data(), 0);
        }
        for (Fragment taken = skb.fragments(); taken != null; taken = taken.next()) {
            out.event(EventKind.DATA_DROPPED, taken.data(), 0);
        }
        for (Member member = skb.members(); member != null; member = member.next()) {
            checkInUse(member.skb(), WayOut.GRO_LIST_MEMBER);
            freeSingly(member.skb(), WayOut.GRO_LIST_MEMBER, out);
        }
    }

    private static void checkFrame(Skb skb, WayOut way) {
        if (skb.fragments() != null || skb.members() != null) {
            throw new IllegalArgumentException(
                    way.kernelName() + " takes a frame, not an aggregate: head=" + Head.name(skb.head()));
        }
    }

    private void checkInUse(Skb skb, WayOut way) {
        checkInUse(skb.head(), way);
    }

    private void checkInUse(int head, WayOut way) {
        if (cache != null) {
            cache.checkInUse(head, way.kernelName());
        }
    }
}
