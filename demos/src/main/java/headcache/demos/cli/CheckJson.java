package headcache.demos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headcache.kit.report.Mermaid;
import headcache.kit.run.Difference;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results of {@code check} as JSON: an array with an object for each scenario. */
final class CheckJson {

    private CheckJson() {}

    static void print(final List<Checked> results, final String command, final PrintWriter out) {
        final ObjectMapper mapper = new ObjectMapper();
        final ArrayNode array = mapper.createArrayNode();
        for (final Checked result : results) {
            add(result, array.addObject().put("command", command));
        }
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array));
            out.flush();
        } catch (final JsonProcessingException impossibleForATree) {
            throw new IllegalStateException(impossibleForATree);
        }
    }

    private static void add(final Checked result, final ObjectNode object) {
        final Explored explored = result.explored();
        object.put("scenario", result.scene().name());
        object.put("semantics", result.semantics().name());
        object.put("strategy", result.strategy());
        object.put("verdict", result.verdict().name().toLowerCase(Locale.ROOT));
        object.put("runs", explored.runs());
        object.put("traces", explored.traces());
        object.put("finals", explored.finals().size());
        object.put("complete", explored.complete());
        object.put("blocked", explored.blocked());
        object.put("deliveries", explored.deliveries());
        object.put("longest", explored.longest());
        object.put("races", explored.races());
        object.put("racesInBothOrders", explored.bothOrders());
        explored.finals().values().stream()
                .sorted(Comparator.reverseOrder())
                .forEach(object.withArray("outcomes")::add);
        if (explored.share() < 1) {
            object.put("estimatedShare", explored.share());
        }
        result.recount()
                .ifPresent(count -> object.put("states", count.states()).put("tracesRecounted", count.traces()));
        final Found found = explored.found();
        final Optional<Difference> difference =
                found == null ? Optional.ofNullable(explored.difference()) : found.difference();
        difference.ifPresent(where -> object.put("difference", where.toString()));
        object.put("deterministic", difference.isEmpty());
        result.shrunk().ifPresent(shrunk -> {
            object.put("rule", shrunk.rule());
            object.put("cause", shrunk.found().cause().getMessage());
            object.put("localCausal", shrunk.survival().name());
            object.put("minimal", shrunk.isMinimal());
            shrunk.subject().scene().commands().forEach(object.withArray("commands")::add);
            shrunk.found().names().forEach(object.withArray("schedule")::add);
            object.put("switches", shrunk.found().recording().trail().switches().size());
            Mermaid.lines(shrunk.found().recording()).forEach(object.withArray("mermaid")::add);
        });
    }
}
