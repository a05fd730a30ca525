package headcache.workload;

import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.machine.Topology;
import headcache.slab.SlabConfig;
import headcache.step.Tap;
import org.jspecify.annotations.Nullable;

/**
 * How a workload is run.
 *
 * @param policy how CPUs treat heads
 * @param topology the machine, or null for the one that the workload is for
 * @param heads the slab of plain heads on each node with memory
 * @param seed seed of the slabs' dice
 * @param threads how the actors are run
 * @param repeat how many times the workload is played, 1 or more
 * @param auditEvery packets after which the running machine is audited, again and again, and once more at the end, 1
 *     or more; or {@link #NO_AUDIT}
 * @param tap who watches; {@link Tap#NONE} costs nothing
 */
public record RunOptions(
        CpuPolicy policy,
        @Nullable Topology topology,
        SlabConfig heads,
        long seed,
        Threads threads,
        int repeat,
        long auditEvery,
        Tap tap) {
    /** No audit: the machine's actors know nothing of any. */
    public static final long NO_AUDIT = 0;

    /** Once, with v5.12's policy, all the memory that can be named, on all processors. */
    public static final RunOptions DEFAULT =
            new RunOptions(CpuPolicy.LINUX_5_12, null, SlabConfig.LARGEST, 1, Threads.all(), 1, NO_AUDIT, Tap.NONE);

    /** Checks the ranges of {@code repeat} and {@code auditEvery}. */
    public RunOptions {
        if (repeat < 1) {
            throw new IllegalArgumentException("impossible run: repeat=" + repeat + " must be 1 or more");
        }
        if (auditEvery < NO_AUDIT) {
            throw new IllegalArgumentException("impossible run: audit=" + auditEvery + " must be 1 or more packets");
        }
    }

    /** These options with an audit after every {@code packets} packets. */
    public RunOptions withAuditEvery(long packets) {
        return new RunOptions(policy, topology, heads, seed, threads, repeat, packets, tap);
    }

    /** These options with another policy. */
    public RunOptions with(CpuPolicy other) {
        return new RunOptions(other, topology, heads, seed, threads, repeat, auditEvery, tap);
    }

    /** These options with another machine than the workload's own. */
    public RunOptions with(Topology other) {
        return new RunOptions(policy, other, heads, seed, threads, repeat, auditEvery, tap);
    }

    /** These options with other slabs of plain heads. */
    public RunOptions with(SlabConfig other) {
        return new RunOptions(policy, topology, other, seed, threads, repeat, auditEvery, tap);
    }

    /** These options with at most {@code pages} pages of plain heads on each node. */
    public RunOptions withPageLimit(int pages) {
        return with(new SlabConfig(heads.headsPerPage(), heads.minPartial(), pages, heads.reservePages()));
    }

    /** These options with other dice. */
    public RunOptions withSeed(long other) {
        return new RunOptions(policy, topology, heads, other, threads, repeat, auditEvery, tap);
    }

    /** These options with other threads. */
    public RunOptions with(Threads other) {
        return new RunOptions(policy, topology, heads, seed, other, repeat, auditEvery, tap);
    }

    /** These options, played {@code times} times. */
    public RunOptions withRepeat(int times) {
        return new RunOptions(policy, topology, heads, seed, threads, times, auditEvery, tap);
    }

    /** These options, watched by {@code other}. */
    public RunOptions with(Tap other) {
        return new RunOptions(policy, topology, heads, seed, threads, repeat, auditEvery, other);
    }

    /**
     * The machine on which {@code workload} is run.
     *
     * @throws IllegalArgumentException if it has fewer CPUs or nodes than the workload needs
     */
    public Topology machineFor(Workload workload) {
        final Topology needed = workload.topology();
        if (topology == null) {
            return needed;
        }
        if (topology.cpus() < needed.cpus() || topology.nodes() < needed.nodes()) {
            throw new IllegalArgumentException("machine too small: cpus=" + topology.cpus() + " nodes="
                    + topology.nodes() + ", workload " + workload.name() + " needs cpus=" + needed.cpus() + " nodes="
                    + needed.nodes());
        }
        return topology;
    }

    /** Whether the running machine is audited. */
    public boolean isAudited() {
        return auditEvery != NO_AUDIT;
    }

    /** Whether memory is so limited that allocations may well fail. */
    boolean isMemoryLimited() {
        return (long) heads.pageLimit() * heads.headsPerPage()
                < (long) SlabConfig.LARGEST.pageLimit() * SlabConfig.LARGEST.headsPerPage();
    }
}
