package headcache.demos.cli;

import headcache.machine.RunningMachine.Threads;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how the actors are run. */
final class ThreadOptions {

    @Option(
            names = "--deterministic",
            description =
                    "One actor after the other, in the workload's own order: the same seed gives the same report.")
    private boolean deterministic;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Threads that run actors (default: one for each processor).")
    private @Nullable Integer parallelism;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before anything is asked
    private CommandSpec spec;

    /**
     * Puts the options together.
     *
     * @throws ParameterException if they contradict each other or are out of range
     */
    Threads threads() {
        if (deterministic && parallelism != null && parallelism != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--deterministic runs one actor at a time: leave out --parallelism " + parallelism);
        }
        try {
            return deterministic
                    ? Threads.DETERMINISTIC
                    : parallelism == null ? Threads.all() : new Threads(parallelism, false);
        } catch (final IllegalArgumentException impossible) {
            throw new ParameterException(spec.commandLine(), String.valueOf(impossible.getMessage()), impossible);
        }
    }

    /** The words that say the same again. */
    static List<String> words(final Threads threads) {
        return threads.deterministic()
                ? List.of("--deterministic")
                : List.of("--parallelism", String.valueOf(threads.parallelism()));
    }
}
