package headcache.policy;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The series "skbuff: introduce skbuff_heads bulking and reusing" as an experiment: the kernel before it, each of its
 * eleven patches applied in turn, and what was posted or named but not merged.
 *
 * <p>All stages have the later fixes to the code that they share with v5.12, so that what differs is the change alone.
 *
 * @see <a href="https://lore.kernel.org/r/20210213141021.87840-1-alobakin@pm.me">the series as it was merged</a>
 */
public final class Series {
    /** Heads in each of the two arrays of v1. */
    private static final int ARRAY = 64;

    /**
     * The two arrays of v1. The flush cache gets a head only while the allocation cache is full, and is asked first, so the
     * allocation cache loses one only while the flush cache is empty: they are the upper and the lower half of one stack.
     */
    private static final CachePolicy TWO_ARRAYS = new CachePolicy(2 * ARRAY, ARRAY, ARRAY, SpillEnd.NEWEST);

    private static final CachePolicy HALF_REFILL = new CachePolicy(64, 32, 32, SpillEnd.NEWEST);

    /** The kernel before the series, and after each patch. */
    public static final List<Stage> MERGED = merged();

    /**
     * What is compared with the whole series: parts of earlier versions, and what the mail argues against. All have the
     * entry points of the whole series, so that a stage differs from it by what was dropped alone.
     */
    public static final List<Stage> BESIDE = beside();

    private Series() {}

    /** Every stage, those beside the series last. */
    public static List<Stage> all() {
        return Stream.concat(MERGED.stream(), BESIDE.stream()).toList();
    }

    /** The kernel called {@code name}, of all of them, if there is one. */
    public static Optional<Stage> named(String name) {
        return all().stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    private static List<Stage> merged() {
        final Path path = new Path();
        path.add(
                "before",
                "00b229f762b0",
                Stage.Kind.BEFORE,
                "an array collects frees until the softirq ends; allocations are single",
                "Frees are batched, but no head is ever used again without the slab.");
        path.same("patch 1", "5381b23d5bf9", "moves __alloc_skb");
        path.same("patch 2", "ef28095fce66", "makes kmalloc_reserve a function");
        path.same("patch 3", "483126b3b2c6", "lets __build_skb_around return nothing");
        path.same("patch 4", "df1ae022af2c", "simplifies the exits of __alloc_skb");
        path.same("patch 5", "f9d6725bf44a", "lets __alloc_skb call __build_skb_around");
        path.kernel = path.kernel.without(CodePath.FLUSH_AFTER_SOFTIRQ);
        path.add(
                "patch 6",
                "fec6e49b6398",
                Stage.Kind.CHANGES,
                "no flush when a softirq ends",
                "Frees wait for a full array of 64: fewer bulk calls, and heads stay parked.");
        path.same("patch 7", "50fad4b543b3", "moves the cache's declaration");
        path.kernel = path.kernel.with(CodePath.BUILD_FROM_CACHE);
        path.cache = CachePolicy.LINUX_5_12;
        path.add(
                "patch 8",
                "f450d539c05a",
                Stage.Kind.CHANGES,
                "napi_build_skb takes heads from the cache; 16 in, 32 out",
                "Drivers that call napi_build_skb recycle; all others only spill 32 in place of 64.");
        path.kernel = path.kernel.with(CodePath.FLAG_FROM_CACHE);
        path.add(
                "patch 9",
                "d13612b58e64",
                Stage.Kind.CHANGES,
                "__alloc_skb takes heads from the cache when asked to",
                "Nobody asks yet: the flag is for the next patch.");
        path.kernel = path.kernel.with(CodePath.NAPI_ALLOC_FROM_CACHE);
        path.add(
                "patch 10",
                "cfb8ec659521",
                Stage.Kind.CHANGES,
                "napi_alloc_skb and napi_get_frags take heads from the cache",
                "Their drivers recycle without being touched.");
        path.kernel = path.kernel.with(CodePath.MERGED_TO_CACHE);
        path.add(
                "patch 11",
                "9243adfc311a",
                Stage.Kind.CHANGES,
                "GRO puts the heads of merged frames",
                "Of a unit of n frames, n-1 heads serve the next frames; none goes to the slab singly.");
        return List.copyOf(path.stages);
    }

    private static List<Stage> beside() {
        final Kernel whole = Kernel.LINUX_5_12;
        return List.of(
                beside(
                        "v1",
                        "20210111182655.12159-1-alobakin@pm.me",
                        Stage.Kind.DROPPED,
                        "two arrays of 64, one topped up and one emptied when a softirq ends",
                        "The second fills only while the first is full: both are one of 128, brought to half.",
                        TWO_ARRAYS,
                        whole.with(CodePath.BALANCE_AFTER_SOFTIRQ)),
                beside(
                        "v2",
                        "20210113133523.39205-1-alobakin@pm.me",
                        Stage.Kind.DROPPED,
                        "one array, 32 in and 32 out, brought to half when a softirq ends",
                        "Each softirq ends in the slab, to give or to fetch heads that the next would have used.",
                        HALF_REFILL,
                        whole.with(CodePath.BALANCE_AFTER_SOFTIRQ)),
                beside(
                        "v3",
                        "20210209204533.327360-1-alobakin@pm.me",
                        Stage.Kind.DROPPED,
                        "every allocation in a softirq takes from the cache; 32 in",
                        "Drivers that call build_skb recycle too, for a test of the context on each call.",
                        HALF_REFILL,
                        whole.with(CodePath.ALL_FROM_CACHE)),
                beside(
                        "flush",
                        "20210213135604.86581-1-alobakin@pm.me",
                        Stage.Kind.DROPPED,
                        "what is above half is given back when a softirq ends",
                        "Tried because parked heads grow cold: 10 Mbit/s less, so cold memory is not the worst.",
                        CachePolicy.LINUX_5_12,
                        whole.with(CodePath.HALVE_AFTER_SOFTIRQ)),
                beside(
                        "check",
                        "the mail itself",
                        Stage.Kind.NAMED,
                        "each head's page is looked at; none remote or of the reserve is kept",
                        "Every put pays for the look: at least 20 Mbit/s on the mail's board.",
                        CachePolicy.LINUX_5_12,
                        whole.with(CodePath.LOOK_AT_PAGE)));
    }

    private static Stage beside(
            String name, String source, Stage.Kind kind, String change, String why, CachePolicy cache, Kernel kernel) {
        return new Stage(name, source, kind, change, why, new CpuPolicy(cache, kernel, true, CpuPolicy.BACKLOG_LIMIT));
    }

    /** Goes from stage to stage. */
    private static final class Path {
        private final List<Stage> stages = new ArrayList<>();
        private Kernel kernel = Kernel.LINUX_5_11;
        private CachePolicy cache = CachePolicy.BEFORE_SERIES;

        void add(String name, String commit, Stage.Kind kind, String change, String why) {
            stages.add(beside(name, commit, kind, change, why, cache, kernel));
        }

        void same(String name, String commit, String change) {
            add(name, commit, Stage.Kind.REFACTORS, change, "No change: every head goes the way it went.");
        }
    }
}
