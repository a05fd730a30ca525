package headcache.verify.mutant;

import headcache.verify.scene.AuditScenes;
import headcache.verify.scene.BulkScenes;
import headcache.verify.scene.DeferScenes;
import headcache.verify.scene.Scenes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Everything that looks for a bug, one check after the other until one finds it: the entry of a planted program.
 *
 * <p>It is given the name of the check that comes first, which saves time and decides nothing, and the longest time for
 * all of them. What it answers has the fields of {@link Hunt.Result}, as values of classes that both programs share.
 */
public final class Battery implements BiFunction<String, Duration, Map<String, Object>> {
    private static final int PROGRAMS = 1000;

    /** So many scenes, from the first one on, take less time than the programs. */
    private static final int SMALL_SCENES = 8;

    @Override
    public Map<String, Object> apply(String first, Duration time) {
        final long begin = System.nanoTime();
        long runs = 0;
        boolean complete = true;
        for (final Check check : checks(first)) {
            final Duration left = time.minusNanos(System.nanoTime() - begin);
            if (left.isNegative()) {
                complete = false;
                break;
            }
            final Check.Look look = check.look(left);
            runs += look.runs();
            complete &= look.complete();
            final Check.Catch caught = look.catches();
            if (caught != null) {
                final long found = System.nanoTime() - begin;
                return answer(
                        Hunt.Verdict.KILLED, caught.rule(), check.name(), runs, found, caught.shrink(), caught.facts());
            }
        }
        final Hunt.Verdict verdict = complete ? Hunt.Verdict.SURVIVED : Hunt.Verdict.LIMIT;
        return answer(verdict, "", "", runs, System.nanoTime() - begin, 0, "nothing went wrong");
    }

    private static Map<String, Object> answer(
            Hunt.Verdict verdict, String by, String check, long runs, long nanos, int steps, String facts) {
        return Map.of(
                "verdict", verdict.name(),
                "by", by,
                "check", check,
                "runs", runs,
                "found", Duration.ofNanos(nanos),
                "steps", steps,
                "facts", facts);
    }

    /** The checks in the order in which they are made: what takes least time comes first, but for {@code first}. */
    static List<Check> checks(String first) {
        final List<Check> checks = new ArrayList<>();
        Scenes.ALL.forEach(scene -> checks.add(new SceneCheck(scene)));
        checks.add(SMALL_SCENES, new ProgramCheck(PROGRAMS));
        AuditScenes.ALL.forEach(scene -> checks.add(new SceneCheck(scene)));
        DeferScenes.ALL.forEach(scene -> checks.add(new SceneCheck(scene)));
        BulkScenes.ALL.forEach(scene -> checks.add(new SceneCheck(scene)));
        final List<Check> ordered = new ArrayList<>();
        checks.stream().filter(check -> check.name().equals(first)).forEach(ordered::add);
        checks.stream().filter(check -> !check.name().equals(first)).forEach(ordered::add);
        return ordered;
    }
}
