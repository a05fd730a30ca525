package headcache.workload.generated;

import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.workload.Context;
import headcache.workload.OpBuffer;
import headcache.workload.OpStream;
import headcache.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The skbs of a workload from where they began to where they ended, in the order of their ends. */
final class Journeys {
    private final Workload workload;
    private final Place[] beginnings = new Place[1 << 16];
    private final List<Journey> all = new ArrayList<>();
    private int alive;
    private int mostAlive;

    private Journeys(Workload workload) {
        this.workload = workload;
    }

    /** Where an operation runs, and by which function of the kernel. */
    record Place(int cpu, Context context, String way) {
        String name() {
            return way + " " + context;
        }
    }

    /** Where an skb began and ended. */
    record Journey(Place from, Place to) {
        boolean crossesCpus() {
            return from.cpu() != to.cpu();
        }
    }

    static Journeys of(Workload workload) {
        final Journeys journeys = new Journeys(workload);
        final OpBuffer buffer = new OpBuffer();
        final OpStream stream = workload.open();
        while (stream.read(buffer)) {
            for (int i = 0; i < buffer.size(); i++) {
                journeys.take(buffer, i);
            }
            buffer.clear();
        }
        return journeys;
    }

    private void take(OpBuffer buffer, int i) {
        final Op op = workload.kinds().get(buffer.kind(i));
        final int cpu = Context.cpu(buffer.queue(i));
        final Context context = Context.of(buffer.queue(i));
        if (op instanceof Op.Allocate allocate) {
            begin(buffer.skb(i), new Place(cpu, context, allocate.way().kernelName()));
        } else if (op instanceof Op.BuildBulk) {
            begin(buffer.skb(i), new Place(cpu, context, WayIn.NAPI_BUILD_SKB.kernelName()));
        } else if (op instanceof Op.Clone) {
            begin(buffer.other(i), new Place(cpu, context, "skb_clone"));
        } else if (op instanceof Op.Release release && release.way() != WayOut.GRO_FRAGS_REUSE) {
            final Place end = new Place(cpu, context, release.way().kernelName());
            all.add(new Journey(beginnings[buffer.skb(i)], end));
            alive--;
        }
    }

    private void begin(int skb, Place place) {
        beginnings[skb] = place;
        mostAlive = Math.max(mostAlive, ++alive);
    }

    List<Journey> all() {
        return all;
    }

    /** How many skbs end on a CPU other than the one that allocated them. */
    long crossing() {
        return all.stream().filter(Journey::crossesCpus).count();
    }

    /** How many skbs go each way, such as {@code alloc_skb TASK - kfree_skb SOFTIRQ}. */
    Map<String, Integer> ways() {
        final Map<String, Integer> ways = new TreeMap<>();
        all.forEach(journey ->
                ways.merge(journey.from().name() + " - " + journey.to().name(), 1, Integer::sum));
        return ways;
    }

    /** The most skbs that are alive at the same time. */
    int mostAlive() {
        return mostAlive;
    }

    /** How many skbs end on another node than that of the CPU that allocated them. */
    long crossingNodes() {
        return all.stream()
                .filter(journey -> nodeOf(journey.from()) != nodeOf(journey.to()))
                .count();
    }

    private int nodeOf(Place place) {
        return workload.topology().nodeOfCpu().get(place.cpu());
    }
}
