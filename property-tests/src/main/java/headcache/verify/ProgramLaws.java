package headcache.verify;

import headcache.machine.MachinePlan;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
import headcache.protocol.DriverId;
import headcache.protocol.Head;
import headcache.protocol.MachineMessage;
import headcache.protocol.Message;
import headcache.protocol.NicId;
import headcache.protocol.NicMessage;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Every law there is of a scenario that is run on steps: those of {@link Watch}, that the machine comes to rest with
 * everything answered, and that nothing is left in a completion queue then.
 */
public final class ProgramLaws {
    private static final DriverId DRIVER = new DriverId(0);
    private static final DriverId CALLER = new DriverId(1);
    private static final int PHASES = 3;

    /** Deliveries that no scenario comes near. */
    private static final long DELIVERY_LIMIT = 200_000;

    private final Watch watch;
    private final CompletionQueues queues = new CompletionQueues();
    private final StepNetwork network;
    private final DriverStep driver;

    private final int depots;

    private ProgramLaws(Scenario scenario) {
        // Known only in this run, in which histories grow: what is written of messages does not matter.
        watch = new Watch(scenario.machine(), new Watch.Known((bytes, message) -> {}));
        final MachinePlan plan = scenario.machine().plan(Tap.NONE);
        depots = plan.depots().size();
        network = new StepNetwork(watched(plan), scenario.schedule());
        driver = new DriverStep(DRIVER, scenario.machine().topology().cpus(), CommandWriter.SLOTS, scenario.commands());
        network.add(DRIVER, watch.over(DRIVER, driver));
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
        return new Outcome(broken, laws.network.delivered());
    }

    private MachinePlan watched(MachinePlan plan) {
        final List<Step<CpuMessage>> cpus = watched(plan.cpus(), CpuId::new);
        final List<Step<DepotMessage>> depots = watched(plan.depots(), DepotId::new);
        final List<Step<TaskMessage>> tasks = watched(plan.tasks(), TaskId::new);
        final List<Step<NicMessage>> nics = watched(plan.nics(), NicId::new);
        final Map<Integer, Step<SlabMessage>> slabs = new TreeMap<>();
        plan.slabs().forEach((node, step) -> slabs.put(node, watch.over(NodeId.of(node), step)));
        return new MachinePlan(cpus, slabs, plan.slabOfNode(), depots, tasks, nics, plan.drivers(), this::onStep);
    }

    private <M extends Message> List<Step<M>> watched(
            List<? extends Step<M>> steps, IntFunction<? extends ActorName> names) {
        final List<Step<M>> watched = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            watched.add(watch.over(names.apply(i), steps.get(i)));
        }
        return watched;
    }

    private void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        queues.onStep(who, message, state, events);
        if (state instanceof Watched<?> watched) {
            watched.onStep(who, message, state, events);
        }
    }

    private Optional<Broken> broken() {
        try {
            for (int phase = 0; phase < PHASES; phase++) {
                final Optional<Broken> broken = phase();
                if (broken.isPresent()) {
                    return broken;
                }
            }
            final Optional<Broken> broken = drainDepots();
            watch.mustBeHome();
            return seen().or(() -> broken);
        } catch (final RuntimeException wrong) {
            // What went wrong before tells more than where the machine at last cannot go on.
            watch.crashed();
            return seen().or(() -> Optional.of(Broken.of(wrong)));
        }
    }

    /** The driver's next phase, until nothing is on its way or something is wrong. */
    private Optional<Broken> phase() {
        network.send(CALLER, DRIVER, DriverStep.go(CALLER));
        while (network.deliver()) {
            if (seen().isPresent()) {
                return seen();
            }
            if (network.delivered() > DELIVERY_LIMIT) {
                return Optional.of(Broken.of(Invariant.I15, "no rest: delivered=" + network.delivered()));
            }
        }
        if (!queues.skbs().isEmpty()) {
            return Optional.of(Broken.of(
                    Invariant.I15,
                    "at rest, but skbs wait for the transmit softirq: heads="
                            + queues.skbs().keySet().stream()
                                    .map(Head::name)
                                    .sorted()
                                    .toList()));
        }
        watch.ended();
        return seen().or(() -> driver.isDone()
                ? Optional.empty()
                : Optional.of(Broken.of(Invariant.I15, "at rest, but the driver waits for an answer")));
    }

    /** Once all CPUs are drained: what the machine does last of all. */
    private Optional<Broken> drainDepots() {
        for (int depot = 0; depot < depots; depot++) {
            network.send(CALLER, new DepotId(depot), new CpuMessage.Drain(CALLER));
            network.settle(DELIVERY_LIMIT);
            final MachineMessage.Drained answer = new MachineMessage.Drained(new DepotId(depot));
            if (network.outside().stream().noneMatch(letter -> letter.message().equals(answer))) {
                return Optional.of(Broken.of(Invariant.I15, "at rest, but a drain was not answered: depot=" + depot));
            }
        }
        return Optional.empty();
    }

    private Optional<Broken> seen() {
        return Optional.ofNullable(watch.violation()).map(Broken::of);
    }
}
