package headcache.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a scenario that goes wrong small: takes out commands, many at a time and then one by one, as long as the same
 * law is broken, and delivers the oldest message first if that does as well.
 */
public final class ProgramShrinker {
    private static final int MOST_TRIES = 2000;

    private final String law;
    private int tries;

    private ProgramShrinker(String law) {
        this.law = law;
    }

    /** The smallest that is found of {@code scenario}, in which {@code law} is broken. */
    public static Scenario shrink(Scenario scenario, String law) {
        final ProgramShrinker shrinker = new ProgramShrinker(law);
        final Scenario calm = new Scenario(scenario.machine(), scenario.commands(), StepNetwork.OLDEST_FIRST);
        return shrinker.fewer(shrinker.isBroken(calm) ? calm : scenario);
    }

    private Scenario fewer(Scenario scenario) {
        Scenario smallest = scenario;
        int size = Math.max(1, scenario.commands().size() / 2);
        while (true) {
            final Scenario before = smallest;
            for (int at = smallest.commands().size() - size; at > -size; at -= size) {
                final Scenario candidate = without(smallest, Math.max(0, at), at + size);
                smallest = isBroken(candidate) ? candidate : smallest;
            }
            if (size > 1) {
                size /= 2;
            } else if (smallest.commands().size() == before.commands().size() || tries >= MOST_TRIES) {
                return smallest;
            }
        }
    }

    private static Scenario without(Scenario scenario, int from, int to) {
        final List<Command> commands = new ArrayList<>(scenario.commands());
        commands.subList(from, Math.min(to, commands.size())).clear();
        return new Scenario(scenario.machine(), List.copyOf(commands), scenario.schedule());
    }

    private boolean isBroken(Scenario scenario) {
        tries++;
        return tries <= MOST_TRIES
                && ProgramLaws.outcome(scenario)
                        .broken()
                        .filter(broken -> broken.law().equals(law))
                        .isPresent();
    }
}
