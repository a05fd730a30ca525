package headcache.demos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headcache.verify.mutant.Hunt;
import headcache.verify.mutant.Mutant;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code mutants} says, to people and to programs. */
final class MutantsReport {
    private static final double NANOS = 1e9;

    private final List<Mutant> asked;
    private final List<Hunt.Result> results;
    private final Duration time;

    /** What came of hunting those of {@code asked} that are planted, which took {@code time} in all. */
    MutantsReport(final List<Mutant> asked, final List<Hunt.Result> results, final Duration time) {
        this.asked = asked;
        this.results = results;
        this.time = time;
    }

    /** Prints everything that is known of {@code mutant} without looking for it. */
    static void show(final Mutant mutant, final PrintWriter out) {
        out.println("mutant      " + mutant.id() + ", " + kind(mutant));
        out.println("to be seen  " + mutant.sees());
        if (mutant.isPlanted()) {
            out.println();
            out.println(mutant.patch().stripTrailing());
            out.println();
            out.println("find it: ./headcache mutants " + mutant.id());
        } else {
            out.println("shown by    the test " + mutant.first());
        }
        out.flush();
    }

    static String kind(final Mutant mutant) {
        return switch (mutant.kind()) {
            case HAPPENED -> "happened" + (mutant.bug().isEmpty() ? "" : ": kernel bug " + mutant.bug());
            case PLAUSIBLE -> "plausible";
            case MODEL -> "plausible where calls are messages";
            case KERNEL -> "the kernel's own behaviour";
        };
    }

    void table(final PrintWriter out, final String command) {
        final Table table =
                new Table("mutant", "killed by", "found in", "runs", "seconds", "steps", "to be seen").wrapping();
        for (final Mutant mutant : asked) {
            final Optional<Hunt.Result> result = result(mutant);
            if (result.isPresent()) {
                row(table, result.get());
            } else {
                table.row(mutant.id(), "kernel's own", "", "-", "-", "-", mutant.sees());
            }
        }
        table.print(Format.TABLE, out);
        out.println();
        out.println("verdict     " + summary());
        out.println("time        " + seconds(time) + " s; half of the mutants were found within " + seconds(median())
                + " s each");
        out.println("repeat: " + command);
        out.flush();
    }

    private static void row(final Table table, final Hunt.Result result) {
        final boolean killed = result.verdict() == Hunt.Verdict.KILLED;
        table.row(
                result.mutant().id(),
                killed ? shortened(result.by()) : result.verdict().name().toLowerCase(Locale.ROOT),
                result.check(),
                String.format(Locale.ROOT, "%,d", result.runs()),
                seconds(result.found()),
                killed ? String.valueOf(result.steps()) : "-",
                result.mutant().sees());
    }

    /** A kind of exception without its package. */
    private static String shortened(final String rule) {
        return rule.substring(rule.lastIndexOf('.') + 1);
    }

    private String summary() {
        final long killed = count(Hunt.Verdict.KILLED);
        final long survived = count(Hunt.Verdict.SURVIVED);
        final long open = count(Hunt.Verdict.LIMIT);
        return killed + " of " + results.size() + " killed"
                + (survived > 0 ? ", " + survived + " survived" : "")
                + (open > 0 ? ", no time left for " + open : "");
    }

    private long count(final Hunt.Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    private Duration median() {
        final List<Duration> found =
                results.stream().map(Hunt.Result::found).sorted().toList();
        return found.isEmpty() ? Duration.ZERO : found.get((found.size() - 1) / 2);
    }

    private static String seconds(final Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toNanos() / NANOS);
    }

    private Optional<Hunt.Result> result(final Mutant mutant) {
        return results.stream().filter(result -> result.mutant().equals(mutant)).findFirst();
    }

    void json(final PrintWriter out) {
        final ObjectMapper mapper = new ObjectMapper();
        final ArrayNode array = mapper.createArrayNode();
        for (final Mutant mutant : asked) {
            final ObjectNode object = array.addObject();
            object.put("id", mutant.id());
            object.put(
                    "killed",
                    result(mutant)
                            .filter(r -> r.verdict() == Hunt.Verdict.KILLED)
                            .isPresent());
            result(mutant).ifPresent(result -> add(result, object));
            object.put("kind", mutant.kind().name().toLowerCase(Locale.ROOT));
            object.put("bug", mutant.bug());
            object.put("sees", mutant.sees());
        }
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array));
            out.flush();
        } catch (final JsonProcessingException impossibleForATree) {
            throw new IllegalStateException(impossibleForATree);
        }
    }

    private static void add(final Hunt.Result result, final ObjectNode object) {
        object.put("by", result.by());
        object.put("runs", result.runs());
        object.put("steps", result.steps());
        object.put("verdict", result.verdict().name().toLowerCase(Locale.ROOT));
        object.put("check", result.check());
        object.put("seconds", result.found().toNanos() / NANOS);
        object.put("facts", result.facts());
    }
}
