package headcache.kit.report;

import headcache.kit.Statement;
import headcache.kit.run.Recording;
import headcache.kit.run.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What there is to be said of a run that goes wrong: what went wrong, remarks on how far that goes, a table of the run,
 * what each rule says, and a sequence diagram.
 *
 * @param run the run
 * @param remarks lines about it, such as how to do it again
 */
public record Report(Recording run, List<String> remarks) {

    /** A report of {@code run} without remarks. */
    public static Report of(Recording run) {
        return new Report(run, List.of());
    }

    /** This with another remark. */
    public Report with(String remark) {
        final List<String> more = new ArrayList<>(remarks);
        more.add(remark);
        return new Report(run, List.copyOf(more));
    }

    /** All of it, the diagram at the end. */
    public String text() {
        return String.join("\n", lines()) + "\n\n" + String.join("\n", Mermaid.lines(run)) + "\n";
    }

    /** All but the diagram. */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        final Trail trail = run.trail();
        final Throwable cause = trail.cause();
        lines.add(cause == null ? "nothing goes wrong" : Objects.toString(cause.getMessage(), run.rule()));
        lines.add("broken      " + (run.rule() == null ? "nothing" : run.rule()) + ", "
                + (trail.atRest() ? "when nothing is left after " : "at the last of ")
                + trail.names().size() + " deliveries, " + trail.switches().size() + " of them context switches; "
                + run.semantics());
        lines.addAll(remarks);
        lines.add("");
        lines.addAll(RunTable.lines(run));
        if (!run.statements().isEmpty()) {
            lines.add("");
            lines.addAll(statements());
        }
        return lines;
    }

    private List<String> statements() {
        final List<String> lines = new ArrayList<>();
        for (final Statement statement : run.statements()) {
            if (statement.broken() != null) {
                lines.add(statement.rule() + " is broken: " + statement.broken());
                lines.add("    " + statement.law());
            }
        }
        lines.add("unbroken: "
                + run.statements().stream()
                        .filter(statement -> statement.broken() == null)
                        .map(Statement::rule)
                        .collect(Collectors.joining(", ")));
        return lines;
    }
}
