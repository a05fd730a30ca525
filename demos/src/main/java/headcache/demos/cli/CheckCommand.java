package headcache.demos.cli;

import headcache.kit.Semantics;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;
import headcache.kit.search.Strategy;
import headcache.verify.mutant.Planted;
import headcache.verify.scene.MachineWorld;
import headcache.verify.scene.Recount;
import headcache.verify.scene.RunFile;
import headcache.verify.scene.Scene;
import headcache.verify.scene.SceneShrinker;
import headcache.verify.scene.Scenes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headcache check}: the real actors of small machines under every order of messages. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Run small machines under every order of messages that Akka permits, and check the invariants.",
        footer = {
            "",
            "The actors are those of every other command; only what delivers their",
            "messages is exchanged. Checked are the ledger's invariants at every step, that",
            "every request is answered, and that all heads are home after the drain.",
            "`headcache list scenarios` shows what can go wrong in each."
        })
final class CheckCommand implements Callable<Integer> {

    /** The most states that are counted a second time. */
    private static final long STATES_RECOUNTED = 1_000_000;

    @Parameters(paramLabel = "SCENARIO", arity = "0..*", description = "Which scenarios (default: all).")
    private List<String> names = List.of();

    @Option(
            names = "--semantics",
            paramLabel = "S",
            description = "Which orders are possible: instant, local_causal or per_pair_fifo (default: per_pair_fifo).")
    private Semantics semantics = Semantics.PER_PAIR_FIFO;

