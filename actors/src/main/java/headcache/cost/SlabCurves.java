package headcache.cost;

import headcache.cost.Prediction.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * What an object costs against how many are taken and freed at a time, on the i7-4790K that the constants of {@link
 * Cost} are from.
 *
 * <p>They are a fit to batches of at most 16, which lie on one page. Beyond a page two things are due that these know
 * nothing of: another page must be made the CPU's own, and an object of a page that is not costs a locked operation when
 * it is freed. Both are fitted to two cells, batches of 64 before and after detached free lists. How much of
 * each page others hold was not published for the second curve, and is read from where it has its knee. Every other cell
 * beyond 16 is predicted.
 */
final class SlabCurves {
    /** Batches up to this many were what the constants were fitted to. */
    private static final int KNOWN = 16;

    /** The batch of the two cells that page changes are fitted to. */
    private static final int FITTED = 64;

    /** Where pages are shared with other objects of their size, how many of 32 those hold: read from the knee. */
    private static final int HELD = 16;

    /** The first batch beyond the knee: what it cost says that the knee is before it, so that it is no prediction. */
    private static final int KNEE = 32;

    private static final String LOOP = "single calls";
    private static final String BULK = "bulk";
    private static final String CHAINS = "bulk, detached lists";

    private static final int[] SIZES = {1, 4, 8, 16, 32, 34, 64, 128, 250};
    private static final double[] LOOP_ALONE = {62, 52, 50, 49, 50, 96, 74, 90, 104};
    private static final double[] BULK_ALONE = {46, 18, 17, 18, 18, 78, 49, 69, 86};
    private static final double[] CHAINS_ALONE = {49, 20, 18, 17, 18, 23, 20, 27, 37};

    private static final int[] SIZES_SHARED = {1, 2, 4, 8, 16, 32, 64, 250};
    private static final double[] LOOP_SHARED = {47, 46, 45, 44, 44, 73, 87, 104};
    private static final double[] BULK_SHARED = {45, 28, 19, 17, 17, 56, 74, 100};

    private static final int[] SIZES_SLAB = {1, 2, 4, 8, 16, 32, 64, 128, 250};
    private static final double[] BULK_SLAB = {41, 26, 18, 14, 13, 13, 13, 15, 16};

    /** Cycles of a locked operation that frees to a page that is not the CPU's own. */
    private final double foreign;

    /** Cycles to make another page the CPU's own. */
    private final double change;

    SlabCurves() {
        final SlabBatch batch = SlabBatch.alone(FITTED);
        final double bulk = FITTED * measured(SIZES, BULK_ALONE, FITTED) - cheapest(batch);
        final double chains = FITTED * measured(SIZES, CHAINS_ALONE, FITTED) - cheapest(batch);
        final int changes = batch.pages() - 1;
        foreign = (bulk - chains) / (batch.foreign() - (batch.chains() - 1));
        change = (bulk - batch.foreign() * foreign) / changes;
    }

    /** Cycles of a locked operation that frees to a page that is not the CPU's own, as fitted. */
    double foreign() {
        return foreign;
    }

    /** Cycles to make another page the CPU's own, as fitted. */
    double change() {
        return change;
    }

    List<Experiment> experiments() {
        return List.of(alone(), shared(), slab());
    }

    private Experiment alone() {
        final List<Prediction> cells = new ArrayList<>();
        add(cells, LOOP, SIZES, LOOP_ALONE, KNOWN, size -> singles(SlabBatch.alone(size)));
        add(cells, BULK, SIZES, BULK_ALONE, FITTED, size -> bulk(SlabBatch.alone(size)));
        add(cells, CHAINS, SIZES, CHAINS_ALONE, FITTED, size -> chains(SlabBatch.alone(size)));
        return curve(
                "slub-alone",
                "SLUB, pages of its own, cycles for each object of a batch",
                String.format(
                        Locale.ROOT,
                        "batches to 16 by the constants; a change of page %.0f cycles and a free to another page %.0f,"
                                + " fitted to the two cells of 64",
                        change,
                        foreign),
                "Brouer, September 2015, 20150928122634.15409.6956.stgit@canyon",
                cells);
    }

