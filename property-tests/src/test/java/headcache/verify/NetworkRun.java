package headcache.verify;

import headcache.machine.MachineConfig;
import headcache.protocol.CpuId;
import headcache.protocol.DriverId;
import headcache.protocol.NodeId;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.step.EventKind;
import headcache.step.Tap;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** A scenario run on its machine's steps, phase by phase, with the histories of its CPUs and slabs. */
public final class NetworkRun {
    private static final DriverId DRIVER = new DriverId(0);
    private static final DriverId CALLER = new DriverId(1);

    /** Deliveries that no phase of a scenario comes near. */
    private static final long DELIVERY_LIMIT = 200_000;

    private final MachineConfig machine;
    private final RecordedMachine recorded;
    private final StepNetwork network;
    private final DriverStep driver;

    /** The machine of {@code scenario} at boot, watched by {@code tap}. */
    public NetworkRun(Scenario scenario, Tap tap) {
        machine = scenario.machine();
        recorded = RecordedMachine.of(machine.plan(tap));
        network = new StepNetwork(recorded.plan(), scenario.schedule());
        driver = new DriverStep(DRIVER, recorded.cpus().size(), CommandWriter.SLOTS, scenario.commands());
        network.add(DRIVER, driver);
    }

    /**
     * Runs the driver's next phase until nothing is on its way: the commands, then a release of what is left, then a
     * drain.
     *
     * @throws IllegalStateException if the machine does not come to rest, or rests with work undone
     */
    public NetworkRun phase() {
        network.send(CALLER, DRIVER, DriverStep.go(CALLER));
        network.settle(DELIVERY_LIMIT);
        if (!driver.isDone()) {
            throw new IllegalStateException("at rest, but commands are unanswered");
        }
        return this;
    }

    /** All three phases. */
    public NetworkRun phases() {
        return phase().phase().phase();
    }

    /** The network, to look at its steps. */
    public StepNetwork network() {
        return network;
    }

    /** The skbs that the driver has. */
    public List<Skb> skbs() {
        return driver.skbs();
    }

    /** What CPU {@code index} did since boot. */
    public List<Recorded.Entry> history(int index) {
        return recorded.cpus().get(index).entries();
    }

    /** What each CPU did since boot. */
    public List<List<Recorded.Entry>> histories() {
        return recorded.cpus().stream().map(Recorded::entries).toList();
    }

    /** What the slab of {@code node}, which has memory, did since boot. */
    public List<Recorded.Entry> slabHistory(NodeId node) {
        return Objects.requireNonNull(recorded.slabs().get(node), "no memory").entries();
    }

    /** Whether an event of {@code kind} happened on any CPU. */
    public boolean happened(EventKind kind) {
        return histories().stream()
                .flatMap(List::stream)
                .anyMatch(entry -> entry instanceof Recorded.Entry.Did did && did.kind() == kind);
    }

    /** How each CPU differs from the sequential machine; empty if none does. */
    public List<String> differences() {
        return IntStream.range(0, recorded.cpus().size())
                .mapToObj(cpu -> NaiveCpu.difference(
                        new CpuId(cpu), machine.topology().memoryNode(cpu), machine.policy(), history(cpu)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Heads and pairs that the slabs have handed out. */
    public int inUse() {
        int inUse = 0;
        for (final NodeId node : machine.topology().memoryNodes()) {
            for (final SlabKind kind : SlabKind.values()) {
                inUse += network.slab(node).slab(kind).inUse();
            }
        }
        return inUse;
    }

    /** Heads that are parked in the CPUs' caches. */
    public int parked() {
        return IntStream.range(0, recorded.cpus().size())
                .map(cpu -> network.cpu(cpu).heads().count())
                .sum();
    }
}
