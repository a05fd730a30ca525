package headcache.demos.cli;

import headcache.demos.incident.Incident;
import headcache.demos.incident.Played;
import headcache.demos.incident.Side;
import headcache.demos.incident.Side.Figure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What {@code incident} says of one of them, to people and to programs. */
final class IncidentReport {
    private final Incident incident;
    private final Played played;

    IncidentReport(final Incident incident, final Played played) {
        this.incident = incident;
        this.played = played;
    }

    void print(final Format format, final PrintWriter out, final PrintWriter err) {
        if (format == Format.TABLE) {
            text(out);
        } else {
            figures().print(format, out);
            err.println(repeat());
            err.flush();
        }
        out.flush();
    }

    private void text(final PrintWriter out) {
        out.println(incident.name() + ": " + incident.title());
        Paragraph.print(incident.story(), out);
        Paragraph.print("source: " + incident.source(), out);
        out.println();
        Paragraph.print("run: " + played.run(), out);
        Paragraph.print("must hold: " + played.property(), out);
        sides().print(Format.TABLE, out);
        out.println();
        played.picture().forEach(out::println);
        out.println();
        out.println(repeat());
    }

    private String repeat() {
        return "repeat: ./headcache incident " + incident.name();
    }

    /** The policies side by side. */
    private Table sides() {
        final List<Side> sides = played.sides();
        final List<String> columns = new ArrayList<>(List.of("policy"));
        sides.forEach(side -> columns.add(side.policy()));
        final Table table = new Table(columns.toArray(String[]::new));
        for (int i = 0; i < sides.get(0).figures().size(); i++) {
            final List<String> cells =
                    new ArrayList<>(List.of(sides.get(0).figures().get(i).what()));
            for (final Side side : sides) {
                cells.add(side.figures().get(i).value());
            }
            table.row(cells.toArray(String[]::new));
        }
        final List<String> verdicts = new ArrayList<>(List.of("verdict"));
        sides.forEach(side -> verdicts.add(verdict(side)));
        return table.row(verdicts.toArray(String[]::new));
    }

    private static String verdict(final Side side) {
        return side.holds() ? "holds" : "broken";
    }

    private Table figures() {
        final Table table = new Table("incident", "policy", "verdict", "figure", "value");
        for (final Side side : played.sides()) {
            for (final Figure figure : side.figures()) {
                table.row(incident.name(), side.policy(), verdict(side), figure.what(), figure.value());
            }
        }
        return table;
    }
}
