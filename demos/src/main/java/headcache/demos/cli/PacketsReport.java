package headcache.demos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headcache.workload.capture.Treatment;
import headcache.workload.packets.ForwardResult;
import headcache.workload.packets.NicResult;
import headcache.workload.packets.PacketConformance;
import headcache.workload.packets.PollEffect;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/** What {@code conform --packets} says of the runs that it compared. */
final class PacketsReport {

    private final List<PacketConformance> results;
    private final int runs;
    private final String command;

    /** Of {@code runs} runs there are {@code results}; {@code command} repeats it. */
    PacketsReport(final List<PacketConformance> results, final int runs, final String command) {
        this.results = results;
        this.runs = runs;
        this.command = command;
    }

    int exitCode() {
        if (differences() > 0) {
            return ExitCodes.VIOLATED;
        }
        return results.stream().allMatch(PacketConformance::isWhole) ? ExitCodes.HOLDS : ExitCodes.INCONCLUSIVE;
    }

    void print(final Format format, final CommandLine line) {
        final PrintWriter out = line.getOut();
        switch (format) {
            case TABLE -> text(out);
            case CSV -> {
                line.getErr().println("conform: packets of runs=" + runs);
                table(false).print(Format.CSV, out);
                line.getErr().println("repeat: " + command);
            }
            case JSON -> json(out);
        }
        results.forEach(result -> result.damage().forEach(line.getErr()::println));
        out.flush();
        line.getErr().flush();
    }

    private void text(final PrintWriter out) {
        out.println("conform: packets of runs=" + runs);
        out.println();
        if (!results.isEmpty()) {
            table(true).print(Format.TABLE, out);
            out.println();
            guesses().print(Format.TABLE, out);
            out.println("Polls decide which frames may be merged; arrival alone does not tell where a poll ends.");
            out.println();
            effects().print(Format.TABLE, out);
            out.println(
                    "With the polls as recorded, what differs is what packets do not tell: the heads of the machine's own");
            out.println(
                    "packets (ARP, acknowledgements), units that tasks hand back, and how polls of two CPUs overlap.");
            out.println();
        }
        results.forEach(result -> result.first().ifPresent(first -> out.println(result.trace() + ": " + first)));
        out.println(verdict());
        out.println("repeat: " + command);
    }

    private Table table(final boolean forPeople) {
        final Table table = new Table("run", "nic", "what", "model", "kernel", "differ");
        for (final PacketConformance result : results) {
            final Rows rows = new Rows(table, result.trace(), forPeople);
            result.nics().forEach(nic -> received(nic, rows));
            result.forwards().forEach(way -> forwarded(way, rows));
        }
        return table;
    }

    private static void received(final NicResult nic, final Rows rows) {
        rows.add(nic.device(), "frames received", nic.modelReceived(), nic.kernelReceived(), "");
        nic.model()
                .forEach((treatment, model) ->
                        rows.add("", treatment.label(), model, nic.kernel().getOrDefault(treatment, 0), ""));
        rows.add("", "each frame, its treatment", nic.modelReceived(), nic.kernelReceived(), nic.differences());
        rows.add("", "each frame, the get's site", nic.modelReceived(), nic.kernelReceived(), nic.siteDifferences());
    }

    private static void forwarded(final ForwardResult way, final Rows rows) {
        rows.add(
                way.from() + " -> " + way.to(),
                "units forwarded, put when sent",
                way.modelForwarded(),
                way.kernelForwarded(),
                "");
        rows.add("", "pieces and ARP, put when sent", way.modelOwn(), way.kernelOwn(), "");
        rows.add(
                "",
                "each completion, in order",
                way.modelForwarded() + way.modelOwn(),
                way.kernelForwarded() + way.kernelOwn(),
                way.differences());
        rows.add("", "each frame sent", way.modelSent(), way.captureSent(), way.frameDifferences());
    }

    private Table guesses() {
        final Table table = new Table("run", "nic", "polls", "frames", "treated differently if each poll takes 64");
        for (final PacketConformance result : results) {
            for (final NicResult nic : result.nics()) {
                table.row(
                        result.trace(),
                        nic.device(),
                        number(nic.polls()),
                        number(nic.modelReceived()),
                        number(nic.guessed()));
            }
        }
        return table;
    }

    private Table effects() {
        final Table table = new Table("run", "cpu", "polls", "refills", "spills");
        for (final PacketConformance result : results) {
            for (final PollEffect effect : result.effects()) {
                table.row(
                        result.trace(),
                        "cpu-" + effect.cpu(),
                        effect.polls(),
                        number((int) effect.refills()),
                        number((int) effect.spills()));
            }
        }
        return table;
    }

