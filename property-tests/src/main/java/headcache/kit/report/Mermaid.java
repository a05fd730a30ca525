package headcache.kit.report;

import headcache.kit.run.Recording;
import headcache.kit.run.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A run as a sequence diagram in the language of Mermaid: an arrow for each delivery, in the order of arrival. */
public final class Mermaid {
    private static final String INDENT = "    ";

    private Mermaid() {}

    /** The lines of the diagram of {@code run}. */
    public static List<String> lines(Recording run) {
        final List<String> lines = new ArrayList<>();
        lines.add("sequenceDiagram");
        final List<String> actors = run.steps().stream()
                .flatMap(step -> Stream.of(step.sender(), step.receiver()))
                .distinct()
                .toList();
        for (int i = 0; i < actors.size(); i++) {
            lines.add(INDENT + "participant p" + i + " as " + safe(actors.get(i)));
        }
        for (final Step step : run.steps()) {
            final String to = "p" + actors.indexOf(step.receiver());
            final String what = step.letter().kind();
            lines.add(INDENT + "p" + actors.indexOf(step.sender()) + "->>" + to + ": "
                    + (what.isEmpty() ? "message" : safe(what)));
            if (!step.observed().isEmpty()) {
                lines.add(INDENT + "Note over " + to + ": " + safe(String.join("<br/>", step.observed())));
            }
        }
        final String rule = run.rule();
        if (rule != null && !actors.isEmpty()) {
            lines.add(INDENT + "Note over p0" + (actors.size() == 1 ? "" : ",p" + (actors.size() - 1)) + ": "
                    + safe(rule) + " is broken");
        }
        return lines;
    }

    /** A semicolon would end the line, and a hash begin a character by number. */
    private static String safe(String text) {
        return text.replace(';', ',').replace("#", "no. ").replace("\n", "<br/>");
    }
}
