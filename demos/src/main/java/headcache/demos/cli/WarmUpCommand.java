package headcache.demos.cli;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code headcache warm-up}: loads the classes that most commands need, and does nothing else.
 *
 * <p>The launcher runs it once after each build and keeps the loaded classes in an archive, from which later starts are
 * faster. What is not loaded here works all the same.
 */
@Command(
        name = "warm-up",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Load what most commands need; the launcher archives it.")
final class WarmUpCommand implements Runnable {

    private static final long SECONDS = 30;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        spec.root().commandLine().usage(nowhere);
        for (final Format format : Format.values()) {
            new Table("kind", "name").row("format", format.name()).print(format, nowhere);
        }
        startAndStopActors();
    }

    private static void startAndStopActors() {
        final ActorSystem<Object> system = ActorSystem.create(Behaviors.<Object>empty(), "warm-up");
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (final ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("actor system does not stop: seconds=" + SECONDS, failed);
        }
    }
}
