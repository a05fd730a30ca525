package headcache.machine;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import headcache.machine.MachineActor.Order;
import headcache.nic.Queue;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.MachineMessage.Connected;
import headcache.protocol.NapiId;
import headcache.protocol.NicId;
import headcache.protocol.NodeId;
import headcache.protocol.TaskId;
import headcache.step.Tap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The machine actor alone, on this thread: its children are inboxes, and what they answer is up to the
 * test. It has three CPUs, two nodes, three tasks, a NIC and two drivers.
 */
final class MachineKit {
    /** Every part in the order of a snapshot. */
    static final List<String> PARTS =
            List.of("cpu-0", "cpu-1", "cpu-2", "node-0", "node-1", "task-0", "task-1", "task-2", "nic-0");

    static final List<String> DRIVERS = List.of("driver-0", "driver-1");

    private final BehaviorTestKit<MachineMessage> machine;
    private final TestInbox<MachineReply> replies = TestInbox.create();
    private final Map<String, TestInbox<Object>> children = new TreeMap<>();

    MachineKit() {
        final MachineConfig config = MachineConfig.of(Topology.even(3, 2))
                .withNics(List.of(List.of(new Queue(new NapiId(0), new CpuId(0)))));
        final List<Behavior<DriverMessage>> drivers = List.of(Behaviors.ignore(), Behaviors.ignore());
        machine =
                BehaviorTestKit.create(MachineActor.create(config.plan(Tap.NONE).withDrivers(drivers)));
        PARTS.forEach(name -> children.put(name, machine.childInbox(name)));
        DRIVERS.forEach(name -> children.put(name, machine.childInbox(name)));
    }

    /** A kit whose machine is booted. */
    static MachineKit booted() {
        final MachineKit kit = new MachineKit();
        PARTS.forEach(name -> kit.tell(new Connected(kit.name(name))));
        DRIVERS.forEach(name -> kit.tell(new Connected(kit.name(name))));
        kit.children.values().forEach(TestInbox::getAllReceived);
        return kit;
    }

    /** The name of a child: {@code cpu-0}. */
    ActorName name(String child) {
        final int index = Integer.parseInt(child.substring(child.indexOf('-') + 1));
        return switch (child.substring(0, child.indexOf('-'))) {
            case "cpu" -> new CpuId(index);
            case "node" -> NodeId.of(index);
            case "task" -> new TaskId(index);
            case "nic" -> new NicId(index);
            default -> new DriverId(index);
        };
    }

    void tell(MachineMessage message) {
        machine.run(message);
    }

    void order(Function<ActorRef<MachineReply>, Order> order) {
        machine.run(order.apply(replies.getRef()));
    }

    /** The replies to orders since the last call. */
    List<MachineReply> replies() {
        return replies.getAllReceived();
    }

    /** What {@code child} was told since the last call. */
    List<Object> told(String child) {
        return inbox(child).getAllReceived();
    }

    /** Lets {@code child} fail because of {@code cause}. */
    void crash(String child, Throwable cause) {
        machine.signal(new ChildFailed(inbox(child).getRef().narrow(), cause));
    }

    /** Lets {@code child} stop by itself. */
    void stop(String child) {
        machine.signal(new Terminated(inbox(child).getRef().narrow()));
    }

    private TestInbox<Object> inbox(String child) {
        final TestInbox<Object> inbox = children.get(child);
        if (inbox == null) {
            throw new IllegalArgumentException("no such child: " + child);
        }
        return inbox;
    }

    BehaviorTestKit<MachineMessage> machine() {
        return machine;
    }
}
