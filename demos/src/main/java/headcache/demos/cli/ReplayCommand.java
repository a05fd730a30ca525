package headcache.demos.cli;

import headcache.kit.search.Replay;
import headcache.verify.Command;
import headcache.verify.scene.MachineWorld;
import headcache.verify.scene.SceneShrinker;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headcache replay}: a run that {@code check} saved, done again. */
@CommandLine.Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Do a run again that check --save has written.",
        footer = {
            "",
            "A delivery that is not possible any more is left out and told of. Exit code 1",
            "if the run breaks the same rule as before, 0 if nothing goes wrong, 2 if",
            "something else does or the run no longer fits."
        })
final class ReplayCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUNFILE", description = "The file.")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private String file;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        final RunFile run = RunFile.read(file);
        final PrintWriter out = spec.commandLine().getOut();
        out.println("scenario    " + run.scenario() + (run.unfixed() ? ", without the later fixes" : ""));
        out.println("semantics   " + run.semantics());
        tellCommands(run.scene().scripts(), out);
        try (MachineWorld world = new MachineWorld(run.scene(), run.semantics())) {
            return tell(Replay.of(world, run.deliveries()), run, out);
        }
    }

    static void tellCommands(final List<List<Command>> scripts, final PrintWriter out) {
        for (int driver = 0; driver < scripts.size(); driver++) {
            for (final Command command : scripts.get(driver)) {
                out.println("  driver-" + driver + " tells " + command);
            }
        }
    }

    static void tellDeliveries(final List<String> names, final PrintWriter out) {
        for (int i = 0; i < names.size(); i++) {
            out.println(String.format(Locale.ROOT, "  %4d %s", i + 1, names.get(i)));
        }
    }

    private int tell(final Replay replay, final RunFile run, final PrintWriter out) {
        tellDeliveries(replay.names(), out);
        for (final int place : replay.skipped()) {
            out.println("  left out: delivery " + (place + 1) + ", "
                    + run.deliveries().get(place) + ", which is not possible any more");
        }
        final Throwable cause = replay.cause();
        final String rule = cause == null ? "nothing" : SceneShrinker.rule(cause);
        out.println(cause == null ? "  nothing goes wrong" : "  " + cause.getMessage());
        out.println("verdict     " + rule + " is broken; it was " + run.rule());
        out.println("repeat: ./headcache replay " + ShellWord.of(file));
        out.flush();
        if (rule.equals(run.rule())) {
            return ExitCodes.VIOLATED;
        }
        return cause == null && replay.skipped().isEmpty() ? ExitCodes.HOLDS : ExitCodes.INCONCLUSIVE;
    }
}
