package headcache.kit.run;

import headcache.kit.Semantics;
import headcache.kit.Sent;
import headcache.kit.Statement;
import headcache.kit.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that was done, written down delivery by delivery.
 *
 * @param semantics which deliveries were possible
 * @param trail which way it went
 * @param begun what was sent before the first delivery
 * @param steps the deliveries
 * @param rule the name of the rule that was broken, or null
 * @param statements what each rule says in the end; nothing if the world does not tell
 */
public record Recording(
        Semantics semantics,
        Trail trail,
        List<Sent> begun,
        List<Step> steps,
        @Nullable String rule,
        List<Statement> statements) {

    /** Does in {@code world} what {@code names} ask for, as far as it is possible, until something goes wrong. */
    public static Recording of(World world, List<String> names) {
        return of(world, names, false);
    }

    /** Does in {@code world} what {@code names} ask for, as far as it is possible, and goes on to the end. */
    public static Recording toTheEnd(World world, List<String> names) {
        return of(world, names, true);
    }

    private static Recording of(World world, List<String> names, boolean goesOn) {
        final Recorder recorder = new Recorder(world);
        final Trail trail = new Follower(world).follow(names, Follower.NOBODY, goesOn, recorder);
        final Throwable cause = trail.cause();
        return new Recording(
                world.semantics(),
                trail,
                recorder.begun,
                List.copyOf(recorder.steps),
                cause == null ? null : world.rule(cause),
                world.statements(cause));
    }

    private static final class Recorder implements Follower.Watcher {
        private final World world;
        private final List<Step> steps = new ArrayList<>();
        private List<Sent> begun = List.of();

        Recorder(World world) {
            this.world = world;
        }

        @Override
        public void begun() {
            begun = List.copyOf(world.sends());
        }

        @Override
        public void delivered(String name) {
            steps.add(new Step(
                    name,
                    new Sent(Trail.receiver(name), world.message()),
                    List.copyOf(world.sends()),
                    List.copyOf(world.observed()),
                    world.state()));
        }
    }
}
