package headcache.workload.conform;

import headcache.cache.CachePolicy;
import headcache.workload.trace.Recording;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a recording is replayed on.
 *
 * @param policy the parameters of the head caches
 * @param nodeOfCpu the memory node of each CPU; empty: the nodes that the recording names, spread evenly
 *     over its CPUs, neighbours together
 */
public record ConformSettings(CachePolicy policy, List<Integer> nodeOfCpu) {
    /** The kernel's parameters. */
    public static final ConformSettings LINUX_5_12 = new ConformSettings(CachePolicy.LINUX_5_12, List.of());

    /** These settings with other parameters of the head caches. */
    public ConformSettings with(CachePolicy other) {
        return new ConformSettings(other, nodeOfCpu);
    }

    /** The memory nodes of {@code cpus} CPUs of {@code recording}. */
    int[] nodes(Recording recording, int cpus) {
        return IntStream.range(0, cpus)
                .map(cpu -> nodeOfCpu.isEmpty()
                        ? (int) ((long) cpu * recording.nodes() / cpus)
                        : cpu < nodeOfCpu.size() ? nodeOfCpu.get(cpu) : 0)
                .toArray();
    }
}
