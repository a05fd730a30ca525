package headcache.demos.cli;

import headcache.demos.lesson.Ink;
import headcache.demos.lesson.Lesson;
import headcache.demos.lesson.Lessons;
import headcache.demos.lesson.Pager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headcache lesson}: what there is to learn; with a number, that lesson. */
@Command(
        name = "lesson",
        mixinStandardHelpOptions = true,
        description = "Show how it works: a question, then the real actors step by step, right and broken.",
        footer = {
            "",
            "On a terminal a lesson stops after each page: Enter goes on, b goes back, q leaves.",
            "Its machines are deterministic: the same pages each time."
        })
final class LessonCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "N", description = "Which lesson (default: list them).")
    private @Nullable String number;

    @Option(names = "--all", description = "Print the whole lesson at once, as is done when not on a terminal.")
    private boolean all;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    LessonCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        if (number == null) {
            list(out);
        } else {
            teach(find(number), out);
        }
        return ExitCodes.HOLDS;
    }

    private Lesson find(final String wanted) {
        return Lessons.find(wanted)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no such lesson: N=" + wanted + "; there are lessons "
                                + Lessons.all().stream()
                                        .map(lesson -> String.valueOf(lesson.number()))
                                        .collect(Collectors.joining(", "))));
    }

    private static void list(final PrintWriter out) {
        for (final Lesson lesson : Lessons.all()) {
            out.println("  " + lesson.number() + "  " + lesson.title());
            out.println("     " + lesson.question());
        }
        out.println();
        out.println("Begin with: ./headcache lesson 1");
        out.flush();
    }

    private void teach(final Lesson lesson, final PrintWriter out) throws IOException {
        final Pager pager = new Pager(out, terminal.colour() ? Ink.COLOUR : Ink.PLAIN);
        if (all || !terminal.isDialogue()) {
            pager.showAll(lesson);
        } else {
            // Not closed: standard input is not ours.
            pager.showStepwise(lesson, new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
        }
    }
}
