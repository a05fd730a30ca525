package headcache.verify;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.memory.NodeConfig;
import headcache.nic.Queue;
import headcache.protocol.CpuId;
import headcache.protocol.NapiId;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Numbers that make a small machine. Every combination is a machine; smaller numbers mean simpler ones.
 *
 * @param cpus 0 to 5: one CPU less than there are
 * @param nodes 0 to 3: one node less than there are
 * @param places 0 to 4095: for each CPU two bits, the node it is on
 * @param memoryless 0 to 15: for each node a bit, whether it has no memory; if none had, the first has
 * @param capacity 2 to 80
 * @param refill any: refill size
 * @param spill any: spill size, and from which end
 * @param kernel any: v5.12 with the later fixes, without, before the series, or in the midst of it
 * @param link 0 to 7: whether frees are acknowledged (not: 7), and how long the backlog is
 * @param page any: heads on a page, minimum of partial pages
 * @param pages any: page limit and reserve
 * @param dice any: readiness to look elsewhere, and the seed
 * @param nics 0 to 2: NICs, with one or two queues
 */
public record MachineDraft(
        int cpus,
        int nodes,
        int places,
        int memoryless,
        int capacity,
        int refill,
        int spill,
        int kernel,
        int link,
        int page,
        int pages,
        int dice,
        int nics) {
    /** The reference twice, so that it is drawn more often, each kernel on the way to it, and what was left by the way. */
    private static final Kernel[] KERNELS = {
        Kernel.LINUX_5_12,
        Kernel.LINUX_5_12,
        Kernel.LINUX_5_12_UNFIXED,
        Kernel.LINUX_5_11,
        Kernel.of(CodePath.LATER_FIXES),
        Kernel.of(CodePath.LATER_FIXES, CodePath.BUILD_FROM_CACHE),
        Kernel.of(CodePath.LATER_FIXES, CodePath.BUILD_FROM_CACHE, CodePath.FLAG_FROM_CACHE),
        Kernel.LINUX_5_12.without(CodePath.MERGED_TO_CACHE),
        Kernel.LINUX_5_12.with(CodePath.HALVE_AFTER_SOFTIRQ),
        Kernel.LINUX_5_12.with(CodePath.BALANCE_AFTER_SOFTIRQ),
        Kernel.LINUX_5_12.with(CodePath.ALL_FROM_CACHE),
        Kernel.LINUX_5_12.with(CodePath.LOOK_AT_PAGE),
        Kernel.WITHOUT_CACHE
    };

    /** The number of the last kernel to choose from. */
    static final int LAST_KERNEL = KERNELS.length - 1;

    private static final int[] BACKLOGS = {CpuPolicy.BACKLOG_LIMIT, 1, 3};
    private static final int[] RATIOS = {NodeConfig.DEFAULT_RATIO, 0, 512, 1024};
    private static final int RING = 24;
    private static final int CAPACITY = 4;
    private static final int LEAST_CAPACITY = 2;

    /** The machine. */
    public MachineConfig config() {
        final SlabConfig slab = slab();
        return new MachineConfig(topology(), policy(), slab, slab, RATIOS[dice % 4], dice / 4, nicQueues(), RING);
    }

    /** All drafts with one number smaller: as small as it may be, or one less. */
    public List<MachineDraft> smaller() {
        final int[] mine = numbers();
        final List<MachineDraft> all = new ArrayList<>();
        for (int i = 0; i < mine.length; i++) {
            final int least = i == CAPACITY ? LEAST_CAPACITY : 0;
            for (final int less : mine[i] - 1 > least ? new int[] {least, mine[i] - 1} : new int[] {least}) {
                if (less < mine[i]) {
                    final int[] changed = mine.clone();
                    changed[i] = less;
                    all.add(of(changed));
                }
            }
        }
        return all;
    }

    /** The sum of its numbers; each of {@link #smaller} has a smaller one. */
    public long size() {
        return IntStream.of(numbers()).sum();
    }

    private int[] numbers() {
        return new int[] {
            cpus, nodes, places, memoryless, capacity, refill, spill, kernel, link, page, pages, dice, nics
        };
    }

    private static MachineDraft of(int[] n) {
        return new MachineDraft(n[0], n[1], n[2], n[3], n[CAPACITY], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12]);
    }

    private Topology topology() {
        final List<Boolean> memory = IntStream.range(0, nodes + 1)
                .mapToObj(node -> ((memoryless >> node) & 1) == 0)
                .toList();
        final List<Integer> nodeOfCpu = IntStream.range(0, cpus + 1)
                .mapToObj(cpu -> ((places >> (2 * cpu)) & 3) % (nodes + 1))
                .toList();
        final Topology all = new Topology(
                nodeOfCpu, IntStream.range(0, nodes + 1).mapToObj(node -> true).toList());
        return memory.contains(true) ? new Topology(nodeOfCpu, memory) : all;
    }

    private CpuPolicy policy() {
        final CachePolicy cache = new CachePolicy(
                capacity,
                1 + refill % capacity,
                1 + spill / 2 % capacity,
                spill % 2 == 0 ? SpillEnd.NEWEST : SpillEnd.OLDEST);
        return new CpuPolicy(cache, KERNELS[kernel % KERNELS.length], link % 8 != 7, BACKLOGS[link % 3]);
    }

    private SlabConfig slab() {
        return new SlabConfig(1 + page % 40, page / 40 % 6, pages % 40, pages / 40 % 3);
    }

    private List<List<Queue>> nicQueues() {
        final List<List<Queue>> all = new ArrayList<>();
        int napi = 0;
        for (int nic = 0; nic < nics; nic++) {
            final List<Queue> queues = new ArrayList<>();
            for (int queue = 0; queue <= nic; queue++) {
                queues.add(new Queue(new NapiId(napi), new CpuId(napi % (cpus + 1))));
                napi++;
            }
            all.add(queues);
        }
        return all;
    }

    /** What {@code machine} is made of, in a few words. */
    public static String text(MachineConfig machine) {
        final Topology topology = machine.topology();
        final CpuPolicy policy = machine.policy();
        final SlabConfig heads = machine.heads();
        return topology.cpus() + " CPUs on nodes " + topology.nodeOfCpu() + ", memory " + topology.hasMemory()
                + ", cache " + policy.cache() + ", " + policy.kernel()
                + (policy.acknowledged() ? "" : ", unacknowledged")
                + ", backlog " + policy.backlogLimit() + ", pages of " + heads.headsPerPage() + " minPartial "
                + heads.minPartial() + " limit " + heads.pageLimit() + " reserve " + heads.reservePages() + ", ratio "
                + machine.remoteNodeDefragRatio() + ", seed " + machine.seed() + ", NIC queues "
                + machine.nics().stream().map(List::size).toList();
    }
}
