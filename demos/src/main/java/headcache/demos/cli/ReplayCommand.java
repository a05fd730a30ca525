package headcache.demos.cli;

import headcache.demos.lesson.Ink;
import headcache.demos.lesson.Pager;
import headcache.kit.report.Report;
import headcache.kit.run.Recording;
import headcache.verify.scene.MachineWorld;
import headcache.verify.scene.RunFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headcache replay}: a run that {@code check} saved, done again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Do a run again that check --save has written.",
        footer = {
            "",
            "A delivery that is not possible any more is left out and told of, with what was",
            "possible instead; the run goes on, to the end if nothing goes wrong. Exit code",
            "1 if the run breaks the same rule as before, 0 if nothing goes wrong, 2 if",
            "something else does or the run no longer fits. Runs to begin with are in",
            "docs/runs. A run of `check --mutant` is done with that bug planted."
        })
final class ReplayCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "RUNFILE", description = "The file.")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private String file;

    @Option(
            names = "--step",
            description = "Go delivery by delivery: Enter goes on, b goes back, q leaves. When not on a terminal, print"
                    + " all there is to see at each.")
    private boolean step;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    ReplayCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        final RunFile run = RunFile.read(file);
        final String mutant = run.mutant();
        if (mutant != null && !PlantedProgram.isHere(mutant)) {
            return PlantedProgram.run(spec, PlantedProgram.recorded(file, mutant));
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.println("scenario    " + run.scenario() + (run.unfixed() ? ", without the later fixes" : "")
                + (mutant == null ? "" : ", with " + mutant + " planted"));
        out.println("semantics   " + run.semantics());
        run.scene().commands().forEach(line -> out.println("  " + line));
        final Recording done;
        try (MachineWorld world = new MachineWorld(run.scene(), run.semantics())) {
            done = Recording.toTheEnd(world, run.deliveries());
        }
        if (step) {
            goThrough(done, out);
        }
        return tell(done, run, out);
    }

    private void goThrough(final Recording done, final PrintWriter out) throws IOException {
        final Pager pager = new Pager(out, terminal.colour() ? Ink.COLOUR : Ink.PLAIN);
        if (!terminal.isDialogue()) {
            RunPages.of(done).forEach(page -> {
                out.println();
                page.lines().forEach(out::println);
            });
            out.println();
        } else if (!done.steps().isEmpty()) {
            // Not closed: standard input is not ours.
            pager.showStepwise(
                    RunPages.of(done), new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
        }
    }

    private int tell(final Recording done, final RunFile run, final PrintWriter out) {
        done.trail().misfits().forEach(misfit -> out.println("  left out: " + misfit));
        final int asked = run.deliveries().size() - done.trail().misfits().size();
        if (done.steps().size() > asked) {
            out.println("  goes on by itself after delivery " + asked);
        }
        if (!step) {
            Report.of(done).lines().forEach(line -> out.println(line.isEmpty() ? "" : "  " + line));
        }
        final String rule = done.rule() == null ? "nothing" : done.rule();
        out.println();
        out.println("verdict     " + rule + " is broken; it was " + run.rule());
        out.println("repeat: ./headcache replay " + ShellWord.of(file) + (step ? " --step" : ""));
        out.flush();
        if (rule.equals(run.rule())) {
            return ExitCodes.VIOLATED;
        }
        return done.rule() == null && done.trail().misfits().isEmpty() ? ExitCodes.HOLDS : ExitCodes.INCONCLUSIVE;
    }
}
