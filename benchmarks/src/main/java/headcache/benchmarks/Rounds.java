package headcache.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * What was measured, by table, row and round.
 *
 * <p>A round runs every benchmark once, each in a JVM of its own. So a disturbance of the machine hits a
 * row in one round rather than in all, and rows of one round can be divided by one another.
 */
final class Rounds {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Suite suite;
    private final Map<String, Map<String, List<Figure>>> tables = new TreeMap<>();
    private String unit = "";
    private boolean moreIsBetter;

    /**
     * What one row got in one round.
     *
     * @param score of its best iteration, in the benchmark's unit: the others are what the machine's other
     *     work made of it
     * @param bytes allocated for one operation
     */
    private record Figure(double score, double bytes) {}

    Rounds(Suite suite) {
        this.suite = suite;
    }

    void add(Collection<RunResult> round) {
        for (final RunResult run : round) {
            unit = run.getPrimaryResult().getScoreUnit();
            moreIsBetter = run.getParams().getMode() == Mode.Throughput;
            final Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
            final Statistics iterations = run.getPrimaryResult().getStatistics();
            final double score = moreIsBetter ? iterations.getMax() : iterations.getMin();
            tables.computeIfAbsent(suite.table(run.getParams()), table -> new TreeMap<>())
                    .computeIfAbsent(suite.row(run.getParams()), row -> new ArrayList<>())
                    .add(new Figure(score, allocated == null ? Double.NaN : allocated.getScore()));
        }
    }

    /** All tables in Markdown, the fastest row first. */
    String toMarkdown() {
        final Comparator<Map.Entry<String, List<Figure>>> byScore =
                Comparator.comparing(row -> Spread.of(scores(row.getValue())).median());
        final StringBuilder text = new StringBuilder();
        tables.forEach((table, rows) -> {
            text.append("%n### %s%n%n".formatted(table));
            text.append("| | %s | least to most | of %s | least to most | B/op |%n".formatted(unit, suite.baseline()));
            text.append("| --- | --: | --: | --: | --: | --: |%n".formatted());
            final List<Figure> base = rows.getOrDefault(suite.baseline(), List.of());
            rows.entrySet().stream()
                    .sorted(moreIsBetter ? byScore.reversed() : byScore)
                    .forEach(row -> text.append(line(row.getKey(), row.getValue(), base)));
        });
        return text.toString();
    }

    private static String line(String row, List<Figure> figures, List<Figure> base) {
        final List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(figures.size(), base.size()); round++) {
            ratios.add(figures.get(round).score() / base.get(round).score());
        }
        final Spread score = Spread.of(scores(figures));
        final Spread ratio = Spread.of(ratios);
        final Spread bytes = Spread.of(figures.stream().map(Figure::bytes).toList());
        return "| %s | %.2f | %.2f to %.2f | %.2f | %.2f to %.2f | %.0f |%n"
                .formatted(
                        row,
                        score.median(),
                        score.least(),
                        score.most(),
                        ratio.median(),
                        ratio.least(),
                        ratio.most(),
                        bytes.median());
    }

    private static List<Double> scores(List<Figure> figures) {
        return figures.stream().map(Figure::score).toList();
    }
}
