package headcache.verify;

import headcache.machine.MachineConfig;
import headcache.slab.SlabConfig;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Hands random numbers to generators of machines with several nodes, each with little memory. */
final class NodeArbitraries {
    private NodeArbitraries() {}

    static Arbitrary<Scenario> scenarios(int mostCommands) {
        return Combinators.combine(
                        machines(), MachineArbitraries.commands(mostCommands), MachineArbitraries.schedules())
                .as(NodeArbitraries::scenario);
    }

    private static Scenario scenario(MachineConfig machine, List<CommandDraft> commands, long schedule) {
        return new Scenario(machine, CommandWriter.commands(machine, commands), schedule);
    }

    static Arbitrary<MachineConfig> machines() {
        final Arbitrary<SlabConfig> slabs = Combinators.combine(
                        MachineArbitraries.between(1, 8),
                        MachineArbitraries.upTo(2),
                        MachineArbitraries.upTo(4),
                        MachineArbitraries.upTo(2))
                .as(SlabConfig::new);
        return Combinators.combine(MachineArbitraries.machines(), MachineArbitraries.between(1, 3), slabs, slabs)
                .as((draft, nodes, heads, pairs) ->
                        withSlabs(withNodes(draft, nodes).config(), heads, pairs));
    }

    private static MachineDraft withNodes(MachineDraft draft, int nodes) {
        return new MachineDraft(
                draft.cpus(),
                nodes,
                draft.places(),
                draft.memoryless(),
                draft.capacity(),
                draft.refill(),
                draft.spill(),
                draft.kernel(),
                draft.link(),
                draft.page(),
                draft.pages(),
                draft.dice(),
                draft.nics());
    }

    private static MachineConfig withSlabs(MachineConfig machine, SlabConfig heads, SlabConfig pairs) {
        return new MachineConfig(
                machine.topology(),
                machine.policy(),
                heads,
                pairs,
                machine.remoteNodeDefragRatio(),
                machine.seed(),
                machine.nics(),
                machine.ring());
    }
}
