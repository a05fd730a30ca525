package headcache.benchmarks.machine;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How much heap a CPU actor takes: the difference between a large machine and a small one, for each CPU more. */
public final class MemoryOfCpus {
    private static final int FEW = 8;
    private static final int MANY = 1024;
    private static final int NODES = 8;

    /** Polls of each CPU: enough to fill its cache and to touch whatever it makes on first use. */
    private static final int POLLS = 50;

    private static final int COLLECTIONS = 3;

    private MemoryOfCpus() {}

    /** Prints the figures as Markdown: the middle of {@code rounds} measurements, and where they lie. */
    public static void print(int rounds) throws InterruptedException {
        final List<Long> idle = new ArrayList<>();
        final List<Long> used = new ArrayList<>();
        heapOf(FEW, POLLS); // loads classes
        for (int round = 0; round < rounds; round++) {
            idle.add(perCpu(0));
            used.add(perCpu(POLLS));
        }
        System.out.printf("%n| a CPU actor | bytes of heap | least to most |%n| --- | --: | --: |%n");
        print("that has just been booted", idle);
        print("with its driver, after " + POLLS + " polls in the cache", used);
    }

    private static long perCpu(int polls) throws InterruptedException {
        return (heapOf(MANY, polls) - heapOf(FEW, polls)) / (MANY - FEW);
    }

    private static long heapOf(int cpus, int polls) throws InterruptedException {
        final int drivers = polls == 0 ? 0 : cpus;
        try (Bench bench = new Bench(cpus, NODES, drivers, Feeders.InCache::new)) {
            if (polls > 0) {
                bench.run(polls);
            }
            return usedHeap();
        }
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(20);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void print(String what, List<Long> values) {
        final List<Long> sorted = values.stream().sorted().toList();
        System.out.printf(
                "| %s | %,d | %,d to %,d |%n",
                what, sorted.get((sorted.size() - 1) / 2), sorted.get(0), Collections.max(sorted));
    }
}
