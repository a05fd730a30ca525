package headcache.verify;

import headcache.machine.MachinePlan;
import headcache.protocol.CpuMessage;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.step.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A machine whose CPUs and slabs have their histories written down.
 *
 * @param plan the machine, not booted yet
 * @param cpus its CPUs, by index
 * @param slabs its slabs, by node
 */
record RecordedMachine(MachinePlan plan, List<Recorded<CpuMessage>> cpus, Map<NodeId, Recorded<SlabMessage>> slabs) {

    /** The machine {@code plan}, written down; its tap sees what it would see otherwise. */
    static RecordedMachine of(MachinePlan plan) {
        final List<Recorded<CpuMessage>> cpus =
                plan.cpus().stream().map(Recorded::new).toList();
        final Map<NodeId, Recorded<SlabMessage>> slabs = new HashMap<>();
        final Map<Integer, Step<SlabMessage>> slabSteps = new TreeMap<>();
        plan.slabs().forEach((node, step) -> {
            final Recorded<SlabMessage> slab = new Recorded<>(step);
            slabs.put(NodeId.of(node), slab);
            slabSteps.put(node, slab);
        });
        final List<Step<CpuMessage>> cpuSteps = new ArrayList<>(cpus);
        return new RecordedMachine(
                new MachinePlan(
                        cpuSteps,
                        slabSteps,
                        plan.slabOfNode(),
                        plan.depots(),
                        plan.tasks(),
                        plan.nics(),
                        plan.drivers(),
                        Recorded.within(plan.tap())),
                cpus,
                slabs);
    }
}
