package headcache.demos.cli;

import headcache.metrics.Figures;
import headcache.policy.Series;
import headcache.policy.Stage;
import headcache.workload.generated.DriverWorkload;
import headcache.workload.generated.Fate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code series} says, to people and to programs. */
final class SeriesReport {
    private final List<SeriesRow> rows;
    private final String settings;
    private final String repeat;

    /**
     * A report.
     *
     * @param rows workload by workload, each with all stages in order
     * @param settings what was run
     * @param repeat the command that repeats it
     */
    SeriesReport(final List<SeriesRow> rows, final String settings, final String repeat) {
        this.rows = rows;
        this.settings = settings;
        this.repeat = repeat;
    }

    void print(final Format format, final PrintWriter out, final PrintWriter err) {
        switch (format) {
            case TABLE -> text(out);
            case JSON -> documents().json(out);
            case CSV -> documents().csv(out, err);
        }
        out.flush();
    }

    private List<DriverWorkload> workloads() {
        return List.copyOf(
                new LinkedHashSet<>(rows.stream().map(SeriesRow::workload).toList()));
    }

    private void text(final PrintWriter out) {
        out.println(settings);
        final List<DriverWorkload> workloads = workloads();
        if (workloads.size() > 1) {
            out.println(
                    "calls to the slab for each packet, bulk and single, and the cycles that they and the cache cost");
            for (final Fate fate : Fate.values()) {
                final List<DriverWorkload> its =
                        workloads.stream().filter(one -> one.fate() == fate).toList();
                if (!its.isEmpty()) {
                    out.println();
                    out.println("frames " + fate.summary());
                    compared(its, out);
                }
            }
        } else {
            out.println();
            out.println(workloads.get(0).summary());
            single(rows, out);
        }
        out.println();
        told(out);
        out.println("repeat: " + repeat);
    }

    /** Why each kernel does what it does. */
    private static void told(final PrintWriter out) {
        for (final Stage stage : Series.all()) {
            if (stage.kind() != Stage.Kind.REFACTORS) {
                out.println(String.format(Locale.ROOT, "%-9s %s: %s", stage.name(), kind(stage), stage.change()));
                out.println("          " + stage.why());
            }
        }
        out.println("the rest  merged, no change: "
                + Series.MERGED.stream()
                        .filter(stage -> stage.kind() == Stage.Kind.REFACTORS)
                        .map(Stage::name)
                        .collect(Collectors.joining(", ")));
        out.println("          Every head goes the way it went.");
    }

    /** Several drivers side by side: calls to the slab for each packet, bulk and single, and cycles. */
    private void compared(final List<DriverWorkload> workloads, final PrintWriter out) {
        final List<String> columns = new ArrayList<>(List.of("\nkernel"));
        for (final DriverWorkload workload : workloads) {
            columns.add(workload.driver().kernelName() + "\ncalls");
            columns.add("\ncycles");
        }
        final Table table = new Table(columns.toArray(String[]::new));
        final List<SeriesRow> first = of(workloads.get(0));
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i).stage().kind() != Stage.Kind.REFACTORS) {
                final List<String> cells =
                        new ArrayList<>(List.of(first.get(i).stage().name()));
                for (final DriverWorkload workload : workloads) {
                    final SeriesRow row = of(workload).get(i);
                    cells.add(decimals(row.figures().contacts() + row.figures().singles(), 3));
                    cells.add(decimals(row.figures().bill().cyclesPerPacket(), 1));
                }
                table.row(cells.toArray(String[]::new));
            }
        }
        table.print(Format.TABLE, out);
    }

    private List<SeriesRow> of(final DriverWorkload workload) {
        return rows.stream().filter(row -> row.workload().equals(workload)).toList();
    }

    private static void single(final List<SeriesRow> rows, final PrintWriter out) {
        final Table table = new Table(
                "\nkernel",
                "bulk calls\nper packet",
                "single calls\nper packet",
                "heads\nin",
                "heads\nout",
                "\nhit rate",
                "parked\nmean",
                "parked\npeak",
                "cycles\nper packet");
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).stage().kind() != Stage.Kind.REFACTORS) {
                table.row(cells(rows.get(i)));
            }
        }
        table.print(Format.TABLE, out);
    }

    private static String[] cells(final SeriesRow row) {
        return Stream.of(
                        row.stage().name(),
                        decimals(row.figures().contacts(), 4),
                        decimals(row.figures().singles(), 4),
                        decimals(row.figures().refillSize(), 1),
                        decimals(row.figures().spillSize(), 1),
                        decimals(100 * row.figures().hitRate(), 1) + "%",
                        decimals(row.figures().parkedMean(), 1),
                        String.valueOf(row.figures().parkedPeak()),
                        decimals(row.figures().bill().cyclesPerPacket(), 1))
                .toArray(String[]::new);
    }

    private static String kind(final Stage stage) {
        return switch (stage.kind()) {
            case BEFORE -> "before the series";
            case CHANGES -> "merged";
            case REFACTORS -> "merged, no change";
            case DROPPED -> "dropped in review";
            case NAMED -> "named, not written";
        };
    }

    private RunDocuments documents() {
        return new RunDocuments(
                settings, rows.stream().map(SeriesReport::document).toList(), repeat);
    }

    private static Map<String, @Nullable Object> document(final SeriesRow row) {
        final Figures figures = row.figures();
        final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("driver", row.workload().driver().kernelName());
        fields.put("fate", row.workload().fate().label());
        fields.put("stage", row.stage().name());
        fields.put("kind", row.stage().kind().name().toLowerCase(Locale.ROOT));
        fields.put("contacts", figures.contacts());
        fields.put("singles", figures.singles());
        fields.put("refill", figures.refillSize());
        fields.put("spill", figures.spillSize());
        fields.put("hitRate", figures.hitRate());
        fields.put("parkedMean", figures.parkedMean());
        fields.put("parkedPeak", figures.parkedPeak());
        fields.put("cycles", figures.bill().cyclesPerPacket());
        fields.put("change", row.stage().change());
        fields.put("why", row.stage().why());
        fields.put("source", row.stage().source());
        return fields;
    }

    private static String decimals(final double number, final int places) {
        return String.format(Locale.ROOT, "%." + places + "f", number);
    }
}
