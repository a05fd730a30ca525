package headcache.verify;

import headcache.protocol.CpuId;
import java.util.Arrays;

/** How many heads are in each CPU's cache, counted from events alone. */
final class ParkedCounts {
    private int[] counts = new int[8];
    /** By how much the CPU's own count is known to be wrong, so that it is reported once. */
    private int[] drifts = new int[8];

    private long all;

    void add(CpuId cpu, int change) {
        grow(cpu.index());
        counts[cpu.index()] += change;
        all += change;
    }

    int count(CpuId cpu) {
        return cpu.index() < counts.length ? counts[cpu.index()] : 0;
    }

    /** Heads in the caches of other CPUs than {@code cpu}. */
    long elsewhere(CpuId cpu) {
        return all - count(cpu);
    }

    /** Whether {@code stated}, the CPU's own count, is off by another amount than before. */
    boolean isNewDrift(CpuId cpu, int stated) {
        final int drift = stated - counts[cpu.index()];
        final boolean isNew = drift != drifts[cpu.index()];
        drifts[cpu.index()] = drift;
        return isNew;
    }

    private void grow(int cpu) {
        if (cpu >= counts.length) {
            final int length = Math.max(cpu + 1, counts.length * 2);
            counts = Arrays.copyOf(counts, length);
            drifts = Arrays.copyOf(drifts, length);
        }
    }
}
