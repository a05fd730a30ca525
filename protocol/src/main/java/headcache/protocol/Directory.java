package headcache.protocol;

import akka.actor.typed.ActorRef;
import java.util.List;

/**
 * Which actor a name stands for.
 *
 * <p>Made once at boot, after all actors exist, and never changed.
 *
 * @param machine the machine
 * @param cpus the CPUs, by index
 * @param nodes the slabs, by node; a memoryless node's entry is the slab of its nearest node with
 *     memory
 * @param depots the depots, by index
 * @param tasks the tasks, by index
 * @param nics the NICs, by index
 * @param drivers the drivers, by index
 */
public record Directory(
        ActorRef<MachineMessage> machine,
        List<ActorRef<CpuMessage>> cpus,
        List<ActorRef<SlabMessage>> nodes,
        List<ActorRef<DepotMessage>> depots,
        List<ActorRef<TaskMessage>> tasks,
        List<ActorRef<NicMessage>> nics,
        List<ActorRef<DriverMessage>> drivers) {

    /** Sends {@code message} to the actor named {@code to}; it must be of the kind that actor takes. */
    public void tell(ActorName to, Message message) {
        if (to instanceof CpuId cpu) {
            cpus.get(cpu.index()).tell((CpuMessage) message);
        } else if (to instanceof NodeId node) {
            nodes.get(node.index()).tell((SlabMessage) message);
        } else if (to instanceof TaskId task) {
            tasks.get(task.index()).tell((TaskMessage) message);
        } else if (to instanceof NicId nic) {
            nics.get(nic.index()).tell((NicMessage) message);
        } else if (to instanceof DriverId driver) {
            drivers.get(driver.index()).tell((DriverMessage) message);
        } else if (to instanceof DepotId depot) {
            depots.get(depot.index()).tell((DepotMessage) message);
        } else {
            machine.tell((MachineMessage) message);
        }
    }
}
