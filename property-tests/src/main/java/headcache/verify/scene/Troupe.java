package headcache.verify.scene;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import headcache.cpu.CpuActor;
import headcache.machine.MachinePlan;
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
import headcache.protocol.Message;
import headcache.protocol.NicId;
import headcache.protocol.NicMessage;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import headcache.step.ShellBehavior;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Spawns the real actors of a scene, whatever actor system they live in, and tells each of all others. */
final class Troupe {
    private final ActorContext<?> context;
    private final Casting casting;

    /** Says which step plays a part, and who watches it. */
    interface Casting {

        /** The step that plays {@code who}, whose part is {@code step}; asked once for each, in a fixed order. */
        <M extends Message> Played<M> play(ActorName who, Step<M> step);
    }

    /** A step as it is played, and who watches it. */
    record Played<M extends Message>(Step<M> step, Tap tap) {}

    private Troupe(ActorContext<?> context, Casting casting) {
        this.context = context;
        this.casting = casting;
    }

    /** Spawns {@code players}; returns the drivers, the collector of an audit last. */
    static List<ActorRef<DriverMessage>> spawn(ActorContext<?> context, Players players, Casting casting) {
        final Troupe troupe = new Troupe(context, casting);
        final MachinePlan plan = players.plan();
        final List<ActorRef<CpuMessage>> cpus = new ArrayList<>();
        for (int i = 0; i < plan.cpus().size(); i++) {
            cpus.add(troupe.cpu(new CpuId(i), plan.cpus().get(i)));
        }
        final Map<Integer, ActorRef<SlabMessage>> slabs = new TreeMap<>();
        plan.slabs().forEach((node, step) -> slabs.put(node, troupe.slab(NodeId.of(node), step)));
        final List<ActorRef<DepotMessage>> depots = new ArrayList<>();
        for (int i = 0; i < plan.depots().size(); i++) {
            depots.add(troupe.depot(new DepotId(i), plan.depots().get(i)));
        }
        final List<ActorRef<TaskMessage>> tasks = new ArrayList<>();
        for (int i = 0; i < plan.tasks().size(); i++) {
            tasks.add(troupe.task(new TaskId(i), plan.tasks().get(i)));
        }
        final List<ActorRef<NicMessage>> nics = new ArrayList<>();
        for (int i = 0; i < plan.nics().size(); i++) {
            nics.add(troupe.nic(new NicId(i), plan.nics().get(i)));
        }
        final List<ActorRef<DriverMessage>> drivers = new ArrayList<>();
        for (int i = 0; i < players.scripts().size(); i++) {
            drivers.add(troupe.driver(new DriverId(i), players.scripts().get(i)));
        }
        if (players.collector() != null) {
            drivers.add(troupe.driver(players.collector().id(), players.collector()));
        }
        final Connect connect = new Connect(new Directory(
                context.getSystem().ignoreRef(),
                cpus,
                plan.slabOfNode().stream().map(slabs::get).toList(),
                depots,
                tasks,
                nics,
                Stream.concat(drivers.stream(), Stream.of(context.getSystem().<DriverMessage>ignoreRef()))
                        .toList()));
        cpus.forEach(ref -> ref.tell(connect));
        slabs.values().forEach(ref -> ref.tell(connect));
        depots.forEach(ref -> ref.tell(connect));
        tasks.forEach(ref -> ref.tell(connect));
        nics.forEach(ref -> ref.tell(connect));
        drivers.forEach(ref -> ref.tell(connect));
        return drivers;
    }

    /** Asks {@code casting} for all parts of {@code players}, in the order in which {@link #spawn} does, and spawns nobody. */
    static void cast(Players players, Casting casting) {
        final MachinePlan plan = players.plan();
        for (int i = 0; i < plan.cpus().size(); i++) {
            casting.play(new CpuId(i), plan.cpus().get(i));
        }
        plan.slabs().forEach((node, step) -> casting.play(NodeId.of(node), step));
        for (int i = 0; i < plan.depots().size(); i++) {
            casting.play(new DepotId(i), plan.depots().get(i));
        }
        for (int i = 0; i < plan.tasks().size(); i++) {
            casting.play(new TaskId(i), plan.tasks().get(i));
        }
        for (int i = 0; i < plan.nics().size(); i++) {
            casting.play(new NicId(i), plan.nics().get(i));
        }
        for (int i = 0; i < players.scripts().size(); i++) {
            casting.play(new DriverId(i), players.scripts().get(i));
        }
        if (players.collector() != null) {
            casting.play(players.collector().id(), players.collector());
        }
    }

    private ActorRef<CpuMessage> cpu(CpuId id, Step<CpuMessage> step) {
        final Played<CpuMessage> played = casting.play(id, step);
        return context.spawn(CpuActor.create(id, played.step(), played.tap()), id.toString());
    }

    private ActorRef<SlabMessage> slab(NodeId id, Step<SlabMessage> step) {
        final Played<SlabMessage> played = casting.play(id, step);
        return context.spawn(SlabActor.create(id, played.step(), played.tap()), id.toString());
    }

    private ActorRef<DepotMessage> depot(DepotId id, Step<DepotMessage> step) {
        final Played<DepotMessage> played = casting.play(id, step);
        return context.spawn(DepotActor.create(id, played.step(), played.tap()), id.toString());
    }

    private ActorRef<TaskMessage> task(TaskId id, Step<TaskMessage> step) {
        final Played<TaskMessage> played = casting.play(id, step);
        return context.spawn(TaskActor.create(id, played.step(), played.tap()), id.toString());
    }

    private ActorRef<NicMessage> nic(NicId id, Step<NicMessage> step) {
        final Played<NicMessage> played = casting.play(id, step);
        return context.spawn(NicActor.create(id, played.step(), played.tap()), id.toString());
    }

    private ActorRef<DriverMessage> driver(DriverId id, Step<DriverMessage> step) {
        final Played<DriverMessage> played = casting.play(id, step);
        return context.spawn(ShellBehavior.create(id, played.step(), played.tap(), DriverMessage.class), id.toString());
    }
}
