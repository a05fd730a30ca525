package headcache.verify;

import headcache.protocol.CpuId;
import headcache.protocol.Head;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The algorithm of Bonwick and Adams, section 3.1, written down as the paper has it: two magazines and a depot. */
final class PaperMagazines {
    private final int rounds;
    private final Map<CpuId, Pair> cpus = new HashMap<>();
    private final Deque<Deque<Integer>> fullMagazines = new ArrayDeque<>();

    private static final class Pair {
        Deque<Integer> loaded = new ArrayDeque<>();
        Deque<Integer> previous = new ArrayDeque<>();

        void exchange() {
            final Deque<Integer> other = loaded;
            loaded = previous;
            previous = other;
        }
    }

    PaperMagazines(int rounds) {
        this.rounds = rounds;
    }

    /** The head, or {@link Head#NONE}: allocate one from the slab layer. */
    int get(CpuId id) {
        final Pair cpu = pair(id);
        if (cpu.loaded.isEmpty() && !cpu.previous.isEmpty()) {
            cpu.exchange();
        }
        if (cpu.loaded.isEmpty() && !fullMagazines.isEmpty()) {
            cpu.previous = cpu.loaded;
            cpu.loaded = fullMagazines.pop();
        }
        return cpu.loaded.isEmpty() ? Head.NONE : cpu.loaded.pop();
    }

    void put(CpuId id, int head) {
        final Pair cpu = pair(id);
        if (cpu.loaded.size() == rounds && cpu.previous.isEmpty()) {
            cpu.exchange();
        }
        if (cpu.loaded.size() == rounds) {
            fullMagazines.push(cpu.previous);
            cpu.previous = cpu.loaded;
            cpu.loaded = new ArrayDeque<>();
        }
        cpu.loaded.push(head);
    }

    int parked(CpuId id) {
        return pair(id).loaded.size() + pair(id).previous.size();
    }

    int fullMagazines() {
        return fullMagazines.size();
    }

    private Pair pair(CpuId id) {
        return cpus.computeIfAbsent(id, none -> new Pair());
    }
}
