package headcache.demos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headcache.cost.Experiment;
import headcache.cost.Measured;
import headcache.cost.Prediction;
import headcache.cost.Prediction.Outcome;
import headcache.cost.Prediction.Role;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code costs --predict} says, to people and to programs. */
final class PredictionsReport {
    private static final String INDENT = "  ";
    private static final double THOUSAND = 1000;

    private final List<Experiment> experiments;
    private final String repeat;

    /**
     * A report.
     *
     * @param experiments what was measured, and what the model says
     * @param repeat the command that repeats it
     */
    PredictionsReport(final List<Experiment> experiments, final String repeat) {
        this.experiments = experiments;
        this.repeat = repeat;
    }

    void print(final Format format, final PrintWriter out, final PrintWriter err) {
        switch (format) {
            case TABLE -> text(out);
            case JSON -> json(out);
            case CSV -> {
                csv(out);
                err.println("repeat: " + repeat);
                err.flush();
            }
        }
        out.flush();
    }

    private void text(final PrintWriter out) {
        out.println("measured, and what the cost model says: * fitted, so it proves nothing; ! wrong");
        for (final Experiment experiment : experiments) {
            out.println();
            Paragraph.print(experiment.title(), out);
            Paragraph.print("model: " + experiment.method(), INDENT, out);
            experiment.sources().forEach(source -> Paragraph.print(source, INDENT, out));
            final boolean single = experiment.series().equals(List.of(""));
            (single ? listed(experiment) : curves(experiment)).print(Format.TABLE, out);
        }
        out.println();
        Paragraph.print(summary(), out);
        out.println("docs/costs.md says what was wrong, and why");
        out.println("repeat: " + repeat);
    }

    /** Several rows of measurements side by side. */
    private static Table curves(final Experiment experiment) {
        final List<String> columns = new ArrayList<>(List.of("batch"));
        for (final String series : experiment.series()) {
            columns.addAll(List.of(series, "model", ""));
        }
        final Table table = new Table(columns.toArray(String[]::new));
        for (final String what : experiment.whats()) {
            final List<String> cells = new ArrayList<>(List.of(what));
            for (final String series : experiment.series()) {
                final List<String> three = experiment
                        .find(series, what)
                        .map(one -> List.of(one.measured().toString(), decimals(one.predicted()), mark(one)))
                        .findFirst()
                        .orElse(List.of("", "", ""));
                cells.addAll(three);
            }
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private static Table listed(final Experiment experiment) {
        final Table table = new Table("what", "measured", "model", "", "off", "outcome");
        for (final Prediction one : experiment.predictions()) {
            table.row(
                    one.what(),
                    one.measured().toString(),
                    decimals(one.predicted()),
                    mark(one),
                    off(one),
                    one.outcome().words());
        }
        return table;
    }

    private static String mark(final Prediction one) {
        return switch (one.outcome()) {
            case FITTED -> "*";
            case RIGHT -> "";
            case TOO_SMALL, TOO_LARGE, NO_EFFECT, WRONG_SIGN -> "!";
        };
    }

    /** By how much, where that can be said. */
    private static String off(final Prediction one) {
        return one.role() == Role.PREDICTED && one.outcome() != Outcome.WRONG_SIGN
                ? String.format(Locale.ROOT, "%.0f%%", 100 * one.measured().off(one.predicted()))
                : "";
    }

    private String summary() {
        final List<Prediction> all = experiments.stream()
                .flatMap(experiment -> experiment.predictions().stream())
                .toList();
        return String.format(
                Locale.ROOT,
                "%d figures: %d fitted; of %d predicted %d right within %.0f %%, %d too small, %d too large, %d without"
                        + " effect, %d of the wrong sign",
                all.size(),
                count(all, Outcome.FITTED),
                all.size() - count(all, Outcome.FITTED),
                count(all, Outcome.RIGHT),
                100 * Measured.TOLERANCE,
                count(all, Outcome.TOO_SMALL),
                count(all, Outcome.TOO_LARGE),
                count(all, Outcome.NO_EFFECT),
                count(all, Outcome.WRONG_SIGN));
    }

    private static long count(final List<Prediction> all, final Outcome outcome) {
        return all.stream().filter(one -> one.outcome() == outcome).count();
    }

    private void csv(final PrintWriter out) {
        final Table table = new Table(
                "experiment", "series", "what", "unit", "least", "most", "modelUnit", "predicted", "role", "outcome");
        for (final Experiment experiment : experiments) {
            for (final Prediction one : experiment.predictions()) {
                table.row(
                        experiment.name(),
                        one.series(),
                        one.what(),
                        experiment.unit(),
                        bound(one.measured().least()),
                        bound(one.measured().most()),
                        experiment.modelUnit(),
                        String.format(Locale.ROOT, "%.3f", one.predicted()),
                        label(one.role()),
                        label(one.outcome()));
            }
        }
        table.print(Format.CSV, out);
    }

    private static String bound(final double value) {
        return Double.isInfinite(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String label(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void json(final PrintWriter out) {
        final ObjectMapper mapper = new ObjectMapper();
        final ObjectNode document = mapper.createObjectNode();
        final ArrayNode array = document.putArray("experiments");
        for (final Experiment experiment : experiments) {
            final ObjectNode object = array.addObject();
            object.put("name", experiment.name());
            object.put("title", experiment.title());
            object.put("unit", experiment.unit());
            object.put("modelUnit", experiment.modelUnit());
            object.put("method", experiment.method());
            experiment.sources().forEach(object.putArray("sources")::add);
            final ArrayNode figures = object.putArray("figures");
            experiment.predictions().forEach(one -> figure(one, figures.addObject()));
        }
        document.put("repeat", repeat);
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (final JsonProcessingException impossibleForATree) {
            throw new IllegalStateException(impossibleForATree);
        }
    }

    private static void figure(final Prediction one, final ObjectNode object) {
        object.put("series", one.series());
        object.put("what", one.what());
        if (Double.isFinite(one.measured().least())) {
            object.put("least", rounded(one.measured().least()));
        }
        if (Double.isFinite(one.measured().most())) {
            object.put("most", rounded(one.measured().most()));
        }
        object.put("predicted", rounded(one.predicted()));
        object.put("role", label(one.role()));
        object.put("outcome", label(one.outcome()));
    }

    private static double rounded(final double value) {
        return Math.round(value * THOUSAND) / THOUSAND;
    }

    private static String decimals(final double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
