package headcache.demos.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many runs for programs.
 *
 * @param settings what was run
 * @param runs each run's figures by their names, the same for all; one that a run has not is null, which is left empty in
 *     CSV and out of JSON
 * @param repeat the command that repeats it
 */
record RunDocuments(String settings, List<Map<String, @Nullable Object>> runs, String repeat) {

    /** Writes a table to {@code out}, and to {@code err} what is no part of it. */
    void csv(final PrintWriter out, final PrintWriter err) {
        err.println(settings);
        final List<String> columns =
                runs.isEmpty() ? List.of() : List.copyOf(runs.get(0).keySet());
        final Table table = new Table(columns.toArray(String[]::new));
        runs.forEach(fields -> table.row(
                columns.stream().map(column -> value(fields.get(column))).toArray(String[]::new)));
        table.print(Format.CSV, out);
        err.println("repeat: " + repeat);
        err.flush();
    }

    private static String value(final @Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Double number ? String.format(Locale.ROOT, "%.6f", number) : String.valueOf(value);
    }

    /** Writes one object. */
    void json(final PrintWriter out) {
        final ObjectMapper mapper = new ObjectMapper();
        mapper.setDefaultPropertyInclusion(
                JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.NON_NULL));
        final ObjectNode document = mapper.createObjectNode();
        document.put("settings", settings);
        final ArrayNode array = document.putArray("runs");
        runs.forEach(fields -> array.add(mapper.valueToTree(fields)));
        document.put("repeat", repeat);
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (final JsonProcessingException impossibleForATree) {
            throw new IllegalStateException(impossibleForATree);
        }
        out.flush();
    }
}
