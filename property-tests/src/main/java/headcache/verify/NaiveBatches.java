package headcache.verify;

import headcache.middle.Batches;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.step.EventKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Heads between caches, of the sequential machine: a slot for each owner, and a queue of what came back. */
final class NaiveBatches {
    private final CpuId id;
    private final Batches batches;
    private final Script script;
    private final TreeMap<Integer, List<Integer>> slots = new TreeMap<>();
    private final List<Integer> aside = new ArrayList<>();
    private final ArrayDeque<Integer> queue = new ArrayDeque<>();
    private boolean retired;

    NaiveBatches(CpuId id, Batches batches, Script script) {
        this.id = id;
        this.batches = batches;
        this.script = script;
    }

    void setAside(int head, int owner) {
        slots.computeIfAbsent(owner, none -> new ArrayList<>()).add(head);
        aside.add(head);
        script.expect(EventKind.SET_ASIDE, head, owner);
        if (aside.size() == batches.budget()) {
            post();
        }
    }

    /** Posts every slot. */
    void post() {
        slots.forEach((owner, heads) -> post(new CpuId(owner), heads));
        slots.clear();
        aside.clear();
    }

    private void post(CpuId to, List<Integer> heads) {
        heads.forEach(head -> script.expect(EventKind.POSTED, head, to.index()));
        script.expectSent(
                to,
                new CpuMessage.GiveBack(
                        id, heads.stream().mapToInt(Integer::intValue).toArray()));
        script.owe();
    }

    void cameBack(int[] heads) {
        for (final int head : heads) {
            queue.add(head);
            script.expect(EventKind.CAME_BACK, head, queue.size());
        }
    }

    void takeBack(List<Integer> parked) {
        for (int taken = 0; taken < batches.visit() && !queue.isEmpty(); taken++) {
            final int head = queue.remove();
            script.expect(EventKind.TAKEN_BACK, head, parked.size());
            parked.add(head);
        }
    }

    boolean hasQueue() {
        return !queue.isEmpty();
    }

    void handOver(CpuId survivor) {
        post(survivor, takeQueue());
    }

    /** All there is. */
    List<Integer> takeAll() {
        final List<Integer> all = new ArrayList<>(aside);
        all.addAll(takeQueue());
        slots.clear();
        aside.clear();
        return all;
    }

    private List<Integer> takeQueue() {
        final List<Integer> all = List.copyOf(queue);
        queue.clear();
        return all;
    }

    boolean isEmpty() {
        return aside.isEmpty() && queue.isEmpty();
    }

    boolean isRetired() {
        return retired;
    }

    void setRetired(boolean whether) {
        retired = whether;
    }
}
