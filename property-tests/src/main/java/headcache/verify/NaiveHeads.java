package headcache.verify;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.middle.Batches;
import headcache.middle.Depots;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotMessage;
import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.skb.CodePath;
import headcache.step.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The heads of the sequential machine: a list as the cache, and slab calls that return. */
final class NaiveHeads {
    private final CpuId id;
    private final NodeId memoryNode;
    private final CpuPolicy policy;
    private final @Nullable Depots depots;
    private final @Nullable NaiveBatches batches;
    private final Script script;
    private final List<Integer> parked = new ArrayList<>();

    NaiveHeads(CpuId id, NodeId memoryNode, CpuPolicy policy, Script script) {
        this.id = id;
        this.memoryNode = memoryNode;
        this.policy = policy;
        this.depots = policy.middle() instanceof Depots between ? between : null;
        this.batches = policy.middle() instanceof Batches between ? new NaiveBatches(id, between, script) : null;
        this.script = script;
    }

    int parked() {
        return parked.size();
    }

    /** {@code napi_skb_cache_get}. */
    int get() {
        if (parked.isEmpty() && batches != null) {
            batches.takeBack(parked);
        }
        if (parked.isEmpty()) {
            refill(policy.cache().refill());
        }
        if (parked.isEmpty()) {
            script.expect(EventKind.GET_FAILED, Head.NONE, 0);
            return Head.NONE;
        }
        final int head = parked.remove(parked.size() - 1);
        script.expect(EventKind.GET, head, parked.size());
        return head;
    }

    /** {@code napi_skb_cache_get_bulk}. */
    List<Integer> getBulk(int wanted) {
        final CachePolicy cache = policy.cache();
        script.expect(EventKind.BULK_GET, Head.NONE, wanted);
        if (parked.size() < wanted) {
            refill(Math.min(cache.refill(), cache.capacity() - parked.size()));
        }
        int[] shortfall = {};
        final int missing = wanted - parked.size();
        if (missing > 0) {
            script.expect(EventKind.SHORTFALL_ASKED, Head.NONE, missing);
            shortfall = ask(missing);
        }
        final List<Integer> got = new ArrayList<>();
        while (got.size() < wanted && !parked.isEmpty()) {
            got.add(0, parked.remove(parked.size() - 1));
        }
        for (int i = 0; i < got.size(); i++) {
            script.expect(EventKind.GET, got.get(i), parked.size() + got.size() - 1 - i);
        }
        if (missing > 0 && shortfall.length == 0) {
            script.expect(EventKind.SHORTFALL_FAILED, Head.NONE, 0);
        }
        for (final int head : shortfall) {
            script.expect(EventKind.SHORTFALL, head, got.size());
            got.add(head);
        }
        for (int failed = got.size(); failed < wanted; failed++) {
            script.expect(EventKind.GET_FAILED, Head.NONE, 0);
        }
        return got;
    }

    /** {@code napi_skb_cache_get} for a task, without a refill. */
    int lend() {
        if (parked.isEmpty()) {
            return Head.NONE;
        }
        final int head = parked.remove(parked.size() - 1);
        script.expect(EventKind.PEEKED, head, parked.size());
        return head;
    }

    /** {@code napi_skb_cache_put}. */
    void put(int head) {
        final CachePolicy cache = policy.cache();
        parked.add(head);
        script.expect(EventKind.PUT, head, parked.size());
        if (parked.size() == cache.capacity()) {
            final int from = cache.spillEnd() == SpillEnd.NEWEST ? cache.capacity() - cache.spill() : 0;
            give(EventKind.SPILL, parked.subList(from, from + cache.spill()), from, policy.acknowledged(), false);
        }
    }

    /** What lies between this CPU's heads and those of others. */
    NaiveBatches batches() {
        return Objects.requireNonNull(batches, "no heads go to owners");
    }

    boolean hasBatches() {
        return batches != null;
    }

    /** Gives heads back at once. */
    void sendHome(List<Integer> heads) {
        heads.forEach(head -> script.expect(EventKind.SENT_HOME, head, 0));
        sendHome(heads, true);
        oweIf(true);
    }

    /** What the kernel does when a softirq ends, if anything. */
    void endSoftirq() {
        final int half = policy.cache().capacity() / 2;
        if (policy.kernel().takes(CodePath.FLUSH_AFTER_SOFTIRQ)) {
            flush(false);
        } else if (policy.kernel().takes(CodePath.HALVE_AFTER_SOFTIRQ)) {
            halve(half);
        } else if (policy.kernel().takes(CodePath.BALANCE_AFTER_SOFTIRQ)) {
            if (parked.size() < half) {
                refill(half - parked.size());
            } else {
                halve(half);
            }
        }
    }

