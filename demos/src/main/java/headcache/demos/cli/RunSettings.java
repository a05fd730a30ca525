package headcache.demos.cli;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.Topology;
import headcache.policy.Policies;
import headcache.policy.Policy;
import headcache.workload.RunOptions;
import headcache.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run as it was resolved: everything that its figures depend on.
 *
 * @param workload what is run
 * @param options how it is run
 * @param words the words of a command line that mean the same again
 */
record RunSettings(Workload workload, RunOptions options, List<String> words) {

    Topology machine() {
        return options.machineFor(workload);
    }

    boolean isDeterministic() {
        return options.threads().deterministic();
    }

    /** Packets of all repetitions together. */
    long packets() {
        return workload.packets() * options.repeat();
    }

    /** The configuration by the names of the options, each with its value: a number, a truth or a word. */
    Map<String, Object> configuration() {
        final CachePolicy cache = options.policy().cache();
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("workload", workload.name());
        values.put("seed", options.seed());
        values.put("packets", workload.packets());
        values.put("repeat", options.repeat());
        values.put("cpus", machine().cpus());
        values.put("nodes", machine().nodes());
        values.put("deterministic", isDeterministic());
        values.put("parallelism", options.threads().parallelism());
        values.put("kernel", kernel());
        values.put("capacity", cache.capacity());
        values.put("refill", cache.refill());
        values.put("spill", cache.spill());
        values.put("spill-end", cache.spillEnd() == SpillEnd.NEWEST ? "newest" : "oldest");
        values.put("spill-ack", options.policy().acknowledged());
        values.put("page-limit", options.heads().pageLimit());
        if (options.isAudited()) {
            values.put("audit", options.auditEvery());
        }
        return values;
    }

    /** The kernel before or after the series, or the name of the policy that is neither. */
    private String kernel() {
        final CpuPolicy asked = options.policy();
        return Policies.ALL.stream()
                .filter(policy -> policy.cpu().equals(asked))
                .map(Policy::name)
                .filter(name -> !name.equals("linux-5.12") && !name.equals("linux-5.11"))
                .findFirst()
                .orElse(asked.kernel().servesGets() ? "v5.12" : "before-series");
    }

    /** The configuration for people, in lines; {@code command} stands before the first. */
    List<String> lines(final String command) {
        final Map<String, Object> values = configuration();
        final String indent = " ".repeat(command.length() + 2);
        final List<String> lines = new ArrayList<>();
        lines.add(command + ": " + pairs(values, "workload", "seed", "packets", "repeat"));
        lines.add(indent + pairs(values, "cpus", "nodes", "page-limit", "deterministic", "parallelism"));
        lines.add(indent + pairs(values, "kernel", "capacity", "refill", "spill", "spill-end", "spill-ack"));
        if (options.isAudited()) {
            lines.add(indent + "audit=" + options.auditEvery());
        }
        lines.add(workload.name() + ": " + WorkloadNames.summary(workload));
        workload.notes().forEach(note -> lines.add("note: " + note));
        return lines;
    }

    private static String pairs(final Map<String, Object> values, final String... names) {
        return Arrays.stream(names).map(name -> name + "=" + values.get(name)).collect(Collectors.joining(" "));
    }

    /** The command that repeats it. */
    String repeat(final String command) {
        return "./headcache " + command
                + words.stream().map(word -> " " + ShellWord.of(word)).collect(Collectors.joining());
    }
}
