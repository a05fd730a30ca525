package headcache.demos.lesson;

import headcache.cpu.CpuStep;
import headcache.machine.Topology;
import headcache.memory.SlabStep;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All that a lesson ever sees of a machine: the steps that its actors make, and what they hold afterwards.
 *
 * <p>Actors show their steps on their own threads, a lesson asks on its own; hence the lock.
 */
final class Watcher implements Tap {
    private final CacheView[] caches;
    private final Integer[] out;
    private final List<Moment> moments = new ArrayList<>();

    Watcher(final Topology topology, final int capacity) {
        caches = new CacheView[topology.cpus()];
        Arrays.fill(caches, CacheView.empty(capacity));
        out = new Integer[topology.nodes()];
        Arrays.fill(out, 0);
    }

    @Override
    public synchronized void onStep(
            final ActorName who, final Message message, final Step<?> state, final EventLog events) {
        if (message instanceof CpuMessage.Report) {
            return;
        }
        moments.add(new Moment(who, message, copyOf(events)));
        if (who instanceof CpuId cpu && state instanceof CpuStep step) {
            caches[cpu.index()] = CacheView.of(step.heads());
        } else if (who instanceof NodeId node && state instanceof SlabStep step) {
            out[node.index()] = step.slab(SlabKind.HEAD).inUse();
        }
    }

    private static List<Event> copyOf(final EventLog events) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> new Event(events.kind(i), events.head(i), events.detail(i)))
                .toList();
    }

    /** What each CPU's cache holds now. */
    synchronized List<CacheView> caches() {
        return List.of(caches);
    }

    /** For each node how many of its heads its slab counts as in use now. */
    synchronized List<Integer> out() {
        return List.of(out);
    }

    /** The moments since this was last asked. */
    synchronized List<Moment> takeMoments() {
        final List<Moment> taken = List.copyOf(moments);
        moments.clear();
        return taken;
    }
}
