package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.audit.Audit;
import headcache.audit.AuditMessage;
import headcache.audit.AuditedStep;
import headcache.audit.Cut;
import headcache.machine.Channels;
import headcache.machine.MachinePlan;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.DriverId;
import headcache.protocol.Marker;
import headcache.protocol.Message;
import headcache.protocol.NicId;
import headcache.protocol.NodeId;
import headcache.protocol.TaskId;
import headcache.protocol.Via;
import headcache.step.EventLog;
import headcache.step.HeadCount;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;

/** What an audit says of random machines that do anything in any order. */
class AuditProperties {
    private static final DriverId DRIVER = new DriverId(0);
    private static final DriverId CALLER = new DriverId(1);
    private static final DriverId AUDIT = new DriverId(2);

    /** How many times a cut is asked for; the markers of many more would be all that is delivered. */
    private static final int BEGINS = 6;

    @Property(tries = 400)
    @StatisticsReport(onFailureOnly = true)
    @Label("I1 in flight: in every cut through a running machine every head is found in exactly one place")
    void everyCutAddsUp(@ForAll("scenarios") Scenario scenario, @ForAll @IntRange(min = 1, max = 200) int every) {
        final AuditedRun run = new AuditedRun(scenario, every);
        assertThat(run.cuts())
                .isNotEmpty()
                .allSatisfy(cut -> assertThat(cut.faults()).isEmpty());
        Often.require(
                "heads in messages",
                40,
                run.cuts().stream().anyMatch(cut -> cut.inMessages().count() > 0));
    }

    /**
     * The deliveries that each actor saw before its own cut, and no others, are a run of the same machine without any
     * audit: each message was sent by then. And that run ends in the state that the cut tells.
     */
    @Property(tries = 200)
    @StatisticsReport(onFailureOnly = true)
    @Label("every cut is a state that the machine can come to: what it counts is there at the end of a run")
    void everyCutIsAStateThatCanBeReached(
            @ForAll("scenarios") Scenario scenario, @ForAll @IntRange(min = 1, max = 200) int every) {
        final AuditedRun run = new AuditedRun(scenario, every);
        final List<Cut> cuts = run.cuts();
        for (final Cut cut : List.of(cuts.get(0), cuts.get(cuts.size() / 2))) {
            final MachinePlan plan = scenario.machine().plan(Tap.NONE);
            final StepNetwork network = new StepNetwork(plan, scenario.schedule());
            final DriverStep driver = driver(scenario, plan);
            network.add(DRIVER, driver);
            network.send(CALLER, DRIVER, DriverStep.go(CALLER));
            run.before(cut.number()).forEach(delivery -> network.deliver(delivery.from(), delivery.to()));

            final Map<ActorName, Step<?>> steps = steps(plan);
            steps.put(DRIVER, driver);
            for (final AuditMessage.Counted part : cut.parts()) {
                final HeadCount there = HeadCount.nothing();
                Objects.requireNonNull(steps.get(part.who())).count(there);
                assertThat(there).as(part.who() + " at " + cut.number()).isEqualTo(part.here());
            }
            assertThat(network.underWay()).isEqualTo(cut.messages());
        }
        Often.require("messages under way", 60, cuts.stream().anyMatch(cut -> cut.messages() > 1));
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return MachineArbitraries.scenarios();
    }

    private static DriverStep driver(Scenario scenario, MachinePlan plan) {
        return new DriverStep(DRIVER, plan.cpus().size(), CommandWriter.SLOTS, scenario.commands());
    }

    private static Map<ActorName, Step<?>> steps(MachinePlan plan) {
        final Map<ActorName, Step<?>> steps = new LinkedHashMap<>();
        for (int i = 0; i < plan.cpus().size(); i++) {
            steps.put(new CpuId(i), plan.cpus().get(i));
        }
        plan.slabs().forEach((node, step) -> steps.put(NodeId.of(node), step));
        for (int i = 0; i < plan.tasks().size(); i++) {
            steps.put(new TaskId(i), plan.tasks().get(i));
        }
        for (int i = 0; i < plan.nics().size(); i++) {
            steps.put(new NicId(i), plan.nics().get(i));
        }
        return steps;
    }

    /** A delivery, and which cut its receiver had taken part in by then. */
    private record Delivery(ActorName from, ActorName to, int cut) {}

    /** A scenario's commands, with a cut asked for at first and a few times more after so many deliveries each. */
    private static final class AuditedRun implements Tap {
        private final List<Delivery> deliveries = new ArrayList<>();
        private final StepNetwork network;

        AuditedRun(Scenario scenario, int every) {
            final MachinePlan plan = scenario.machine().plan(this);
            final Audit audit = new Audit(Channels.of(plan, 1, Channels.Use.ALL), AUDIT);
            network = new StepNetwork(audit.audited(plan), scenario.schedule());
            network.add(DRIVER, audit.audited(DRIVER, driver(scenario, plan)));
            network.add(AUDIT, audit.step());
            network.send(CALLER, DRIVER, DriverStep.go(CALLER));
            network.deliver(CALLER, DRIVER);
            network.send(CALLER, AUDIT, new AuditMessage.Begin(CALLER));
            while (network.deliver()) {
                if (network.delivered() % every == 0 && network.delivered() / every < BEGINS) {
                    network.send(CALLER, AUDIT, new AuditMessage.Begin(CALLER));
                }
            }
        }

        @Override
        public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
            if (state instanceof AuditedStep<?> audited && !(message instanceof Marker)) {
                deliveries.add(new Delivery(message instanceof Via via ? via.from() : CALLER, who, audited.cut()));
            }
        }

        List<Cut> cuts() {
            return network.outside().stream()
                    .map(StepNetwork.Letter::message)
                    .filter(Cut.class::isInstance)
                    .map(Cut.class::cast)
                    .toList();
        }

        List<Delivery> before(int cut) {
            return deliveries.stream().filter(delivery -> delivery.cut() < cut).toList();
        }
    }
}
