package headcache.verify;

import java.util.Arrays;
import java.util.List;

/** A scenario run to its end, with the books that a ledger kept. */
final class Outcome {
    private final NetworkRun run;
    private final Ledger ledger;

    private Outcome(NetworkRun run, Ledger ledger) {
        this.run = run;
        this.ledger = ledger;
    }

    /** Runs the commands only: what they left is parked and in use. */
    static Outcome atRest(Scenario scenario) {
        final Ledger ledger = new Ledger();
        return new Outcome(new NetworkRun(scenario, ledger).phase(), ledger);
    }

    /** Runs the commands, releases what they left, and drains. */
    static Outcome drained(Scenario scenario) {
        final Outcome outcome = atRest(scenario);
        outcome.run.phase().phase();
        outcome.ledger.checkAllHome();
        return outcome;
    }

    NetworkRun run() {
        return run;
    }

    long in(Place... places) {
        final Balance balance = ledger.balance();
        return Arrays.stream(places).mapToLong(balance::in).sum();
    }

    /** Violations of {@code laws} among those that were found. */
    List<Violation> violations(Invariant... laws) {
        final List<Invariant> wanted = List.of(laws);
        return ledger.violations().stream()
                .filter(violation -> wanted.contains(violation.invariant()))
                .toList();
    }
}
