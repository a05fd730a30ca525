package headcache.policy;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.middle.Batches;
import headcache.middle.Magazines;
import headcache.middle.Sheaves;
import headcache.skb.Kernel;
import java.util.List;
import java.util.Optional;

/** The registry of policies: the one place where a policy joins the laboratory, in the order in which tables show them. */
public final class Policies {
    /** What is cached at most where nothing else is said: 64 heads, so that rivals are compared at one size. */
    private static final int SIZE = 64;

    /** Rounds of a magazine, of which two make about as much: a size of the paper's table. */
    private static final int MAGAZINE = 31;

    /** Every policy. */
    public static final List<Policy> ALL = List.of(
            new Policy(
                    "no-cache",
                    "every head comes from the slab and goes back to it singly",
                    "a baseline",
                    of(CachePolicy.LINUX_5_12, Kernel.WITHOUT_CACHE)),
            new Policy(
                    "linux-5.11",
                    "frees are collected and given back in bulk when a softirq ends; allocations are single",
                    "the kernel before the series, 00b229f762b0",
                    CpuPolicy.LINUX_5_11),
            new Policy(
                    "linux-5.12",
                    "64 heads, 16 in on empty, the newest 32 out on full",
                    "f450d539c05a and its series, with the later fixes",
                    CpuPolicy.LINUX_5_12),
            new Policy(
                    "linux-5.12-unfixed",
                    "the same as it was released: GRO parks twins, and forgets references",
                    "9243adfc311a, before 28b34f01a734 and 8550ff8d8c75",
                    of(CachePolicy.LINUX_5_12, Kernel.LINUX_5_12_UNFIXED)),
            new Policy(
                    "linux-5.19",
                    "as 5.12, but what another CPU has read goes home to the CPU that allocated it, by a list of 64",
                    "68822bdf76f1, 2db60eed1a95, 39564c3fdc66",
                    of(CachePolicy.LINUX_5_12, Kernel.LINUX_5_19)),
            new Policy(
                    "linux-6.19",
                    "128 heads, 32 in, the newest 32 out; only a CPU's own heads are put, the others go home by a list",
                    "3505730d9042, 01d738561899, 2d67b5c5c67f, e20dfbad8aab, 21664814b89e, dac023607568,"
                            + " ed16b8a4d1ca",
                    of(new CachePolicy(128, 32, 32, SpillEnd.NEWEST), Kernel.LINUX_6_19)),
            new Policy(
                    "linux-128",
                    "128 heads, 32 in on empty, the newest 32 out on full: the sizes of 6.19 without its ways home",
                    "3505730d9042, 01d738561899, 2d67b5c5c67f",
                    of(new CachePolicy(128, 32, 32, SpillEnd.NEWEST), Kernel.LINUX_5_12)),
            new Policy(
                    "dpdk-26.03",
                    "holds half more than its size, gives all back when that is full, fetches its size on empty",
                    "rte_mempool until 26.03",
                    of(dpdkUntil2603(SIZE), Kernel.LINUX_5_12)),
            new Policy(
                    "dpdk-26.07",
                    "half of its size in on empty, the oldest half out when it is full",
                    "rte_mempool since f5e1310f16e0",
                    of(dpdkSince2607(SIZE), Kernel.LINUX_5_12)),
            new Policy(
                    "magazines",
                    "two magazines of 31 for each CPU, full and empty ones traded at a depot; else one head from the slab",
                    "Bonwick and Adams, Magazines and Vmem, 2001",
                    CpuPolicy.of(new Magazines(MAGAZINE, Magazines.INTERVAL))),
            new Policy(
                    "sheaves",
                    "two sheaves of 28 for each CPU, traded at their node's barn of 10; a head of another node goes home",
                    "mm/slub.c since 6.18, Babka: SLUB percpu sheaves and barns",
                    CpuPolicy.of(Sheaves.LINUX_7_0)),
            new Policy(
                    "snmalloc",
                    "heads of other CPUs are set aside, and 64 together posted to their owners, a message for each",
                    "Liétar et al., snmalloc: a message passing allocator, 2019",
                    CpuPolicy.of(Batches.SNMALLOC)));

    private Policies() {}

    /** The policy that commands call {@code name}, if there is one. */
    public static Optional<Policy> named(String name) {
        return ALL.stream().filter(policy -> policy.name().equals(name)).findFirst();
    }

    /**
     * How CPUs treat heads under the policy {@code name}.
     *
     * @throws java.util.NoSuchElementException if there is no policy of that name
     */
    public static CpuPolicy cpu(String name) {
        return named(name).map(Policy::cpu).orElseThrow();
    }

    /**
     * DPDK's cache of {@code size} objects until 26.03. It flushes before it stores what does not fit, which is the same
     * as to store it and give back all that came before, so the array has one slot more than it holds at rest. A get that
     * finds nothing fetches {@code size} and what it was asked for. That it tries for less when the pool runs dry is
     * left out.
     */
    public static CachePolicy dpdkUntil2603(int size) {
        final int held = size + size / 2;
        return new CachePolicy(held + 1, size + 1, held, SpillEnd.OLDEST);
    }

    /** DPDK's cache of {@code size} objects since 26.07, which keeps the newer half; see {@link #dpdkUntil2603}. */
    public static CachePolicy dpdkSince2607(int size) {
        return new CachePolicy(size + 1, size / 2, size / 2, SpillEnd.OLDEST);
    }

    private static CpuPolicy of(CachePolicy cache, Kernel kernel) {
        return new CpuPolicy(cache, kernel, true, CpuPolicy.BACKLOG_LIMIT);
    }
}
