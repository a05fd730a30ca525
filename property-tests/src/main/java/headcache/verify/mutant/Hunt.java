package headcache.verify.mutant;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.slf4j.LoggerFactory;

/** The search for one planted bug. */
public final class Hunt {
    /** A planted program that has not ended so long after its time never will. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    static {
        LoggerFactory.getILoggerFactory(); // begun by several programs at once, it complains
    }

    private Hunt() {}

    /** What came of a hunt. */
    public enum Verdict {
        /** Some check found the bug. */
        KILLED,
        /** All checks were made, and none found it. */
        SURVIVED,
        /** There was no time for all checks, and none of those made found it. */
        LIMIT
    }

    /**
     * A mutant and what came of looking for it.
     *
     * @param mutant the mutant
     * @param verdict whether it was found
     * @param by what was broken: an invariant, a rule of misuse, or a kind of exception; empty if nothing
     * @param check which check found it; empty if none
     * @param runs how many runs were made until then, from the first check on
     * @param found how long it took from the patch to the run that goes wrong, compiling and loading included
     * @param steps how many messages are delivered in the smallest run that goes wrong; 0 if none does
     * @param facts what goes wrong in the run that was found
     */
    public record Result(
            Mutant mutant,
            Verdict verdict,
            String by,
            String check,
            long runs,
            Duration found,
            int steps,
            String facts) {}

    /**
     * Plants {@code mutant} and looks for it.
     *
     * @param time the longest time; a step of the planted program that never ends is given some more
     * @throws NoCompilerException if this Java has no compiler
     * @throws IllegalStateException if the patch does not fit or does not compile
     */
    public static Result of(Mutant mutant, Duration time) throws InterruptedException {
        final long begin = System.nanoTime();
        final Planted planted = Planted.of(mutant);
        final Duration planting = Duration.ofNanos(System.nanoTime() - begin);
        final CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        final Thread thread = new Thread(() -> look(planted, mutant, time, answer), "mutant " + mutant.id());
        thread.setContextClassLoader(planted); // Akka asks it for the classes that its configuration names
        thread.setDaemon(true); // a step that never ends cannot be stopped
        thread.start();
        try {
            return result(mutant, planting, answer.get(time.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS));
        } catch (final TimeoutException endless) {
            return new Result(mutant, Verdict.LIMIT, "", "", 0, time, 0, "a step does not end");
        } catch (final ExecutionException wrong) {
            throw new IllegalStateException("the checks themselves failed: mutant=" + mutant.id(), wrong.getCause());
        }
    }

    @SuppressWarnings("unchecked") // what the entry of a planted program is to this one
    private static void look(
            Planted planted, Mutant mutant, Duration time, CompletableFuture<Map<String, Object>> answer) {
        try {
            final BiFunction<String, Duration, Map<String, Object>> battery =
                    (BiFunction<String, Duration, Map<String, Object>>) planted.make(Battery.class);
            answer.complete(battery.apply(mutant.first(), time));
        } catch (final Throwable wrong) {
            answer.completeExceptionally(wrong);
        }
    }

    private static Result result(Mutant mutant, Duration planting, Map<String, Object> answer) {
        return new Result(
                mutant,
                Verdict.valueOf(field(answer, "verdict", String.class)),
                field(answer, "by", String.class),
                field(answer, "check", String.class),
                field(answer, "runs", Long.class),
                planting.plus(field(answer, "found", Duration.class)),
                field(answer, "steps", Integer.class),
                field(answer, "facts", String.class));
    }

    private static <T> T field(Map<String, Object> answer, String name, Class<T> kind) {
        return kind.cast(Objects.requireNonNull(answer.get(name), name));
    }
}