    @Option(
            names = "--strategy",
            paramLabel = "X",
            description = "Which runs are tried: reduced, source, sleep, every, random, pos or delays; headcache list"
                    + " strategies tells what each shows (default: reduced; every where"
                    + " the reduction does not hold, which is all but per_pair_fifo).")
    private Tried strategy = Tried.REDUCED;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "The longest time for one scenario (default: 10).")
    private int seconds = 10;

    @Option(names = "--bound", paramLabel = "N", description = "The most delays, with --strategy delays (default: 2).")
    private int bound = 2;

    @Option(
            names = "--unfixed",
            description = "Check the kernel without the two later fixes to this code, which breaks rules.")
    private boolean unfixed;

    @Option(
            names = "--save",
            paramLabel = "RUNFILE",
            description = "Write the first run that goes wrong, made as small as it can be, for headcache replay.")
    private @Nullable String save;

    @Option(
            names = "--mutant",
            paramLabel = "ID",
            description = "Check the machine with a bug planted in it; headcache list mutants shows which.")
    private @Nullable String mutant;

    @Option(names = "--runs", paramLabel = "N", description = "The most runs of one scenario (default: no limit).")
    private long runs = Long.MAX_VALUE;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of random runs (default: 1).")
    private long seed = 1;

    @Option(names = "--format", paramLabel = "FORMAT", description = "How to write it: table or json (default: table).")
    private Format format = Format.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        final List<Scene> scenes = scenes();
        checkLimits();
        if (mutant != null && !PlantedProgram.isHere(mutant)) {
            return PlantedProgram.run(spec, PlantedProgram.asked(spec, mutant));
        }
        final Tried tried = tried();
        final CheckText text = new CheckText(spec.commandLine().getOut(), words());
        final List<Checked> results = new ArrayList<>();
        if (format == Format.TABLE) {
            text.begin(semantics, strategyOf(tried));
        }
        for (final Scene scene : scenes) {
            final Checked result = check(scene, tried);
            results.add(result);
            if (format == Format.TABLE) {
                text.add(result);
            }
        }
        saveFirst(results);
        if (format == Format.TABLE) {
            text.end(results, save);
        } else {
            CheckJson.print(results, words(), spec.commandLine().getOut());
        }
        return Checked.exitCode(results);
    }

    private Checked check(final Scene scene, final Tried tried) {
        try (MachineWorld world = new MachineWorld(scene, semantics)) {
            final Limits limits = Limits.NONE.withRuns(runs).withTime(Duration.ofSeconds(seconds));
            final Explored explored = strategyOf(tried).explore(world, limits);
            final Found found = explored.found();
            return new Checked(
                    scene,
                    semantics,
                    tried.label(),
                    explored,
                    recount(scene, explored),
                    found == null || !found.isVerdict()
                            ? Optional.empty()
                            : Optional.of(SceneShrinker.shrink(scene, semantics, found)));
        }
    }

    /** Two engines that disagree are both not to be believed. */
    private Optional<Recount> recount(final Scene scene, final Explored explored) {
        if (!explored.complete() || semantics != Semantics.PER_PAIR_FIFO) {
            return Optional.empty();
        }
        final Optional<Recount> recount = Recount.of(scene, STATES_RECOUNTED);
        recount.filter(count -> count.reached().complete() && !count.agreesWith(explored))
                .ifPresent(count -> {
                    throw new IllegalStateException("two engines disagree: scenario=" + scene.name() + ", traces="
                            + explored.traces() + " and " + count.traces() + ", finals="
                            + explored.finals().size() + " and "
                            + count.reached().finals().size());
                });
        return recount;
    }

    private void saveFirst(final List<Checked> results) {
        final String file = save;
        if (file != null) {
            results.stream()
                    .flatMap(result -> result.shrunk().stream())
                    .findFirst()
                    .ifPresent(
                            shrunk -> RunFile.of(shrunk, unfixed, Planted.here().orElse(null))
                                    .write(file));
        }
    }

    private Strategy strategyOf(final Tried tried) {
        return tried.strategy(seed, bound);
    }

    private Tried tried() {
        return strategy.reduces() && semantics != Semantics.PER_PAIR_FIFO ? Tried.EVERY : strategy;
    }

    private void checkLimits() {
        if (seconds < 1 || runs < 1 || bound < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a limit must be 1 or more, a bound 0 or more: time-limit=" + seconds + ", runs=" + runs
                            + ", bound=" + bound);
        }
        if (format == Format.CSV) {
            throw new ParameterException(spec.commandLine(), "no such format here: format=csv; there are table, json");
        }
    }

    private List<Scene> scenes() {
        final List<Scene> asked =
                names.isEmpty() ? everything() : names.stream().map(this::scene).toList();
        return unfixed ? asked.stream().map(Scenes::unfixed).toList() : asked;
    }

    /** The kernel without its fixes is v5.12, so that the scenes of other policies say nothing of it. */
    private List<Scene> everything() {
        return unfixed ? Scenes.ALL : Scenes.ofEveryPolicy();
    }

    private Scene scene(final String name) {
        return Scenes.named(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no such scenario: scenario=" + name
                                + NearNames.hint(
                                        name,
                                        Scenes.ofEveryPolicy().stream()
                                                .map(Scene::name)
                                                .toList())));
    }

    private String words() {
        final StringBuilder words = new StringBuilder("./headcache check");
        names.forEach(name -> words.append(' ').append(ShellWord.of(name)));
        if (semantics != Semantics.PER_PAIR_FIFO) {
            words.append(" --semantics ").append(semantics.name().toLowerCase(Locale.ROOT));
        }
        if (strategy != Tried.REDUCED) {
            words.append(" --strategy ").append(strategy.label());
        }
        if (strategy == Tried.DELAYS) {
            words.append(" --bound ").append(bound);
        }
        if (unfixed) {
            words.append(" --unfixed");
        }
        if (mutant != null) {
            words.append(" --mutant ").append(ShellWord.of(mutant));
        }
        if (strategy == Tried.RANDOM || strategy == Tried.POS) {
            words.append(" --seed ").append(seed);
        }
        words.append(" --time-limit ").append(seconds);
        if (runs != Long.MAX_VALUE) {
            words.append(" --runs ").append(runs);
        }
        return words.toString();
    }
}
