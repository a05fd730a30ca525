package headcache.demos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headcache.workload.conform.Check;
import headcache.workload.conform.ConformSettings;
import headcache.workload.conform.Conformance;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The results of {@code conform} as JSON: an array with an object for each recording. */
final class ConformJson {

    private ConformJson() {}

    static void print(
            final List<ConformResult> results,
            final ConformSettings settings,
            final String command,
            final PrintWriter out) {
        final ObjectMapper mapper = new ObjectMapper();
        final ArrayNode array = mapper.createArrayNode();
        for (final ConformResult result : results) {
            final ObjectNode object = array.addObject();
            add(result, object);
            final ObjectNode policy = object.putObject("cache");
            policy.put("capacity", settings.policy().capacity());
            policy.put("refill", settings.policy().refill());
            policy.put("spill", settings.policy().spill());
            policy.put("spillEnd", settings.policy().spillEnd().name().toLowerCase(Locale.ROOT));
            settings.nodeOfCpu().forEach(object.withArray("cpuNodes")::add);
            object.put("command", command);
        }
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array));
        } catch (final JsonProcessingException impossibleForATree) {
            throw new IllegalStateException(impossibleForATree);
        }
    }

    private static void add(final ConformResult result, final ObjectNode object) {
        final Conformance conformance = result.conformance();
        object.put("trace", conformance.trace());
        object.put("file", conformance.file());
        object.put("initial", result.initial());
        object.put("rows", conformance.rows());
        object.put("events", conformance.events());
        object.put("skipped", conformance.skipped());
        object.put("notReached", conformance.notReached());
        object.put("mismatches", conformance.mismatches());
        object.put("routes", conformance.routes());
        object.put("routeMismatches", conformance.routeMismatches());
        object.put("conforms", conformance.conforms());
        final ObjectNode checks = object.putObject("checks");
        conformance.counts().forEach((check, count) -> checks.put(name(check), count));
        object.put("finalCounts", conformance.finalCounts());
        final ObjectNode unknown = object.putObject("unknownRoutes");
        conformance.unknownRoutes().forEach(unknown::put);
        conformance.remote().ifPresent(remote -> {
            final ObjectNode counts = object.putObject("remote");
            counts.put("gets", remote.gets());
            counts.put("puts", remote.puts());
            counts.put("delivered", remote.delivered());
        });
        conformance.first().ifPresent(first -> add(first, object.putObject("firstMismatch")));
    }

    private static void add(final Conformance.First first, final ObjectNode object) {
        object.put("check", name(first.mismatch().check()));
        object.put("place", first.place());
        object.put("expected", first.mismatch().expected());
        object.put("actual", first.mismatch().actual());
        first.history().forEach(object.putArray("history")::add);
    }

    private static String name(final Check check) {
        return check.label();
    }
}
