package headcache.demos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;

/** A run as a long table, one figure a line: what it is of, its name as in JSON, its value. */
final class RunCsv {
    private RunCsv() {}

    static void print(final ObjectNode document, final PrintWriter out) {
        final Table table = new Table("of", "figure", "value");
        parts(table, document.path("cpus"));
        parts(table, document.path("nodes"));
        figures(table, "all", document.path("totals"));
        figures(table, "audit", document.path("audit"));
        document.path("audit").path("each").forEach(cut -> cut(table, cut));
        figures(table, "time", document.path("time"));
        figures(table, "verdict", document.path("verdict"));
        table.print(Format.CSV, out);
    }

    private static void parts(final Table table, final JsonNode parts) {
        parts.forEach(part -> figures(table, part.path("name").asText(), part));
    }

    private static void cut(final Table table, final JsonNode cut) {
        final String name = "cut-" + cut.path("cut").asText();
        figures(table, name, cut);
        cut.path("heads")
                .forEach(line -> figures(table, name + " " + line.path("of").asText(), line));
    }

    private static void figures(final Table table, final String of, final JsonNode figures) {
        figures.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getKey().equals("name")) {
                table.row(
                        of,
                        field.getKey(),
                        field.getValue().isNull() ? "" : field.getValue().asText());
            }
        });
    }
}
