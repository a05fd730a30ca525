package headcache.verify;

import headcache.protocol.CpuId;
import headcache.protocol.Head;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Sheaves and barns as {@code mm/slub.c} has them: main and spare for each CPU, full sheaves for each node, a limit. It
 * is always the spare sheaf that leaves a CPU.
 */
final class PaperSheaves {
    private final int heads;
    private final int limit;
    private final Map<CpuId, Pair> cpus = new HashMap<>();
    private final Map<Integer, Deque<Deque<Integer>>> barns = new HashMap<>();
    private int flushed;

    private static final class Pair {
        Deque<Integer> main = new ArrayDeque<>();
        Deque<Integer> spare = new ArrayDeque<>();

        void exchange() {
            final Deque<Integer> other = main;
            main = spare;
            spare = other;
        }
    }

    PaperSheaves(int heads, int limit) {
        this.heads = heads;
        this.limit = limit;
    }

    /** Whether a get of a CPU of {@code node} needs the slab to fill a sheaf. */
    boolean needsSlab(CpuId id, int node) {
        final Pair cpu = pair(id);
        if (cpu.main.isEmpty() && !cpu.spare.isEmpty()) {
            cpu.exchange();
        }
        if (cpu.main.isEmpty() && !barn(node).isEmpty()) {
            cpu.main = barn(node).pop();
        }
        return cpu.main.isEmpty();
    }

    /** The slab filled the main sheaf. */
    void filled(CpuId id, int head) {
        pair(id).main.push(head);
    }

    int get(CpuId id) {
        return pair(id).main.pop();
    }

    void put(CpuId id, int node, int head) {
        if (Head.node(head) != node) {
            return;
        }
        final Pair cpu = pair(id);
        if (cpu.main.size() == heads && cpu.spare.isEmpty()) {
            cpu.exchange();
        }
        if (cpu.main.size() == heads) {
            if (barn(node).size() < limit) {
                barn(node).push(cpu.spare);
            } else {
                flushed += cpu.spare.size();
            }
            cpu.spare = cpu.main;
            cpu.main = new ArrayDeque<>();
        }
        cpu.main.push(head);
    }

    int parked(CpuId id) {
        return pair(id).main.size() + pair(id).spare.size();
    }

    int fullSheaves(int node) {
        return barn(node).size();
    }

    /** Heads that went to the slabs because a barn had no room. */
    int flushed() {
        return flushed;
    }

    private Pair pair(CpuId id) {
        return cpus.computeIfAbsent(id, none -> new Pair());
    }

    private Deque<Deque<Integer>> barn(int node) {
        return barns.computeIfAbsent(node, none -> new ArrayDeque<>());
    }
}
