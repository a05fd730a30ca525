package headcache.demos.cli;

import headcache.kit.Semantics;
import headcache.kit.run.Difference;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Strategy;
import headcache.kit.shrink.Shrunk;
import headcache.kit.state.StateSearch;
import headcache.verify.scene.Recount;
import headcache.verify.scene.SceneCase;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code check} says to people. */
final class CheckText {
    /** Final states of which it is told how many runs end in them. */
    private static final int SHOWN = 8;

    private final PrintWriter out;
    private final String command;

    CheckText(final PrintWriter out, final String command) {
        this.out = out;
        this.command = command;
    }

    void begin(final Semantics semantics, final Strategy strategy) {
        out.println("semantics   " + semantics + ": " + meaning(semantics));
        out.println("tried       " + strategy.guarantee());
        out.println("source      " + strategy.source());
        out.flush();
    }

    private static String meaning(final Semantics semantics) {
        return switch (semantics) {
            case INSTANT -> "only the choice which actor runs next; a mailbox is emptied in order of arrival";
            case LOCAL_CAUSAL -> "no message overtakes another that its sending depends on";
            case PER_PAIR_FIFO -> "order between one sender and one receiver, and nothing more";
        };
    }

    void add(final Checked result) {
        final Explored explored = result.explored();
        out.println();
        out.println(result.scene().name() + ": " + result.scene().danger());
        if (explored.found() != null) {
            out.println("  violated in run " + number(explored.runs() + explored.blocked() + explored.cut() + 1));
        } else {
            out.println("  " + result.verdict().name().toLowerCase(Locale.ROOT) + ": " + number(explored.runs())
                    + " runs, " + number(explored.traces()) + " of them different in more than the order of independent"
                    + " deliveries");
            if (explored.share() < 1) {
                out.println("  about " + Math.round(100 * explored.share()) + " % of an estimated "
                        + number(Math.round(explored.runs() / explored.share())) + " runs");
            }
            certify(explored);
        }
        result.recount().ifPresent(this::tell);
        result.shrunk().ifPresent(this::tell);
        final Found found = explored.found();
        if (found != null && !found.isVerdict()) {
            found.report().lines().forEach(line -> out.println(line.isEmpty() ? "" : "  " + line));
        }
        out.flush();
    }

    private void tell(final Recount count) {
        final StateSearch.Broken broken = count.reached().broken();
        if (broken == null) {
            out.println("  a second engine, which remembers states, agrees: " + number(count.traces())
                    + " such runs, " + number(count.reached().finals().size()) + " final of "
                    + number(count.states()) + " states; at each all heads are there, each once");
        } else {
            out.println("  a second engine, which looks at all actors at once, disagrees, "
                    + broken.way().size() + " deliveries from the beginning: " + broken.why());
        }
    }

    private void certify(final Explored explored) {
        out.println("  " + explored.longest() + " deliveries at most; " + number(explored.deliveries()) + " in all; "
                + number(explored.blocked()) + (explored.blocked() == 1 ? " run" : " runs")
                + " given up as repetitions");
        out.println("  " + number(explored.finals().size())
                + (explored.finals().size() == 1 ? " final state" : " final states") + "; runs that end in each: "
                + histogram(explored));
        out.println("  " + number(explored.races())
                + (explored.races() == 1 ? " pair of messages races, " : " pairs of messages race, ")
                + number(explored.bothOrders()) + " of them seen in both orders");
        final Difference difference = explored.difference();
        out.println(
                difference == null
                        ? "  the first run, done twice more, was the same to the event"
                        : "  the first run, done twice more, was not the same: " + difference);
    }

    /** The most frequent first. */
    private static String histogram(final Explored explored) {
        final List<Long> counts = explored.finals().values().stream()
                .sorted(Comparator.reverseOrder())
                .toList();
        return counts.stream().limit(SHOWN).map(CheckText::number).collect(Collectors.joining(" "))
                + (counts.size() > SHOWN ? " ..." : "");
    }

    private void tell(final Shrunk<SceneCase> shrunk) {
        out.println("  of its commands these are left (" + shrunk.searched() + " smaller scenarios searched, "
                + shrunk.tried() + " runs tried):");
        shrunk.subject().scene().commands().forEach(line -> out.println("    " + line));
        shrunk.report().lines().forEach(line -> out.println(line.isEmpty() ? "" : "  " + line));
    }

    void end(final List<Checked> results, final @Nullable String saved) {
        out.println();
        out.println("verdict     " + summary(results));
        if (saved != null && results.stream().anyMatch(result -> result.shrunk().isPresent())) {
            out.println("saved       ./headcache replay " + ShellWord.of(saved));
        }
        out.println("repeat: " + command);
        out.flush();
    }

    private static String summary(final List<Checked> results) {
        final long violated = count(results, Checked.Verdict.VIOLATED);
        final long open = count(results, Checked.Verdict.INCONCLUSIVE);
        if (violated > 0) {
            return "violated in " + violated + " of " + results.size() + " scenarios";
        }
        return open > 0 ? "inconclusive in " + open + " of " + results.size() + " scenarios" : "holds";
    }

    private static long count(final List<Checked> results, final Checked.Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    private static String number(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
