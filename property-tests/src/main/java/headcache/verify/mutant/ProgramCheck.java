package headcache.verify.mutant;

import headcache.verify.Broken;
import headcache.verify.ProgramGenerator;
import headcache.verify.ProgramLaws;
import headcache.verify.ProgramShrinker;
import headcache.verify.Scenario;
import java.time.Duration;
import java.util.Optional;

/** Looks for a bug in random programs: the steps of the actors without the actors, in one order of messages each. */
record ProgramCheck(int programs) implements Check {
    static final String NAME = "programs";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Look look(Duration time) {
        final long begin = System.nanoTime();
        for (int number = 0; number < programs; number++) {
            if (System.nanoTime() - begin > time.toNanos()) {
                return new Look(number, false, null);
            }
            final Scenario scenario = ProgramGenerator.draw(number);
            final Optional<Broken> broken = ProgramLaws.outcome(scenario).broken();
            if (broken.isPresent()) {
                return new Look(number + 1, true, new Wrong(scenario, broken.get()));
            }
        }
        return new Look(programs, true, null);
    }

    private record Wrong(Scenario scenario, Broken broken) implements Catch {
        @Override
        public String rule() {
            return broken.law();
        }

        @Override
        public String facts() {
            return broken.facts();
        }

        @Override
        public int shrink() {
            final Scenario smallest = ProgramShrinker.shrink(scenario, broken.law());
            return Math.toIntExact(ProgramLaws.outcome(smallest).deliveries());
        }
    }
}
