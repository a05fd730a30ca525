package headcache.demos.cli;

import headcache.metrics.Metric;
import headcache.workload.Workload;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code compare} says, to people and to programs. */
final class CompareReport {
    private final List<CompareRow> rows;
    private final MetricChoice choice;
    private final String settings;
    private final String repeat;

    /**
     * A report.
     *
     * @param rows workload by workload
     * @param choice which figures tables show
     * @param settings what was run
     * @param repeat the command that repeats it
     */
    CompareReport(final List<CompareRow> rows, final MetricChoice choice, final String settings, final String repeat) {
        this.rows = rows;
        this.choice = choice;
        this.settings = settings;
        this.repeat = repeat;
    }

    void print(final Format format, final PrintWriter out, final PrintWriter err) {
        switch (format) {
            case TABLE -> text(out);
            case JSON -> documents().json(out);
            case CSV -> documents().csv(out, err);
        }
        if (format != Format.TABLE) {
            WorkloadNotes.beside(byWorkload().keySet(), err);
        }
        out.flush();
    }

    private void text(final PrintWriter out) {
        out.println(settings);
        choice.legend().forEach(out::println);
        byWorkload().forEach((workload, its) -> {
            out.println();
            out.println(workload.name() + ": packets=" + workload.packets() + " cpus="
                    + workload.topology().cpus() + " nodes="
                    + workload.topology().nodes());
            WorkloadNotes.below(workload, out);
            tables(its, out);
            its.stream()
                    .filter(row -> !row.holds())
                    .forEach(row -> out.println(row.policy().name() + " is broken: " + row.wrong()));
        });
        out.println();
        out.println("repeat: " + repeat);
    }

    private Map<Workload, List<CompareRow>> byWorkload() {
        final Map<Workload, List<CompareRow>> byWorkload = new LinkedHashMap<>();
        rows.forEach(row -> byWorkload
                .computeIfAbsent(row.workload(), workload -> new ArrayList<>())
                .add(row));
        return byWorkload;
    }

    private void tables(final List<CompareRow> its, final PrintWriter out) {
        for (int i = 0; i < choice.tables().size(); i++) {
            if (i > 0) {
                out.println();
            }
            table(choice.tables().get(i), its, out);
        }
    }

    private static void table(final List<Metric> metrics, final List<CompareRow> rows, final PrintWriter out) {
        final Table table =
                new Table(Stream.concat(Stream.of("policy"), metrics.stream().map(Metric::column))
                        .toArray(String[]::new));
        for (final CompareRow row : rows) {
            table.row(Stream.concat(
                            Stream.of(row.policy().name()),
                            metrics.stream()
                                    .map(metric -> row.value(metric)
                                            .map(metric.unit()::text)
                                            .orElse("-")))
                    .toArray(String[]::new));
        }
        table.print(Format.TABLE, out);
    }

    private RunDocuments documents() {
        return new RunDocuments(
                settings, rows.stream().map(CompareReport::document).toList(), repeat);
    }

    /** One run for programs; no figure that it has not, and none at all if an actor crashed. */
    private static Map<String, @Nullable Object> document(final CompareRow row) {
        final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("workload", row.workload().name());
        fields.put("policy", row.policy().name());
        fields.put("holds", row.holds());
        fields.put("packets", row.packets().orElse(null));
        for (final Metric metric : Metric.values()) {
            fields.put(
                    metric.label(),
                    row.value(metric).map(value -> number(metric, value)).orElse(null));
        }
        fields.put("wrong", row.holds() ? null : row.wrong());
        return fields;
    }

    private static Object number(final Metric metric, final double value) {
        if (metric.unit() == Metric.Unit.COUNT) {
            return Math.round(value);
        }
        return value;
    }
}
