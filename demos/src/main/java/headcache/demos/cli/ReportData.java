package headcache.demos.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headcache.cache.CachePolicy;
import headcache.metrics.Measures;
import headcache.metrics.Metric;
import headcache.metrics.Occupancy;
import headcache.workload.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page about a comparison is made of.
 *
 * @param rows workload by workload
 * @param sweep what was swept, or null if policies were compared
 * @param repeat the command that repeats it
 */
record ReportData(List<CompareRow> rows, @Nullable Sweep sweep, String repeat) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    ObjectNode document() {
        final ObjectNode document = JSON.objectNode();
        document.put("repeat", repeat);
        final ArrayNode metrics = document.putArray("metrics");
        for (final Metric metric : Metric.values()) {
            metrics.addObject()
                    .put("name", metric.label())
                    .put("column", metric.column())
                    .put("group", metric.group().label())
                    .put("unit", metric.unit().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .put("meaning", metric.meaning());
        }
        if (sweep != null) {
            final ObjectNode swept = document.putObject("sweep");
            values(swept.putArray("capacity"), sweep.capacities());
            values(swept.putArray("refill"), sweep.refills());
            values(swept.putArray("spill"), sweep.spills());
        }
        workloads(document.putArray("workloads"));
        return document;
    }

    private static void values(final ArrayNode into, final List<Integer> values) {
        values.forEach(into::add);
    }

    private void workloads(final ArrayNode into) {
        final Map<Workload, ArrayNode> runs = new HashMap<>();
        for (final CompareRow row : rows) {
            runs.computeIfAbsent(row.workload(), workload -> described(workload, into.addObject()))
                    .add(run(row));
        }
    }

    private static ArrayNode described(final Workload workload, final ObjectNode into) {
        into.put("name", workload.name());
        into.put("summary", WorkloadNames.summary(workload));
        into.put("packets", workload.packets());
        into.put("cpus", workload.topology().cpus());
        into.put("nodes", workload.topology().nodes());
        workload.notes().forEach(into.putArray("notes")::add);
        return into.putArray("runs");
    }

    private ObjectNode run(final CompareRow row) {
        final ObjectNode run = JSON.objectNode();
        run.put("policy", row.policy().name());
        run.put("summary", row.policy().summary());
        if (!row.holds()) {
            run.put("wrong", row.wrong());
        }
        final ObjectNode values = run.putObject("values");
        for (final Metric metric : Metric.values()) {
            row.value(metric).ifPresent(value -> values.put(metric.label(), value));
        }
        final Measures measures = row.measures();
        if (sweep != null) {
            final CachePolicy cache = row.policy().cpu().cache();
            run.putObject("sweep")
                    .put("capacity", cache.capacity())
                    .put("refill", cache.refill())
                    .put("spill", cache.spill());
        } else if (measures != null) {
            occupancy(measures.occupancy(), run.putObject("occupancy"));
        }
        return run;
    }

    private static void occupancy(final Occupancy held, final ObjectNode into) {
        into.put("width", held.width());
        final ArrayNode cpus = into.putArray("cpus");
        for (int cpu = 0; cpu < held.cpus(); cpu++) {
            final ObjectNode one = cpus.addObject();
            heads(one.putArray("first"), held.beginning(cpu));
            heads(one.putArray("low"), held.lowest(cpu));
            heads(one.putArray("high"), held.highest(cpu));
        }
    }

    private static void heads(final ArrayNode into, final int[] heads) {
        for (final int count : heads) {
            into.add(count);
        }
    }
}
