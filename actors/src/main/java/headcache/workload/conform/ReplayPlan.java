package headcache.workload.conform;

import headcache.workload.trace.Recording;
import java.util.List;
import java.util.SortedMap;

/**
 * A recording taken apart.
 *
 * @param recording the recording
 * @param routes the ways that its rows take
 * @param cpus what each CPU does
 * @param slabs what each node's slab answers and is given, by node and {@link Requester}
 * @param skipped rows of caches that are not replayed, because it is not known what the cache held
 * @param findings what does not fit together in the recording itself
 */
record ReplayPlan(
        Recording recording,
        Routes routes,
        List<CpuPlan> cpus,
        List<SortedMap<Integer, Playback>> slabs,
        int skipped,
        Findings findings) {}
