package headcache.verify;

import headcache.cache.HeadCache;
import headcache.cpu.CpuStep;
import headcache.protocol.Head;
import headcache.step.HeadMisuse;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every law there is of a scenario that is run on steps: while it goes on, at rest, and after the drain. */
public final class ProgramLaws {
    private final Scenario scenario;
    private final Ledger ledger = new Ledger();
    private final CompletionQueues queues = new CompletionQueues();
    private final NetworkRun run;

    private ProgramLaws(Scenario scenario) {
        this.scenario = scenario;
        this.run = new NetworkRun(scenario, (who, message, state, events) -> {
            ledger.onStep(who, message, state, events);
            queues.onStep(who, message, state, events);
        });
    }

    /**
     * What came of a scenario.
     *
     * @param broken the first law that does not hold, if one does not
     * @param deliveries how many messages were delivered
     */
    public record Outcome(Optional<Broken> broken, long deliveries) {}

    /** Runs {@code scenario}: the commands, then a release of what is left, then a drain. */
    public static Outcome outcome(Scenario scenario) {
        final ProgramLaws laws = new ProgramLaws(scenario);
        final Optional<Broken> broken = laws.broken();
        return new Outcome(broken, laws.run.network().delivered());
    }

    private Optional<Broken> broken() {
        try {
            run.phase();
            final Optional<Broken> atRest = atRest();
            if (atRest.isPresent()) {
                return atRest;
            }
            run.phase().phase();
            ledger.checkAllHome();
            return Stream.of(seen(), nothingIsOut(), refinement())
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (final RuntimeException wrong) {
            // What went wrong before tells more than where the machine at last cannot go on.
            return bounds().or(this::seen).or(() -> Optional.of(Broken.of(wrong)));
        }
    }

    private Optional<Broken> atRest() {
        return Stream.of(bounds(), seen(), liveness(), slabs(), observability())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What the books and the histories of the caches show. */
    private Optional<Broken> seen() {
        return ledger.violations().stream()
                .findFirst()
                .or(() -> IntStream.range(0, run.histories().size())
                        .mapToObj(this::stackRules)
                        .flatMap(List::stream)
                        .findFirst())
                .map(Broken::of);
    }

    private List<Violation> stackRules(int cpu) {
        return StackRules.violations(
                scenario.machine().policy().cache(),
                scenario.machine().policy().kernel().servesGets(),
                run.history(cpu));
    }

    private Stream<CpuStep> cpus() {
        return IntStream.range(0, run.histories().size())
                .mapToObj(cpu -> run.network().cpu(cpu));
    }

    private Optional<Broken> bounds() {
        return cpus().filter(cpu -> cpu.heads().count() >= cpu.heads().capacity())
                .map(cpu -> Broken.of(
                        Invariant.I4,
                        "full at rest: at=" + cpu.id() + ", parked="
                                + cpu.heads().count() + ", capacity="
                                + cpu.heads().capacity()))
                .findFirst();
    }

    private Optional<Broken> liveness() {
        if (!queues.skbs().isEmpty()) {
            return Optional.of(Broken.of(
                    Invariant.I15,
                    "at rest, but skbs wait for the transmit softirq: heads="
                            + queues.skbs().keySet().stream()
                                    .map(Head::name)
                                    .sorted()
                                    .toList()));
        }
        return cpus().filter(cpu -> cpu.isSuspended() || cpu.backlog() > 0)
                .map(cpu -> Broken.of(
                        Invariant.I15,
                        "at rest, but work is left: at=" + cpu.id() + ", suspended=" + cpu.isSuspended() + ", backlog="
                                + cpu.backlog()))
                .findFirst();
    }

    /** The slabs' own numbers, against the books. */
    private Optional<Broken> slabs() {
        final long out = ledger.balance().known() - ledger.balance().in(Place.IN_SLAB);
        return run.inUse() == out
                ? Optional.empty()
                : Optional.of(
                        Broken.of(Invariant.I1, "slabs have handed out heads=" + run.inUse() + ", seen out=" + out));
    }

    /** Each parked head is put once more and used, on a copy of its cache: both must be noticed. */
    private Optional<Broken> observability() {
        return cpus().flatMap(cpu -> IntStream.range(0, cpu.heads().count())
                        .filter(slot ->
                                !isNoticed(cpu.heads().copy(), cpu.heads().head(slot)))
                        .mapToObj(slot -> Broken.of(
                                Invariant.I16,
                                "a second put or a use of a parked head is not noticed: at=" + cpu.id() + ", head="
                                        + Head.name(cpu.heads().head(slot)))))
                .findFirst();
    }

    private static boolean isNoticed(HeadCache heads, int parked) {
        return throwsMisuse(() -> heads.checkInUse(parked, "use")) && throwsMisuse(() -> heads.push(parked));
    }

    private static boolean throwsMisuse(Runnable use) {
        try {
            use.run();
            return false;
        } catch (final HeadMisuse noticed) {
            return true;
        }
    }

    private Optional<Broken> nothingIsOut() {
        return run.parked() + run.inUse() == 0
                ? Optional.empty()
                : Optional.of(Broken.of(
                        Invariant.I1,
                        "drained, but slabs have handed out heads=" + run.inUse() + ", parked=" + run.parked()));
    }

    private Optional<Broken> refinement() {
        return run.differences().stream()
                .findFirst()
                .map(difference ->
                        new Broken(Broken.REFINEMENT, "not what the sequential machine does: " + difference));
    }
}