    private String verdict() {
        if (results.size() < runs) {
            return "no verdict: " + results.size() + " of " + runs + " runs compared";
        }
        if (differences() > 0) {
            return "does not conform: " + number(differences()) + " differences";
        }
        final int frames = results.stream()
                .flatMap(result -> result.nics().stream())
                .mapToInt(NicResult::modelReceived)
                .sum();
        final int completions = results.stream()
                .flatMap(result -> result.forwards().stream())
                .mapToInt(way -> way.modelForwarded() + way.modelOwn())
                .sum();
        return (exitCode() == ExitCodes.HOLDS ? "conforms: " : "inconclusive, not all was there to compare: ")
                + number(frames) + " frames received and " + number(completions) + " completions of " + runs
                + (runs == 1 ? " run" : " runs") + ", no difference";
    }

    private int differences() {
        return results.stream().mapToInt(PacketConformance::differences).sum();
    }

    private void json(final PrintWriter out) {
        final ObjectMapper mapper = new ObjectMapper();
        final ArrayNode array = mapper.createArrayNode();
        for (final PacketConformance result : results) {
            final ObjectNode object = array.addObject();
            object.put("trace", result.trace());
            object.put("differences", result.differences());
            object.put("whole", result.isWhole());
            result.first().ifPresent(first -> object.put("firstDifference", first));
            result.damage().forEach(object.putArray("damage")::add);
            final ArrayNode nics = object.putArray("nics");
            result.nics().forEach(nic -> add(nic, nics.addObject()));
            final ArrayNode forwards = object.putArray("forwards");
            result.forwards().forEach(way -> add(way, forwards.addObject()));
            final ArrayNode effects = object.putArray("bulkCalls");
            result.effects().forEach(effect -> add(effect, effects.addObject()));
            object.put("command", command);
        }
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array));
        } catch (final JsonProcessingException impossibleForATree) {
            throw new IllegalStateException(impossibleForATree);
        }
    }

    private static void add(final NicResult nic, final ObjectNode object) {
        object.put("nic", nic.device());
        object.put("polls", nic.polls());
        add(nic.modelReceived(), nic.model(), object.putObject("model"));
        add(nic.kernelReceived(), nic.kernel(), object.putObject("kernel"));
        object.put("differences", nic.differences());
        object.put("siteDifferences", nic.siteDifferences());
        object.put("differencesIfPollsAreGuessed", nic.guessed());
    }

    private static void add(final int received, final Map<Treatment, Integer> counts, final ObjectNode object) {
        object.put("received", received);
        object.put("merged", counts.getOrDefault(Treatment.MERGED, 0));
        object.put("listMembers", counts.getOrDefault(Treatment.LIST_MEMBER, 0));
        object.put("handedUp", counts.getOrDefault(Treatment.HANDED_UP, 0));
    }

    private static void add(final PollEffect effect, final ObjectNode object) {
        object.put("cpu", effect.cpu());
        object.put("polls", effect.polls());
        object.put("refills", effect.refills());
        object.put("spills", effect.spills());
    }

    private static void add(final ForwardResult way, final ObjectNode object) {
        object.put("from", way.from());
        object.put("to", way.to());
        final ObjectNode model = object.putObject("model");
        model.put("forwarded", way.modelForwarded());
        model.put("own", way.modelOwn());
        model.put("framesSent", way.modelSent());
        final ObjectNode kernel = object.putObject("kernel");
        kernel.put("forwarded", way.kernelForwarded());
        kernel.put("own", way.kernelOwn());
        kernel.put("framesSent", way.captureSent());
        object.put("emptySegments", way.emptySegments());
        object.put("differences", way.differences());
        object.put("frameDifferences", way.frameDifferences());
    }

    private static String number(final int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Rows of one run; people are not told again what the row above says. */
    private static final class Rows {
        private final Table table;
        private final String run;
        private final boolean forPeople;
        private String nic = "";
        private boolean begun;

        Rows(final Table table, final String run, final boolean forPeople) {
            this.table = table;
            this.run = run;
            this.forPeople = forPeople;
        }

        void add(final String its, final String what, final int model, final int kernel, final Object differ) {
            nic = its.isEmpty() ? nic : its;
            table.row(
                    forPeople && begun ? "" : run,
                    forPeople ? its : nic,
                    what,
                    forPeople ? number(model) : String.valueOf(model),
                    forPeople ? number(kernel) : String.valueOf(kernel),
                    differ.toString());
            begun = true;
        }
    }
}
