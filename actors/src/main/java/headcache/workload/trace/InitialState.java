package headcache.workload.trace;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the head caches held when recordings began, and how many heads they held at the end, for any
 * number of recordings.
 */
public final class InitialState {
    /** In {@link CacheState#objects()}, a head that the recording never names. */
    public static final int UNKNOWN = -1;

    /** In {@link CacheState#finalCount()}: not recorded. */
    public static final int NOT_RECORDED = -1;

    /** No recording's initial state. */
    public static final InitialState NONE = new InitialState("", new TreeMap<>());

    private final String file;
    private final Map<String, Map<Integer, CacheState>> caches;

    InitialState(String file, Map<String, Map<Integer, CacheState>> caches) {
        this.file = file;
        this.caches = caches;
    }

    /**
     * One CPU's cache.
     *
     * @param line the line that tells it
     * @param objects its objects, oldest first, some of them perhaps {@link #UNKNOWN}; not to be changed
     * @param finalCount how many heads it held at the end, or {@link #NOT_RECORDED}
     */
    @SuppressWarnings("ArrayRecordComponent") // read where it is made into heads, never compared
    public record CacheState(int line, int[] objects, int finalCount) {}

    /** The file as reports name it. */
    public String file() {
        return file;
    }

    /** Whether it tells anything about {@code recording}. */
    public boolean knows(String recording) {
        return caches.containsKey(recording);
    }

    /** What it tells about the cache of {@code cpu} in {@code recording}. */
    public Optional<CacheState> of(String recording, int cpu) {
        return Optional.ofNullable(caches.getOrDefault(recording, Map.of()).get(cpu));
    }

    /** CPUs of {@code recording} that it tells of are numbered below this. */
    public int cpus(String recording) {
        return caches.getOrDefault(recording, Map.of()).keySet().stream()
                .mapToInt(cpu -> cpu + 1)
                .max()
                .orElse(0);
    }

    /** The recordings that it tells of. */
    public String recordings() {
        return String.join(" ", caches.keySet());
    }
}
