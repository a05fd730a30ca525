package headcache.demos.cli;

import headcache.demos.lesson.Page;
import headcache.kit.report.RunTable;
import headcache.kit.run.Recording;
import headcache.kit.run.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A run as pages, one for each delivery: its row of the table, and the messages in full. */
final class RunPages {

    private RunPages() {}

    static List<Page> of(final Recording run) {
        return IntStream.rangeClosed(1, run.steps().size())
                .mapToObj(number -> page(run, number))
                .toList();
    }

    private static Page page(final Recording run, final int number) {
        final Step step = run.steps().get(number - 1);
        final List<String> lines = new ArrayList<>();
        lines.add("delivery " + number + " of " + run.steps().size() + ": " + step.name());
        lines.addAll(RunTable.row(run, number));
        lines.add("arrived: " + step.letter().message());
        step.sends().forEach(sent -> lines.add("sent to " + sent));
        final Throwable cause = run.trail().cause();
        if (number == run.steps().size()) {
            lines.add(cause == null ? "nothing goes wrong" : run.rule() + " is broken: " + cause.getMessage());
        }
        return new Page(lines);
    }
}
