package headcache.demos.cli;

import headcache.cache.CachePolicy;
import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.machine.Topology;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import headcache.step.Tap;
import headcache.workload.RunOptions;
import headcache.workload.Workload;
import headcache.workload.generated.Generator;
import headcache.workload.generated.GeneratorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options that say what is run, and on what machine. */
final class WorkloadOptions {
    /** So many that no run ends, and few enough to count them. */
    private static final long PACKETS_LIMIT = 1_000_000_000_000L;

    @Parameters(
            paramLabel = "WORKLOAD",
            arity = "0..1",
            description =
                    "A recording, a capture or a generator by name (see headcache list workloads), or the file of a"
                            + " recording or capture (default: ${DEFAULT-VALUE}).")
    private String name = WorkloadNames.DEFAULT;

    @Option(names = "--cpus", paramLabel = "N", description = "CPUs of the machine (default: what the workload needs).")
    private @Nullable Integer cpus;

    @Option(names = "--nodes", paramLabel = "N", description = "Memory nodes (default: what the workload needs).")
    private @Nullable Integer nodes;

    @Option(
            names = "--packets",
            paramLabel = "N",
            description = "Packets that a generator makes (default: " + GeneratorOptions.PACKETS + ").")
    private @Nullable Long packets;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the generators and of the slabs' dice (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Play the workload so many times, one after the other (default: ${DEFAULT-VALUE}).")
    private int repeat = 1;

    @Option(
            names = "--spill-ack",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait, or do not, until a spill or free has arrived (default: wait, as the kernel does).")
    private boolean spillAck;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = "How CPUs treat heads, by name (default: linux-5.12; see headcache list policies).")
    private @Nullable String policy;

    @Option(names = "--before-series", description = "The kernel before v5.12: puts are cached, gets are not.")
    private boolean beforeSeries;

    @Mixin
    private MemoryOptions memory = new MemoryOptions();

    @Mixin
    private CaptureOptions captures = new CaptureOptions();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before anything is asked
    private CommandSpec spec;

    /**
     * Resolves the options.
     *
     * @throws ParameterException if they make no sense, together or each for itself
     * @throws headcache.workload.BadInputException if a recording's file cannot be read
     */
    RunSettings settings(final CacheOptions cache, final Threads threads) {
        final CpuPolicy policy = policy(cache);
        try {
            final SlabConfig heads = memory.heads();
            final Workload workload = workload();
            final RunOptions options = new RunOptions(
                    policy, topology(workload), heads, seed, threads, repeat, RunOptions.NO_AUDIT, Tap.NONE);
            options.machineFor(workload);
            if (workload.packets() > PACKETS_LIMIT / repeat) {
                throw new IllegalArgumentException("too much: packets=" + workload.packets() + " repeat=" + repeat
                        + ", limit of their product=" + PACKETS_LIMIT);
            }
            return new RunSettings(workload, options, words(cache, workload));
        } catch (final IllegalArgumentException impossible) {
            throw wrong(String.valueOf(impossible.getMessage()));
        }
    }

    private CpuPolicy policy(final CacheOptions cache) {
        final CachePolicy asked = cache.policy();
        if (policy != null) {
            return named(policy, cache);
        }
        if (beforeSeries && !asked.equals(CachePolicy.LINUX_5_12)) {
            throw wrong("--before-series has a cache of its own: leave out" + cache.asWords());
        }
        return new CpuPolicy(
                beforeSeries ? CachePolicy.BEFORE_SERIES : asked,
                beforeSeries ? Kernel.LINUX_5_11 : Kernel.LINUX_5_12,
                spillAck,
                CpuPolicy.BACKLOG_LIMIT);
    }

    private CpuPolicy named(final String name, final CacheOptions cache) {
        final String others =
                cache.asWords() + (beforeSeries ? " --before-series" : "") + (spillAck ? "" : " --no-spill-ack");
        if (!others.isEmpty()) {
            throw wrong("--policy " + name + " is whole by itself: leave out" + others);
        }
        try {
            return PolicyNames.named(name).cpu();
        } catch (final IllegalArgumentException unknown) {
            throw wrong(String.valueOf(unknown.getMessage()));
        }
    }

    private Workload workload() {
        final Optional<Generator> generator = Generator.named(name);
        if (generator.isPresent()) {
            if (captures.isGiven()) {
                throw wrong(String.join(" ", captures.words()) + " is for captures, and " + name + " is none");
            }
            final GeneratorOptions usual = generator.get().defaults();
            return generator
                    .get()
                    .workload(new GeneratorOptions(
                            cpus == null ? usual.cpus() : cpus,
                            nodes == null ? usual.nodes() : nodes,
                            packets == null ? usual.packets() : packets,
                            seed));
        }
        if (packets != null) {
            throw wrong("--packets is for generators; " + name + " has its own number: see --repeat");
        }
        return WorkloadNames.fixed(name, cpus, captures);
    }

    /** A machine other than the workload's own, or null. */
    private @Nullable Topology topology(final Workload workload) {
        final Topology needed = workload.topology();
        return cpus == null && nodes == null
                ? null
                : Topology.even(cpus == null ? needed.cpus() : cpus, nodes == null ? needed.nodes() : nodes);
    }

    private List<String> words(final CacheOptions cache, final Workload workload) {
        final List<String> words = new ArrayList<>(List.of(name, "--seed", String.valueOf(seed)));
        add(words, "--cpus", cpus);
        add(words, "--nodes", nodes);
        if (Generator.named(name).isPresent()) {
            add(words, "--packets", workload.packets());
        }
        words.addAll(captures.words());
        add(words, "--repeat", repeat == 1 ? null : repeat);
        for (final String word : cache.asWords().strip().split(" ", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        if (!spillAck) {
            words.add("--no-spill-ack");
        }
        if (policy != null) {
            words.addAll(List.of("--policy", policy));
        }
        if (beforeSeries) {
            words.add("--before-series");
        }
        words.addAll(memory.words());
        return words;
    }

    private static void add(final List<String> words, final String option, final @Nullable Number value) {
        if (value != null) {
            words.add(option);
            words.add(value.toString());
        }
    }

    private ParameterException wrong(final String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
