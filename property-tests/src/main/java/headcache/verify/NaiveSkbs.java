package headcache.verify;

import headcache.protocol.AllocFlag;
import headcache.protocol.Fragment;
import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.Member;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabReply;
import headcache.protocol.Twin;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in and out of the sequential machine. */
final class NaiveSkbs {
    private final int cpu;
    private final int memoryNode;
    private final Kernel kernel;
    private final NaiveHeads heads;
    private final Script script;
    private int dataFaults;

    NaiveSkbs(int cpu, int memoryNode, Kernel kernel, NaiveHeads heads, Script script) {
        this.cpu = cpu;
        this.memoryNode = memoryNode;
        this.kernel = kernel;
        this.heads = heads;
        this.script = script;
    }

    @Nullable
    Skb allocate(Op.Allocate op) {
        final WayIn way = op.way();
        final boolean fragment = way == WayIn.NAPI_ALLOC_SKB_FRAG || way == WayIn.NETDEV_ALLOC_SKB;
        if (fragment && dataFails(op)) {
            script.expect(EventKind.DATA_FAILED, Head.NONE, way.ordinal());
            return null;
        }
        final SlabReply.Allocated got = head(op);
        final int head = got.head();
        if (head == Head.NONE && fragment) {
            script.expect(EventKind.FRAGMENT_FREED, Head.NONE, way.ordinal());
        } else if (head != Head.NONE && !fragment && dataFails(op)) {
            script.expect(EventKind.DATA_FAILED, head, way.ordinal());
            heads.free(head, false);
            return null;
        }
        if (head == Head.NONE) {
            return null;
        }
        final Skb skb = Head.isFclone(head) ? Skb.freshTwin(head, cpu) : Skb.fresh(head, cpu);
        return born(got.reserve() ? skb.ofReserve() : skb, way);
    }

    /** Skbs for the slots of a bulk get, in order; null where there is no head. */
    List<@Nullable Skb> build(int wanted) {
        final List<@Nullable Skb> skbs = new ArrayList<>();
        if (EntryRules.isBulk(kernel)) {
            heads.getBulk(wanted).forEach(head -> skbs.add(born(Skb.fresh(head, cpu), WayIn.NAPI_BUILD_SKB)));
        } else {
            for (int i = 0; i < wanted; i++) {
                skbs.add(allocate(new Op.Allocate(WayIn.NAPI_BUILD_SKB, 0, 0, Op.ANY_NODE, false)));
            }
        }
        return skbs;
    }

    /** Lets the next {@code times} allocations of data fail. */
    void failData(int times) {
        dataFaults = times;
    }

    /** Only {@code build_skb} and its kin, and clones, allocate no data. */
    private boolean dataFails(Op.Allocate op) {
        if (op.dataFails()) {
            return true;
        }
        final boolean strikes = dataFaults > 0 && op.way() != WayIn.BUILD_SKB && op.way() != WayIn.NAPI_BUILD_SKB;
        dataFaults -= strikes ? 1 : 0;
        return strikes;
    }

    /** A head of the cache, of which nobody knows whether it is of the reserve, or one of the slab. */
    private SlabReply.Allocated head(Op.Allocate op) {
        final boolean forReception = op.way() == WayIn.NAPI_ALLOC_SKB_KMALLOC || op.way() == WayIn.NAPI_GET_FRAGS;
        final boolean entitled = forReception || (op.way() == WayIn.ALLOC_SKB_FLAGS && AllocFlag.RX.in(op.flags()));
        if (heads.parked() > 0 && EntryRules.isPeek(op, memoryNode, kernel)) {
            return new SlabReply.Allocated(heads.get());
        }
        return switch (EntryRules.source(op, memoryNode, kernel)) {
            case CACHE -> new SlabReply.Allocated(heads.get());
            case HEAD_SLAB -> heads.allocate(SlabKind.HEAD, op.node(), entitled);
            case PAIR_SLAB -> heads.allocate(SlabKind.FCLONE, op.node(), entitled);
        };
    }

    @Nullable
    Skb cloneOf(Skb skb) {
        if (skb.twin() == Twin.ORIGINAL && !skb.paired()) {
            return born(skb.cloneOn(skb.head(), cpu), WayIn.SKB_CLONE);
        }
        final int head = heads.allocate(SlabKind.HEAD, Op.ANY_NODE, false).head();
        return head == Head.NONE ? null : born(skb.cloneOn(head, cpu), WayIn.SKB_CLONE);
    }

    private Skb born(Skb skb, WayIn way) {
        script.expect(EventKind.BORN, skb.head(), way.ordinal());
        script.expect(EventKind.DATA_TAKEN, skb.data(), 0);
        return skb;
    }

    /** {@code napi_consume_skb} with a budget, and what a socket hands back. */
    @Nullable
    Skb consume(Skb skb, WayOut way) {
        if (skb.allocCpu() != cpu && kernel.takes(CodePath.ALIEN_TO_OWNER)) {
            return handBack(skb);
        }
        return end(skb, way);
    }

    private @Nullable Skb end(Skb skb, WayOut way) {
        if (skb.users() > 1) {
            return unshare(skb);
        } else if (skb.twin() != Twin.NONE) {
            return free(skb, way);
        }
        return recycle(skb, way);
    }

