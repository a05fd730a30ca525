package headcache.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What policies are compared by, in the order in which tables show it. */
public enum Metric {
    CONTACTS(
            Group.TRAFFIC,
            "contacts",
            Unit.PER_PACKET,
            "bulk calls to the slab layer, trades at a depot, or messages to owners, for each packet"),
    LEAST(
            Group.TRAFFIC,
            "least",
            Unit.PER_PACKET,
            "the contacts that a cache of that capacity needs that knows what comes"),
    SINGLES(Group.TRAFFIC, "singles", Unit.RATIO, "calls to the slab for one head or pair of twins, for each packet"),
    MESSAGES(
            Group.TRAFFIC, "messages", Unit.RATIO, "messages of softirqs to slabs, depots and owners, for each packet"),
    HIT_RATE(Group.TRAFFIC, "hits", Unit.SHARE, "allocations that needed no head from the slab"),
    FAILED_GETS(Group.TRAFFIC, "failed", Unit.COUNT, "gets that found the cache empty and the slab without a refill"),
    DROPS(Group.TRAFFIC, "drops", Unit.COUNT, "packets that got no head"),

    REFILL(Group.BATCHES, "refill", Unit.MEAN, "heads of a refill in the mean, from the slab or a depot"),
    SPILL(Group.BATCHES, "spill", Unit.MEAN, "heads of a spill or flush in the mean, to the slab or a depot"),
    BATCH_FILL(Group.BATCHES, "fill", Unit.SHARE, "heads that refills and spills moved, of those that they might have"),
    LONGEST_BULK(Group.BATCHES, "longest", Unit.COUNT, "heads of the largest refill, from the slab or a depot"),
    CONTACT_GAP(
            Group.BATCHES,
            "gap",
            Unit.COUNT,
            "fewest gets and puts of a CPU between contacts; those of one operation are one"),

    CACHED(Group.EXITS, "cached", Unit.SHARE, "frees that a cache had room for"),
    CACHE_FULL(Group.EXITS, "cache_full", Unit.SHARE, "frees that made a cache give heads back"),
    RELEASED(Group.EXITS, "released", Unit.SHARE, "frees past the cache"),
    RING(Group.EXITS, "ring", Unit.SHARE, "heads that reached a middle layer, for each free"),
    RING_FULL(Group.EXITS, "ring_full", Unit.SHARE, "heads that it gave back to the slab, for each free"),

    PARKED_MEAN(Group.MEMORY, "parked", Unit.MEAN, "heads that a CPU has parked when it gets or puts one, in the mean"),
    PARKED_PEAK(Group.MEMORY, "peak", Unit.COUNT, "most heads that one CPU ever had parked"),
    IDLE_MEAN(Group.MEMORY, "idle", Unit.MEAN, "heads out of the slab that nobody uses, in the whole machine"),
    IDLE_PEAK(Group.MEMORY, "most", Unit.COUNT, "the most idle heads at any time"),
    WORKING_SET(Group.MEMORY, "set", Unit.MEAN, "most less fewest idle heads in a window of 1,000 operations"),
    FRAGMENTATION(Group.MEMORY, "pages", Unit.RATIO, "pages with a head in an skb, for each page that would do"),
    FRAGMENTATION_AT_PEAK(Group.MEMORY, "at peak", Unit.RATIO, "the same when the most heads were in skbs"),
    BLOW_UP(Group.MEMORY, "blow-up", Unit.RATIO, "most heads out of the slab for each of the most in skbs"),
    STARVATION(Group.MEMORY, "starved", Unit.SHARE, "allocations that failed while heads lay idle elsewhere"),

    REMOTE_FREES(Group.LOCALITY, "remote", Unit.SHARE, "heads given back to another node's slab, of all given back"),
    OTHER_CPU(Group.LOCALITY, "other cpu", Unit.SHARE, "frees on another CPU than the head was taken on"),
    OTHER_NODE(Group.LOCALITY, "other node", Unit.SHARE, "frees on another node than the head's home"),
    REUSE_MEDIAN(Group.LOCALITY, "reuse", Unit.COUNT, "operations since a head was freed, when it is taken: median"),
    WARM(Group.LOCALITY, "warm", Unit.SHARE, "heads taken that this CPU freed at most a cache's capacity ago"),
    FALSE_SHARING(Group.LOCALITY, "split", Unit.SHARE, "neighbours on a slab page in the hands of two CPUs"),

    CYCLES(Group.LATENCY, "cycles", Unit.MEAN, "what the work with heads costs for each packet, by the cost model"),
    GET_P50(Group.LATENCY, "50 %", Unit.MEAN, "cycles that half of the allocations take at most"),
    GET_P99(Group.LATENCY, "99 %", Unit.MEAN, "cycles that 99 % of the allocations take at most"),
    GET_P999(Group.LATENCY, "99.9 %", Unit.MEAN, "cycles that 99.9 % of the allocations take at most"),
    GET_MOST(Group.LATENCY, "longest", Unit.MEAN, "cycles of the longest allocation");

    /** What the figures are about; each group fits one table. */
    public enum Group {
        /** How often the slab layer is needed. */
        TRAFFIC,
        /** How much each bulk call moves. */
        BATCHES,
        /** Where freed heads go, in the words of page_pool. */
        EXITS,
        /** What is kept, and what that costs in pages. */
        MEMORY,
        /** Where heads are freed and taken again. */
        LOCALITY,
        /** Time, which is virtual: cycles of the cost model. */
        LATENCY;

        /** Its name, as commands take it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a figure is written. */
    public enum Unit {
        /** A small number for each packet. */
        PER_PACKET(4),
        /** A number around 1. */
        RATIO(3),
        /** A part of 1, which people read as percent. */
        SHARE(1),
        /** A mean of counts, or cycles. */
        MEAN(1),
        /** A whole number. */
        COUNT(0);

        private final int places;

        Unit(int places) {
            this.places = places;
        }

        /** {@code value} as people read it. */
        public String text(double value) {
            return this == SHARE ? decimals(100 * value) + "%" : decimals(value);
        }

        private String decimals(double value) {
            return String.format(Locale.ROOT, "%." + places + "f", value);
        }
    }

    private final Group group;
    private final String column;
    private final Unit unit;
    private final String meaning;

    Metric(Group group, String column, Unit unit, String meaning) {
        this.group = group;
        this.column = column;
        this.unit = unit;
        this.meaning = meaning;
    }

    /** Its name, as commands take it and programs get it: {@code hitRate}. */
    public String label() {
        final StringBuilder label = new StringBuilder();
        for (final String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
            label.append(label.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return label.toString();
    }

    /** The metric that commands call {@code label}, if there is one. */
    public static Optional<Metric> named(String label) {
        return Arrays.stream(values())
                .filter(metric -> metric.label().equals(label))
                .findFirst();
    }

    /** All of {@code group}, in order. */
    public static List<Metric> of(Group group) {
        return Arrays.stream(values()).filter(metric -> metric.group == group).toList();
    }

    /** What it is about. */
    public Group group() {
        return group;
    }

    /** The head of its column. */
    public String column() {
        return column;
    }

    /** How it is written. */
    public Unit unit() {
        return unit;
    }

    /** What it is, in one sentence. */
    public String meaning() {
        return meaning;
    }
}
