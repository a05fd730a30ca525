package headcache.protocol;

/**
 * The name of an actor inside the machine.
 *
 * <p>Messages inside the machine carry names; only the shells around the steps know which {@code
 * ActorRef} a name stands for. So a message can be compared, copied and encoded without Akka.
 */
public sealed interface ActorName permits CpuId, NodeId, DepotId, TaskId, NicId, DriverId, MachineName {}