    /** {@code skb_attempt_defer_free}: home to the CPU that allocated it, if that is another one. */
    @Nullable
    Skb handBack(Skb skb) {
        if (skb.users() > 1 || skb.allocCpu() == cpu || !kernel.takes(CodePath.DEFER_TO_OWNER)) {
            return end(skb, WayOut.HAND_BACK);
        }
        releaseState(skb);
        for (Member member = skb.members(); member != null; member = member.next()) {
            releaseState(member.skb());
        }
        script.expect(EventKind.SENT, skb.head(), 0);
        heads.defer(skb.bare());
        return null;
    }

    /** What comes back from a full list is freed here. */
    void refused(Skb skb) {
        if (kernel.takes(CodePath.READ_TO_CACHE)) {
            freeToCache(skb);
        } else {
            free(skb, WayOut.KFREE_SKB);
        }
    }

    /** {@code kfree_skb_napi_cache}. */
    void freeToCache(Skb skb) {
        if (skb.twin() == Twin.NONE) {
            recycle(skb, WayOut.HAND_BACK);
        } else {
            free(skb, WayOut.HAND_BACK);
        }
    }

    /** {@code kfree_skb}. */
    @Nullable
    Skb kfree(Skb skb, WayOut way) {
        return skb.users() > 1 ? unshare(skb) : free(skb, way);
    }

    /** {@code dev_kfree_skb_irq}: the last reference is queued by the caller. */
    Skb unshare(Skb skb) {
        script.expect(EventKind.UNSHARED, skb.head(), skb.users() - 1);
        return skb.withUsers(skb.users() - 1);
    }

    private @Nullable Skb free(Skb skb, WayOut way) {
        releaseAll(skb);
        script.expect(EventKind.DIED, skb.head(), way.ordinal());
        heads.free(skb);
        return null;
    }

    /** {@code __kfree_skb_defer}. */
    @Nullable
    Skb recycle(Skb skb, WayOut way) {
        releaseAll(skb);
        script.expect(EventKind.DIED, skb.head(), way.ordinal());
        put(skb);
        return null;
    }

    private void put(Skb skb) {
        if (EntryRules.isPut(skb, memoryNode, kernel) && EntryRules.isForOwner(skb, cpu, kernel)) {
            heads.batches().setAside(skb.head(), skb.allocCpu());
        } else if (EntryRules.isPut(skb, memoryNode, kernel)) {
            heads.put(skb.head());
        } else {
            heads.free(skb.head(), false);
        }
    }

    /** {@code napi_skb_free_stolen_head}: the aggregate has the data from now on. */
    void stolen(Skb skb, int aggregate) {
        unhold(skb, Held.DST);
        unhold(skb, Held.EXTENSIONS);
        if (kernel.takes(CodePath.LATER_FIXES)) {
            unhold(skb, Held.CONNTRACK);
            unhold(skb, Held.SOCKET);
        }
        script.expect(EventKind.DATA_ADOPTED, skb.data(), aggregate);
        endOfGro(skb, WayOut.GRO_STOLEN_HEAD);
    }

    void merged(Skb skb) {
        releaseAll(skb);
        endOfGro(skb, WayOut.GRO_MERGED_FREE);
    }

    private void endOfGro(Skb skb, WayOut way) {
        script.expect(EventKind.DIED, skb.head(), way.ordinal());
        if (EntryRules.isForGro(skb, kernel)) {
            put(skb);
        } else {
            heads.free(skb);
        }
    }

    /** {@code napi_reuse_skb}; the first kernel with the series forgot the connection tracking. */
    Skb reuse(Skb skb) {
        final int kept = kernel.takes(CodePath.LATER_FIXES) ? 0 : skb.holds() & Held.CONNTRACK.bit();
        unhold(skb, Held.DST);
        if (kept == 0) {
            unhold(skb, Held.CONNTRACK);
        }
        unhold(skb, Held.SOCKET);
        unhold(skb, Held.EXTENSIONS);
        script.expect(EventKind.REUSED, skb.head(), 0);
        return new Skb(skb.head(), skb.allocCpu(), Twin.NONE, false, 1, skb.data(), kept, null, null, skb.reserve());
    }

    Skb link(Skb skb, Skb aggregate) {
        script.expect(EventKind.LINKED, skb.head(), aggregate.head());
        return aggregate.linking(skb);
    }

    private void releaseAll(Skb skb) {
        releaseState(skb);
        script.expect(EventKind.DATA_DROPPED, skb.data(), 0);
        for (Fragment taken = skb.fragments(); taken != null; taken = taken.next()) {
            script.expect(EventKind.DATA_DROPPED, taken.data(), 0);
        }
        for (Member member = skb.members(); member != null; member = member.next()) {
            free(member.skb(), WayOut.GRO_LIST_MEMBER);
        }
    }

    private void releaseState(Skb skb) {
        unhold(skb, Held.DST);
        unhold(skb, Held.SOCKET);
        unhold(skb, Held.CONNTRACK);
        unhold(skb, Held.EXTENSIONS);
    }

    private void unhold(Skb skb, Held what) {
        if (skb.isHolding(what)) {
            script.expect(EventKind.UNHOLD, skb.head(), what.ordinal());
        }
    }
}
