package headcache.demos.cli;

import headcache.metrics.Figures;
import headcache.workload.Workload;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code compare} says, to people and to programs. */
final class CompareReport {
    private final List<CompareRow> rows;
    private final String settings;
    private final String repeat;

    /**
     * A report.
     *
     * @param rows workload by workload
     * @param settings what was run
     * @param repeat the command that repeats it
     */
    CompareReport(final List<CompareRow> rows, final String settings, final String repeat) {
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

    private void text(final PrintWriter out) {
        out.println(settings);
        out.println("for each packet: contacts, and the least that there could be; singles; messages; cycles");
        out.println(
                "hits: allocations without the slab; remote: frees to another node; parked: mean, and peak of a CPU");
        final Map<Workload, List<CompareRow>> byWorkload = new LinkedHashMap<>();
        rows.forEach(row -> byWorkload
                .computeIfAbsent(row.workload(), workload -> new ArrayList<>())
                .add(row));
        byWorkload.forEach((workload, its) -> {
            out.println();
            out.println(workload.name() + ": packets=" + workload.packets() + " cpus="
                    + workload.topology().cpus() + " nodes="
                    + workload.topology().nodes());
            table(its, out);
            its.stream()
                    .filter(row -> !row.holds())
                    .forEach(row -> out.println(row.policy().name() + " is broken: " + wrong(row)));
        });
        out.println();
        out.println("repeat: " + repeat);
    }

    private static String wrong(final CompareRow row) {
        final Figures figures = row.figures();
        return figures == null
                ? row.failure()
                : String.join("; ", figures.result().faults());
    }

    private static void table(final List<CompareRow> rows, final PrintWriter out) {
        final Table table = new Table(
                "policy", "contacts", "least", "singles", "messages", "hits", "remote", "parked", "peak", "cycles");
        for (final CompareRow row : rows) {
            table.row(cells(row));
        }
        table.print(Format.TABLE, out);
    }

    private static String[] cells(final CompareRow row) {
        final Figures figures = row.figures();
        if (figures == null) {
            return new String[] {row.policy().name(), "-", "-", "-", "-", "-", "-", "-", "-", "-"};
        }
        return new String[] {
            row.policy().name(),
            decimals(figures.contacts(), 4),
            servesGets(row) ? decimals(least(figures), 4) : "-",
            decimals(figures.singles(), 3),
            decimals(figures.messages(), 3),
            percent(figures.hitRate()),
            percent(figures.remoteFrees()),
            decimals(figures.parkedMean(), 1),
            String.valueOf(figures.parkedPeak()),
            decimals(figures.bill().cyclesPerPacket(), 1)
        };
    }

    /** Where it does not, no cache is asked for anything. */
    private static boolean servesGets(final CompareRow row) {
        return row.policy().cpu().kernel().servesGets();
    }

    private static double least(final Figures figures) {
        return (double) figures.leastContacts() / Math.max(1, figures.result().packets());
    }

    private RunDocuments documents() {
        return new RunDocuments(
                settings, rows.stream().map(CompareReport::document).toList(), repeat);
    }

    /** One run for programs; the fields of figures are missing where an actor crashed. */
    private static Map<String, Object> document(final CompareRow row) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("workload", row.workload().name());
        fields.put("policy", row.policy().name());
        fields.put("holds", row.holds());
        final Figures figures = row.figures();
        if (figures != null) {
            fields.put("packets", figures.result().packets());
            fields.put("contacts", figures.contacts());
            if (servesGets(row)) {
                fields.put("least", least(figures));
            }
            fields.put("singles", figures.singles());
            fields.put("messages", figures.messages());
            fields.put("refill", figures.refillSize());
            fields.put("spill", figures.spillSize());
            fields.put("hitRate", figures.hitRate());
            fields.put("remoteFrees", figures.remoteFrees());
            fields.put("parkedMean", figures.parkedMean());
            fields.put("parkedPeak", figures.parkedPeak());
            fields.put("failedGets", figures.result().failedGets());
            fields.put("cycles", figures.bill().cyclesPerPacket());
        }
        if (!row.holds()) {
            fields.put("wrong", wrong(row));
        }
        return fields;
    }

    private static String percent(final double share) {
        return decimals(100 * share, 1) + "%";
    }

    private static String decimals(final double number, final int places) {
        return String.format(Locale.ROOT, "%." + places + "f", number);
    }
}
