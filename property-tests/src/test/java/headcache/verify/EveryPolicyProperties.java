package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.MachineConfig;
import headcache.machine.RunningMachine.Threads;
import headcache.policy.Policies;
import headcache.policy.Policy;
import headcache.workload.ProgressListener;
import headcache.workload.RunCut;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.WorkloadRun;
import headcache.workload.generated.Generator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;

/** There is nothing that a policy of the registry cannot do, so that none has to say what it supports. */
class EveryPolicyProperties {
    private static final int PACKETS = 3_000;

    @Property(tries = 600)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "All laws hold with every policy on any machine: several nodes, some without memory, tasks, polls of NICs, heads"
                    + " got at once, CPUs that go offline and come back, and slabs that refuse")
    void allLaws(@ForAll("scenarios") Scenario scenario) {
        assertThat(ProgramLaws.outcome(scenario).broken()).isEmpty();
        Often.require("several nodes", 40, scenario.machine().topology().nodes() > 1);
        Often.require("a CPU goes offline", 30, has(scenario, Command.Offline.class));
        Often.require("a NIC receives", 20, has(scenario, Command.Receive.class));
    }

    private static boolean has(Scenario scenario, Class<? extends Command> kind) {
        return scenario.commands().stream().anyMatch(kind::isInstance);
    }

    @Example
    @Label("A running machine can be audited with every policy")
    void audits() {
        for (final Policy policy : Policies.ALL) {
            final RunResult result = WorkloadRun.run(
                    Generator.NUMA_CROSS.workload(
                            Generator.NUMA_CROSS.defaults().withPackets(PACKETS)),
                    RunOptions.DEFAULT
                            .with(policy.cpu())
                            .with(Threads.DETERMINISTIC)
                            .withAuditEvery(PACKETS / 4),
                    ProgressListener.NONE);

            assertThat(result.cuts()).as(policy.name()).hasSizeGreaterThan(3).allMatch(RunCut::addsUp);
        }
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return Combinators.combine(
                        MachineArbitraries.machines(),
                        Arbitraries.of(Policies.ALL),
                        MachineArbitraries.commands(60),
                        MachineArbitraries.schedules())
                .as(EveryPolicyProperties::with);
    }

    private static Scenario with(MachineDraft draft, Policy policy, List<CommandDraft> commands, long schedule) {
        final MachineConfig machine = draft.config().with(policy.cpu());
        return new Scenario(machine, CommandWriter.commands(machine, commands), schedule);
    }
}