    private void halve(int half) {
        if (parked.size() > half) {
            give(EventKind.FLUSH, parked.subList(half, parked.size()), half, policy.acknowledged(), false);
        }
    }

    private void refill(int count) {
        script.expect(EventKind.REFILL_ASKED, Head.NONE, count);
        final int[] heads = ask(count);
        if (heads.length == 0) {
            script.expect(EventKind.REFILL_FAILED, Head.NONE, 0);
        }
        for (final int head : heads) {
            script.expect(EventKind.REFILL, head, parked.size());
            parked.add(head);
        }
    }

    /** {@code kmem_cache_alloc_bulk}, or a trade with the depot. */
    private int[] ask(int count) {
        final Depots between = depots;
        if (between != null && between.rounds() == count) {
            script.expectSent(between.depotOf(memoryNode), new DepotMessage.TradeForFull(id, memoryNode));
        } else {
            script.expectSent(memoryNode, new SlabMessage.BulkAlloc(id, count));
        }
        return ((SlabReply.BulkAllocated) script.answer()).heads();
    }

    /** Gives back all heads. */
    void flush(boolean acknowledged) {
        if (!parked.isEmpty()) {
            give(EventKind.FLUSH, parked, 0, acknowledged || policy.acknowledged(), acknowledged);
        }
    }

    /** Takes all heads out for another CPU. */
    int[] takeAll() {
        final int[] heads = parked.stream().mapToInt(Integer::intValue).toArray();
        parked.clear();
        return heads;
    }

    /** A full magazine goes to the depot, but in a drain. */
    private void give(EventKind why, List<Integer> heads, int from, boolean acknowledged, boolean drain) {
        final Depots between = depots;
        if (drain || between == null || between.rounds() != heads.size()) {
            give(why, heads, from, acknowledged);
            return;
        }
        for (int i = 0; i < heads.size(); i++) {
            script.expect(why, heads.get(i), from + i);
        }
        final int[] magazine = heads.stream().mapToInt(Integer::intValue).toArray();
        final boolean waits = acknowledged || between.mayRefuse();
        script.expectSent(between.depotOf(memoryNode), new DepotMessage.TradeForEmpty(id, magazine, waits));
        heads.clear();
        oweIf(waits);
    }

    private void give(EventKind why, List<Integer> heads, int from, boolean acknowledged) {
        for (int i = 0; i < heads.size(); i++) {
            script.expect(why, heads.get(i), from + i);
        }
        sendHome(heads, acknowledged);
        heads.clear();
        oweIf(acknowledged);
    }

    /** A full sheaf that the barn refused, which the CPU was waiting for anyway. */
    void refused(int[] sheaf) {
        sendHome(Arrays.stream(sheaf).boxed().toList(), policy.acknowledged());
    }

    private void sendHome(List<Integer> heads, boolean acknowledged) {
        final Map<Integer, List<Integer>> byHome = new LinkedHashMap<>();
        for (final int head : heads) {
            byHome.computeIfAbsent(Head.node(head), home -> new ArrayList<>()).add(head);
        }
        byHome.forEach((home, some) -> script.expectSent(
                NodeId.of(home),
                new SlabMessage.BulkFree(
                        id,
                        memoryNode,
                        some.stream().mapToInt(Integer::intValue).toArray(),
                        acknowledged)));
    }

    private void oweIf(boolean acknowledged) {
        if (acknowledged) {
            script.owe();
        }
    }

    /** {@code kmem_cache_alloc_node}. */
    SlabReply.Allocated allocate(SlabKind kind, int node, boolean entitled) {
        final boolean any = node == Op.ANY_NODE;
        script.expectSent(any ? memoryNode : NodeId.of(node), new SlabMessage.SingleAlloc(id, kind, any, entitled));
        final SlabReply.Allocated answer = (SlabReply.Allocated) script.answer();
        final EventKind kindOfEnd = answer.head() == Head.NONE ? EventKind.SINGLE_ALLOC_FAILED : EventKind.SINGLE_ALLOC;
        script.expect(kindOfEnd, answer.head(), node);
        return answer;
    }

    /** Hands {@code skb} to the CPU that allocated it, and waits until it is on the list or comes back. */
    void defer(Skb skb) {
        script.expectSent(new CpuId(skb.allocCpu()), new CpuMessage.Defer(id, memoryNode, skb));
        script.owe();
    }

    /** {@code kmem_cache_free}: the head of an skb, or its part of a pair. */
    void free(Skb skb) {
        free(skb.head(), skb.paired());
    }

    void free(int head, boolean half) {
        script.expect(EventKind.SINGLE_FREE, head, 0);
        script.expectSent(
                NodeId.of(Head.node(head)),
                new SlabMessage.SingleFree(id, memoryNode, head, half, policy.acknowledged()));
        oweIf(policy.acknowledged());
    }
}
