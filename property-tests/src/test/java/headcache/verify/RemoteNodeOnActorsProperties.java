package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.MachineConfig;
import headcache.machine.RunningMachine;
import headcache.machine.RunningMachine.Threads;
import headcache.protocol.DriverId;
import headcache.protocol.NodeId;
import headcache.step.Tap;
import headcache.verify.Recorded.Entry;
import headcache.workload.DriverActor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;

/** The laws of several memory nodes, on actors that run on all processors at once. */
class RemoteNodeOnActorsProperties {
    private static final DriverId DRIVER = new DriverId(0);
    private static final int PHASES = 3;

    @Property(tries = 20)
    @StatisticsReport(onFailureOnly = true)
    @Label("I12 order of places and home: real actors do node by node what the sequential slab does, ask the nearest"
            + " node with memory, and leave every head on its own page")
    void onActors(@ForAll("scenarios") Scenario scenario) {
        final MachineConfig config = scenario.machine();
        final Ledger ledger = new Ledger();
        final RecordedMachine machine = RecordedMachine.of(config.plan(ledger));
        run(machine, scenario);
        final List<List<Entry>> cpus =
                machine.cpus().stream().map(Recorded::entries).toList();
        NodeRoutes.check(config.topology(), cpus, node -> slab(machine, node).entries());
        boolean passedOn = false;
        for (final NodeId id : config.topology().memoryNodes()) {
            final NaiveNode node = NaiveNode.after(id, config, slab(machine, id).entries());
            assertThat(node.difference()).isNull();
            passedOn |= node.served().stream().anyMatch(at -> at.request().hops() > 0);
        }
        assertThat(ledger.violations()).isEmpty();
        Often.require("passed on", 25, passedOn);
    }

    private static void run(RecordedMachine machine, Scenario scenario) {
        final DriverStep driver =
                new DriverStep(DRIVER, machine.cpus().size(), CommandWriter.SLOTS, scenario.commands());
        try (RunningMachine running = RunningMachine.boot(
                machine.plan().withDrivers(List.of(DriverActor.create(DRIVER, driver, Tap.NONE))),
                Threads.all(),
                Duration.ofSeconds(20))) {
            for (int phase = 0; phase < PHASES; phase++) {
                running.send(DRIVER, DriverStep.go(running.console()));
                running.receive();
            }
        }
    }

    private static Recorded<?> slab(RecordedMachine machine, NodeId node) {
        return Objects.requireNonNull(machine.slabs().get(node));
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return NodeArbitraries.scenarios(60);
    }
}
