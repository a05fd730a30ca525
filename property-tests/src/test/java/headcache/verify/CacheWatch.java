package headcache.verify;

import headcache.cache.HeadCache;
import headcache.protocol.CpuId;
import headcache.protocol.Message;
import headcache.protocol.SlabMessage;
import headcache.verify.Recorded.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one deed did to the cache of a CPU, seen from outside: what is parked, and what went to the slabs.
 *
 * @param before what was parked before it, oldest first
 * @param after what is parked when the machine is at rest again
 * @param toSlabs what the CPU sent to slabs, in order
 * @param others whether the caches of all other CPUs are as they were
 */
record CacheWatch(List<Integer> before, List<Integer> after, List<Entry.Sent> toSlabs, boolean others) {

    /** Watches {@code cpu} while {@code deed} is done to the machine of {@code run}. */
    static CacheWatch of(NetworkRun run, CpuId cpu, Runnable deed) {
        final List<List<Integer>> before = parked(run);
        final int past = run.history(cpu.index()).size();
        deed.run();
        final List<List<Integer>> after = parked(run);
        final List<Entry> history = run.history(cpu.index());
        final List<Entry.Sent> sent = history.subList(past, history.size()).stream()
                .filter(Entry.Sent.class::isInstance)
                .map(Entry.Sent.class::cast)
                .filter(entry -> entry.message() instanceof SlabMessage)
                .toList();
        final List<Integer> here = before.remove(cpu.index());
        final List<Integer> now = after.remove(cpu.index());
        return new CacheWatch(here, now, sent, before.equals(after));
    }

    /** What is parked on each CPU, oldest first. */
    static List<List<Integer>> parked(NetworkRun run) {
        final List<List<Integer>> parked = new ArrayList<>();
        for (int cpu = 0; cpu < run.histories().size(); cpu++) {
            final HeadCache heads = run.network().cpu(cpu).heads();
            parked.add(IntStream.range(0, heads.count()).mapToObj(heads::head).toList());
        }
        return parked;
    }

    /** Whether nothing was got from the cache and nothing put. */
    boolean isPast() {
        return before.equals(after) && messages().stream().noneMatch(CacheWatch::isBulk);
    }

    /** What went to slabs, whichever. */
    List<Message> messages() {
        return toSlabs.stream().map(Entry.Sent::message).toList();
    }

    private static boolean isBulk(Message message) {
        return message instanceof SlabMessage.BulkAlloc || message instanceof SlabMessage.BulkFree;
    }
}
