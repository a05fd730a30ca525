package headcache.machine;

import akka.actor.typed.Behavior;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.NicMessage;
import headcache.protocol.SlabMessage;
import headcache.protocol.TaskMessage;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.List;
import java.util.Map;

/**
 * Everything a machine is booted from: the step of each actor, by index.
 *
 * @param cpus the CPUs
 * @param slabs the slabs, by node; a memoryless node has none
 * @param slabOfNode for each node, whose slab serves what is asked of it
 * @param depots what lies between CPUs and slabs, if anything does
 * @param tasks the tasks
 * @param nics the NICs
 * @param drivers what feeds the machine; each gets its directory last, when all others have theirs
 * @param tap who watches
 */
public record MachinePlan(
        List<Step<CpuMessage>> cpus,
        Map<Integer, Step<SlabMessage>> slabs,
        List<Integer> slabOfNode,
        List<Step<DepotMessage>> depots,
        List<Step<TaskMessage>> tasks,
        List<Step<NicMessage>> nics,
        List<Behavior<DriverMessage>> drivers,
        Tap tap) {

    /** This plan with {@code drivers} to feed the machine. */
    public MachinePlan withDrivers(List<Behavior<DriverMessage>> others) {
        return new MachinePlan(cpus, slabs, slabOfNode, depots, tasks, nics, List.copyOf(others), tap);
    }
}