    private Experiment shared() {
        final List<Prediction> cells = new ArrayList<>();
        add(cells, LOOP, SIZES_SHARED, LOOP_SHARED, KNEE, size -> singles(SlabBatch.shared(size, HELD)));
        add(cells, BULK, SIZES_SHARED, BULK_SHARED, KNEE, size -> bulk(SlabBatch.shared(size, HELD)));
        return curve(
                "slub-shared",
                "SLUB, pages shared with other caches, cycles for each object of a batch",
                "the same constants; that others hold half of each page is fitted to the knee, the cells of 32",
                "Brouer, June 2015, 20150615155053.18824.617.stgit@devil",
                cells);
    }

    /** SLAB has an array of objects between a CPU and its pages, so that a batch touches no page at all. */
    private static Experiment slab() {
        final double each =
                (measured(SIZES_SLAB, BULK_SLAB, 1) - measured(SIZES_SLAB, BULK_SLAB, KNOWN)) / (1 - 1.0 / KNOWN);
        final double object = measured(SIZES_SLAB, BULK_SLAB, 1) - each;
        final List<Prediction> cells = new ArrayList<>();
        for (int i = 0; i < SIZES_SLAB.length; i++) {
            final boolean fitted = SIZES_SLAB[i] == 1 || SIZES_SLAB[i] == KNOWN;
            cells.add(cell(BULK, SIZES_SLAB[i], BULK_SLAB[i], each / SIZES_SLAB[i] + object, fitted));
        }
        return curve(
                "slab",
                "SLAB, cycles for each object of a batch",
                String.format(
                        Locale.ROOT,
                        "%.1f for each call and %.1f for each object, fitted to batches of 1 and 16; no pages",
                        each,
                        object),
                "Brouer, January 2016, 20160112151536.31725.28835.stgit@firesoul (e6cdb58d1c83)",
                cells);
    }

    private static Experiment curve(String name, String title, String method, String source, List<Prediction> cells) {
        return new Experiment(name, title, "cycles", "cycles", method, List.of(source), cells);
    }

    /** Adds a row of which cells up to {@link #KNOWN}, and that of {@code fit}, were fitted. */
    private static void add(
            List<Prediction> cells, String series, int[] sizes, double[] measured, int fit, IntToDoubleFunction model) {
        for (int i = 0; i < sizes.length; i++) {
            final boolean fitted = sizes[i] <= KNOWN || sizes[i] == fit;
            cells.add(cell(series, sizes[i], measured[i], model.applyAsDouble(sizes[i]), fitted));
        }
    }

    private static Prediction cell(String series, int size, double measured, double predicted, boolean fitted) {
        return new Prediction(
                series, String.valueOf(size), Measured.of(measured), predicted, fitted ? Role.FITTED : Role.PREDICTED);
    }

    private double singles(SlabBatch batch) {
        final double calls = batch.heads() * Cost.SINGLE_ALLOC.cycles()
                + batch.own() * Cost.SINGLE_FREE.cycles()
                + batch.foreign() * (Cost.BULK_FREE_HEAD.cycles() + foreign);
        return (calls + changes(batch)) / batch.heads();
    }

    private double bulk(SlabBatch batch) {
        return (cheapest(batch) + batch.foreign() * foreign + changes(batch)) / batch.heads();
    }

    private double chains(SlabBatch batch) {
        return (cheapest(batch) + (batch.chains() - 1) * foreign + changes(batch)) / batch.heads();
    }

    private double changes(SlabBatch batch) {
        return (batch.pages() - 1) * change;
    }

    /** Cycles of a bulk allocation and a bulk free on one page. */
    private static double cheapest(SlabBatch batch) {
        return Cost.BULK_ALLOC.cycles()
                + Cost.BULK_FREE_OP.cycles()
                + batch.heads() * (Cost.BULK_ALLOC_HEAD.cycles() + Cost.BULK_FREE_HEAD.cycles());
    }

    private static double measured(int[] sizes, double[] cycles, int size) {
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == size) {
                return cycles[i];
            }
        }
        throw new IllegalArgumentException("not measured: size=" + size);
    }
}
