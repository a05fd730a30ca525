package headcache.machine;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import headcache.cpu.CpuActor;
import headcache.memory.SlabActor;
import headcache.middle.DepotActor;
import headcache.nic.NicActor;
import headcache.nic.TaskActor;
import headcache.protocol.ActorName;
import headcache.protocol.Connect;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
import headcache.protocol.Directory;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.MachineName;
import headcache.protocol.Message;
import headcache.protocol.NicId;
import headcache.protocol.NicMessage;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The actors of a machine, named and watched, and what is said to all of a kind. */
final class Children {
    private final ActorContext<MachineMessage> context;
    private final Directory directory;
    private final List<ActorName> cpus = new ArrayList<>();
    private final List<ActorName> depots = new ArrayList<>();
    private final List<ActorName> parts = new ArrayList<>();
    private final List<ActorName> drivers = new ArrayList<>();

    Children(ActorContext<MachineMessage> context, MachinePlan plan) {
        this.context = context;
        final List<ActorRef<CpuMessage>> cpuRefs = new ArrayList<>();
        for (int i = 0; i < plan.cpus().size(); i++) {
            final CpuId id = new CpuId(i);
            cpuRefs.add(spawn(CpuActor.create(id, plan.cpus().get(i), plan.tap()), id));
            cpus.add(id);
        }
        parts.addAll(cpus);
        final List<ActorRef<SlabMessage>> slabRefs = slabs(plan);
        final List<ActorRef<DepotMessage>> depotRefs = new ArrayList<>();
        for (int i = 0; i < plan.depots().size(); i++) {
            final DepotId id = new DepotId(i);
            depotRefs.add(spawn(DepotActor.create(id, plan.depots().get(i), plan.tap()), id));
            depots.add(id);
        }
        parts.addAll(depots);
        final List<ActorRef<TaskMessage>> taskRefs = new ArrayList<>();
        for (int i = 0; i < plan.tasks().size(); i++) {
            final TaskId id = new TaskId(i);
            taskRefs.add(spawn(TaskActor.create(id, plan.tasks().get(i), plan.tap()), id));
            parts.add(id);
        }
        final List<ActorRef<NicMessage>> nicRefs = new ArrayList<>();
        for (int i = 0; i < plan.nics().size(); i++) {
            final NicId id = new NicId(i);
            nicRefs.add(spawn(NicActor.create(id, plan.nics().get(i), plan.tap()), id));
            parts.add(id);
        }
        final List<ActorRef<DriverMessage>> driverRefs = new ArrayList<>();
        for (int i = 0; i < plan.drivers().size(); i++) {
            final DriverId id = new DriverId(i);
            driverRefs.add(spawn(plan.drivers().get(i), id));
            drivers.add(id);
        }
        directory = new Directory(
                context.getSelf(),
                List.copyOf(cpuRefs),
                List.copyOf(slabRefs),
                List.copyOf(depotRefs),
                List.copyOf(taskRefs),
                List.copyOf(nicRefs),
                List.copyOf(driverRefs));
    }

    private List<ActorRef<SlabMessage>> slabs(MachinePlan plan) {
        final TreeMap<Integer, ActorRef<SlabMessage>> byNode = new TreeMap<>();
        plan.slabs().forEach((node, step) -> {
            final NodeId id = NodeId.of(node);
            byNode.put(node, spawn(SlabActor.create(id, step, plan.tap()), id));
        });
        byNode.keySet().forEach(node -> parts.add(NodeId.of(node)));
        final List<ActorRef<SlabMessage>> refs = new ArrayList<>();
        for (final int node : plan.slabOfNode()) {
            final ActorRef<SlabMessage> slab = byNode.get(node);
            if (slab == null) {
                throw new IllegalArgumentException("no slab to serve a node: slab=" + node);
            }
            refs.add(slab);
        }
        return refs;
    }

    private <M> ActorRef<M> spawn(Behavior<M> behavior, ActorName name) {
        final ActorRef<M> ref = context.spawn(behavior, name.toString());
        context.watch(ref);
        return ref;
    }

    Directory directory() {
        return directory;
    }

    ActorName self() {
        return MachineName.MACHINE;
    }

    void tell(ActorName to, Message message) {
        directory.tell(to, message);
    }

    /** Makes all parts known to one another, then lets the drivers go. */
    Gathering connect() {
        return tellAll(parts, new Connect(directory), () -> tellAllOrNone(drivers, new Connect(directory)));
    }

    /** CPUs first: what they are still doing may need the depots. */
    Gathering drain() {
        final CpuMessage.Drain order = new CpuMessage.Drain(self());
        return tellAll(cpus, order, () -> tellAllOrNone(depots, order));
    }

    Gathering report() {
        return tellAll(parts, new CpuMessage.Report(self()), () -> null);
    }

    private @Nullable Gathering tellAllOrNone(List<ActorName> to, Message message) {
        return to.isEmpty() ? null : tellAll(to, message, () -> null);
    }

    private Gathering tellAll(List<ActorName> to, Message message, Supplier<@Nullable Gathering> next) {
        for (final ActorName name : to) {
            directory.tell(name, message);
        }
        return new Gathering(to, next);
    }

    boolean isDriver(ActorRef<Void> ref) {
        return directory.drivers().stream().anyMatch(driver -> driver.path().equals(ref.path()));
    }

    void stopAll() {
        context.getChildren().forEach(context::stop);
    }
}
