package headcache.kit.check;

import headcache.kit.Semantics;
import headcache.kit.World;
import headcache.kit.report.Report;
import headcache.kit.run.Misfit;
import headcache.kit.run.Recording;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;
import headcache.kit.search.Strategy;
import headcache.kit.shrink.Shrinker;
import headcache.kit.shrink.Shrunk;
import java.util.ArrayList;
import java.util.List;

/** Asserts inside a test that nothing goes wrong in a world, whatever the order of messages. */
public final class Check {
    private static final String FORM = " -> ";

    private Check() {}

    /** Like {@link #mustHold(World, Strategy, Limits)}, with every run that differs in more than independent deliveries. */
    public static Explored mustHold(World world) {
        final Strategy all =
                world.semantics() == Semantics.PER_PAIR_FIFO ? DynamicReduction.full() : DynamicReduction.none();
        return mustHold(world, all, Limits.NONE);
    }

    /**
     * Explores {@code world}, and asserts that nothing goes wrong and nothing is left out.
     *
     * @return what was seen
     * @throws AssertionError if that is not so. If something goes wrong, it tells of a run with as few context switches and
     *     deliveries as can be, whether the like happens inside one JVM, and how {@link #replay} does the run again
     */
    public static Explored mustHold(World world, Strategy strategy, Limits limits) {
        final Explored explored = strategy.explore(world, limits);
        final Found found = explored.found();
        if (found == null || found.difference().isPresent()) {
            return explored.mustHold();
        }
        try (OneWorld host = new OneWorld(world)) {
            final Shrunk<OneWorld.Whole> small =
                    new Shrinker<>(host, world.semantics()).shrink(OneWorld.Whole.IT, found.names());
            throw new AssertionError(report(small).text(), small.found().cause());
        }
    }

    private static Report report(Shrunk<OneWorld.Whole> small) {
        Report report = small.found()
                .report()
                .with("smallest    no context switch or delivery can be taken out: all " + small.candidates()
                        + " ways were tried")
                .with("one JVM     " + small.survival().words())
                .with("replay      Check.replay(world, \"\"\"");
        for (final String name : small.found().names()) {
            report = report.with("                " + name);
        }
        return report.with("                \"\"\");");
    }

    /**
     * Does a run again that {@link #mustHold} found, and goes on to the end if nothing goes wrong. What is not possible
     * any more is left out.
     *
     * @param deliveries the channels that deliver, in order, a line each: {@code sender -> receiver}
     * @return the run; {@link headcache.kit.run.Trail#misfits} tells what was left out
     * @throws IllegalArgumentException if a line is no delivery
     * @throws AssertionError if something goes wrong; it tells of the run, and of what was left out
     */
    public static Recording replay(World world, String deliveries) {
        final List<String> names = parse(deliveries);
        final Recording run = Recording.toTheEnd(world, names);
        final Throwable cause = run.trail().cause();
        if (cause == null) {
            return run;
        }
        Report report = Report.of(run);
        for (final Misfit misfit : run.trail().misfits()) {
            report = report.with("left out    " + misfit);
        }
        throw new AssertionError(report.text(), cause);
    }

    private static List<String> parse(String deliveries) {
        final List<String> names = new ArrayList<>();
        int line = 0;
        for (final String text : deliveries.lines().toList()) {
            line++;
            final String name = text.strip();
            if (!name.isEmpty() && !name.contains(FORM)) {
                throw new IllegalArgumentException(
                        "not of the form: sender -> receiver; line=" + line + " text=" + name);
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }
}
