package headcache.demos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headcache.audit.Cut;
import headcache.protocol.ActorName;
import headcache.protocol.CpuReport;
import headcache.protocol.DepotReport;
import headcache.protocol.Head;
import headcache.protocol.NodeReport;
import headcache.protocol.Report;
import headcache.verify.Ledger;
import headcache.verify.Place;
import headcache.verify.Violation;
import headcache.workload.RunCut;
import headcache.workload.RunResult;
import java.io.PrintWriter;
import java.util.Map;

/** A run for programs. The fields of CPUs and nodes are the counters' own names. */
final class RunJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RunJson() {}

    static void print(final RunOutcome outcome, final String repeat, final PrintWriter out) {
        try {
            out.println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document(outcome, repeat)));
        } catch (final JsonProcessingException impossibleForATree) {
            throw new IllegalStateException(impossibleForATree);
        }
    }

    /** The whole report. Times are in {@code time} and nowhere else. */
    static ObjectNode document(final RunOutcome outcome, final String repeat) {
        final ObjectNode document = NODES.objectNode();
        document.put("seed", outcome.settings().options().seed());
        document.set("configuration", MAPPER.valueToTree(outcome.settings().configuration()));
        document.set("notes", MAPPER.valueToTree(outcome.settings().workload().notes()));
        final RunResult result = outcome.result();
        if (result != null) {
            document.set("cpus", parts(result, CpuReport.class));
            document.set("nodes", parts(result, NodeReport.class));
            final ArrayNode depots = parts(result, DepotReport.class);
            if (!depots.isEmpty()) {
                document.set("depots", depots);
            }
            document.set("totals", totals(outcome, result));
            document.set(
                    "orderDependent", MAPPER.valueToTree(new OrderDependence(outcome.settings(), result).fields()));
            if (!result.cuts().isEmpty()) {
                document.set("audit", audit(result));
            }
            document.set("time", time(result));
        }
        document.set("verdict", verdict(outcome));
        document.put("repeat", repeat);
        return document;
    }

    private static ArrayNode parts(final RunResult result, final Class<? extends Report> kind) {
        final ArrayNode parts = NODES.arrayNode();
        for (final Map.Entry<ActorName, Report> entry : result.atEnd().reports().entrySet()) {
            if (kind.isInstance(entry.getValue())) {
                final ObjectNode part =
                        parts.addObject().put("name", entry.getKey().toString());
                part.setAll((ObjectNode) MAPPER.valueToTree(entry.getValue()));
                derive(part, entry.getValue());
            }
        }
        return parts;
    }

    private static void derive(final ObjectNode part, final Report report) {
        if (report instanceof CpuReport cpu) {
            part.put("hitRate", cpu.hitRate()).put("contacts", cpu.contacts());
        } else if (report instanceof NodeReport node) {
            part.put(
                    "synchronisedOpsPerBulkFree",
                    node.bulkFrees() == 0 ? 0 : (double) node.synchronisedOps() / node.bulkFrees());
        }
    }

    private static ObjectNode totals(final RunOutcome outcome, final RunResult result) {
        final long contacts = RunOutcome.cpus(result, CpuReport::contacts);
        final long messages = RunOutcome.messages(result);
        return NODES.objectNode()
                .put("packets", RunOutcome.packets(result))
                .put("operations", result.operations())
                .put("batches", result.batches())
                .put("contacts", contacts)
                .put("contactsPerPacket", RunOutcome.perPacket(result, contacts))
                .put("messages", messages)
                .put("messagesPerPacket", RunOutcome.perPacket(result, messages))
                .put("failedAllocations", result.failed())
                .put("cancelledOperations", result.cancelled())
                .put("failedGets", result.failedGets())
                .put("failedWhileParked", outcome.ledger().failedWhileParked())
                .put("deferredHandBacks", result.handedBack());
    }

    private static ObjectNode audit(final RunResult result) {
        final ObjectNode audit = NODES.objectNode()
                .put("cuts", result.cuts().size())
                .put("addUp", result.cuts().stream().allMatch(RunCut::addsUp));
        final ArrayNode each = audit.putArray("each");
        for (final RunCut cut : result.cuts()) {
            final ObjectNode node = each.addObject()
                    .put("cut", cut.number())
                    .put("packets", cut.packets())
                    .put("messages", cut.messages())
                    .put("addsUp", cut.addsUp());
            final ArrayNode lines = node.putArray("heads");
            for (final Cut.Line line : cut.lines()) {
                lines.addObject()
                        .put("of", CutText.home(line))
                        .put("inSlabs", line.inSlab())
                        .put("inCaches", line.inCache())
                        .put("inMessages", line.inMessages())
                        .put("inUse", line.inUse())
                        .put("all", line.all());
            }
            node.set("faults", MAPPER.valueToTree(cut.faults()));
        }
        return audit;
    }

    private static ObjectNode time(final RunResult result) {
        return NODES.objectNode()
                .put("seconds", result.nanos() / 1e9)
                .put("packetsPerSecond", RunOutcome.packetsPerSecond(result));
    }

    private static ObjectNode verdict(final RunOutcome outcome) {
        final Ledger ledger = outcome.ledger();
        final ObjectNode verdict = NODES.objectNode()
                .put("holds", outcome.holds())
                .put("exitCode", outcome.exitCode())
                .put("events", ledger.events())
                .put("heads", ledger.balance().known())
                .put("headsHome", ledger.balance().in(Place.IN_SLAB))
                .put("failure", outcome.failure());
        verdict.set("counterFaults", MAPPER.valueToTree(outcome.faults()));
        verdict.put("violations", ledger.violationCount());
        final ArrayNode first = verdict.putArray("firstViolations");
        for (final Violation violation : ledger.violations()) {
            first.addObject()
                    .put("invariant", violation.invariant().name())
                    .put("title", violation.invariant().title())
                    .put("head", Head.name(violation.head()))
                    .put("event", violation.event())
                    .put("facts", violation.facts());
        }
        return verdict;
    }
}
