package headcache.metrics;

import java.util.Arrays;

/**
 * How many heads each CPU's cache held in the course of a run: after each of the first {@value #BEGINNING} operations, and by
 * at most {@value #SPANS} spans of equal length.
 *
 * <p>Time is counted in gets and puts of the whole machine. When the spans are used up, two become one, and each is as long
 * again; so memory does not grow with the run.
 */
public final class Occupancy {
    /** The most spans; an even number. */
    public static final int SPANS = 240;

    /** Operations that are kept one by one. */
    public static final int BEGINNING = 600;

    private static final int NOT_SEEN = -1;

    private final int[][] lowest;
    private final int[][] highest;
    private final int[][] beginning;
    /** Each span is as long as two to the power of this. */
    private int doublings;

    private long clock;

    /** Watches {@code cpus} CPUs. */
    Occupancy(int cpus) {
        lowest = new int[cpus][SPANS];
        highest = new int[cpus][SPANS];
        beginning = new int[cpus][BEGINNING];
        for (int cpu = 0; cpu < cpus; cpu++) {
            Arrays.fill(lowest[cpu], NOT_SEEN);
            Arrays.fill(highest[cpu], NOT_SEEN);
            Arrays.fill(beginning[cpu], NOT_SEEN);
        }
    }

    /** {@code cpu} did a get or a put, after which it had {@code heads} in its cache. */
    void operated(int cpu, int heads) {
        if (clock == width() * SPANS) {
            halve();
        }
        clock++;
        rests(cpu, heads);
    }

    /** {@code cpu} has {@code heads} in its cache after what was done last. */
    void rests(int cpu, int heads) {
        final int span = (int) (Math.max(0, clock - 1) >> doublings);
        final int low = lowest[cpu][span];
        lowest[cpu][span] = low == NOT_SEEN ? heads : Math.min(low, heads);
        highest[cpu][span] = Math.max(highest[cpu][span], heads);
        if (clock > 0 && clock <= BEGINNING) {
            beginning[cpu][(int) clock - 1] = heads;
        }
    }

    private void halve() {
        for (int cpu = 0; cpu < lowest.length; cpu++) {
            for (int span = 0; span < SPANS / 2; span++) {
                lowest[cpu][span] = lower(lowest[cpu][2 * span], lowest[cpu][2 * span + 1]);
                highest[cpu][span] = Math.max(highest[cpu][2 * span], highest[cpu][2 * span + 1]);
            }
            Arrays.fill(lowest[cpu], SPANS / 2, SPANS, NOT_SEEN);
            Arrays.fill(highest[cpu], SPANS / 2, SPANS, NOT_SEEN);
        }
        doublings++;
    }

    private static int lower(int one, int other) {
        return one == NOT_SEEN ? other : other == NOT_SEEN ? one : Math.min(one, other);
    }

    /** How many CPUs there are. */
    public int cpus() {
        return lowest.length;
    }

    /** Gets and puts of one span. */
    public long width() {
        return 1L << doublings;
    }

    /** Spans that were begun. */
    public int spans() {
        return (int) ((clock + width() - 1) >> doublings);
    }

    /** The fewest heads of {@code cpu} in each span; where it did nothing, those of the span before. */
    public int[] lowest(int cpu) {
        return filled(lowest[cpu], spans());
    }

    /** The most heads of {@code cpu} in each span; where it did nothing, those of the span before. */
    public int[] highest(int cpu) {
        return filled(highest[cpu], spans());
    }

    /** What {@code cpu} had after each of the first operations of the machine. */
    public int[] beginning(int cpu) {
        return filled(beginning[cpu], (int) Math.min(BEGINNING, clock));
    }

    private static int[] filled(int[] seen, int length) {
        final int[] all = Arrays.copyOf(seen, length);
        int before = 0;
        for (int span = 0; span < all.length; span++) {
            if (all[span] == NOT_SEEN) {
                all[span] = before;
            }
            before = all[span];
        }
        return all;
    }
}
