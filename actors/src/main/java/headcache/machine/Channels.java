package headcache.machine;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.DepotId;
import headcache.protocol.DriverId;
import headcache.protocol.NicId;
import headcache.protocol.NodeId;
import headcache.protocol.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Who may send to whom: the channels on which heads travel through a machine.
 *
 * <p>The actor that boots the machine, and whoever else stands outside, has no part in it: no head goes through it.
 */
public final class Channels {
    private static final List<Rule> RULES = List.of(
            new Rule(DriverId.class, CpuId.class),
            new Rule(CpuId.class, DriverId.class),
            new Rule(CpuId.class, NodeId.class),
            new Rule(NodeId.class, CpuId.class),
            new Rule(NodeId.class, NodeId.class),
            new Rule(CpuId.class, DepotId.class),
            new Rule(DepotId.class, CpuId.class),
            new Rule(DepotId.class, NodeId.class),
            new Rule(NodeId.class, DepotId.class),
            new Rule(DriverId.class, TaskId.class, Use.TASKS),
            new Rule(TaskId.class, DriverId.class, Use.TASKS),
            new Rule(TaskId.class, NodeId.class, Use.TASKS),
            new Rule(NodeId.class, TaskId.class, Use.TASKS),
            new Rule(DriverId.class, NicId.class, Use.POLLS),
            new Rule(NicId.class, CpuId.class, Use.POLLS),
            new Rule(CpuId.class, NicId.class, Use.POLLS),
            new Rule(CpuId.class, TaskId.class, Use.POLLS, Use.TASKS),
            new Rule(CpuId.class, CpuId.class, Use.HOTPLUG),
            new Rule(CpuId.class, CpuId.class, Use.RETURNS),
            new Rule(CpuId.class, CpuId.class, Use.DEFERS),
            new Rule(TaskId.class, CpuId.class, Use.TASKS, Use.DEFERS),
            new Rule(CpuId.class, TaskId.class, Use.TASKS, Use.DEFERS));

    private final List<Integer> slabOfNode;
    private final Map<ActorName, List<ActorName>> receivers;
    private final Map<ActorName, List<ActorName>> senders;

    /** What a machine does besides batches on its CPUs. What it does not do needs no channel. */
    public enum Use {
        /** Tasks are given work. */
        TASKS,
        /** NICs, or drivers that play them, have polls run. */
        POLLS,
        /** CPUs go offline and come back. */
        HOTPLUG,
        /** CPUs give heads back to the CPUs that own them. */
        RETURNS,
        /** Skbs are handed back to the CPUs that allocated them. */
        DEFERS;

        /** All there is. */
        public static final Set<Use> ALL = Set.of(values());
    }

    /** Actors of one kind send to all others of another, or of their own, if the machine does all of {@code needs}. */
    private record Rule(Class<? extends ActorName> from, Class<? extends ActorName> to, Set<Use> needs) {
        Rule(Class<? extends ActorName> from, Class<? extends ActorName> to, Use... needs) {
            this(from, to, Set.of(needs));
        }
    }

    private Channels(List<Integer> slabOfNode, Map<ActorName, List<ActorName>> receivers) {
        this.slabOfNode = slabOfNode;
        this.receivers = receivers;
        this.senders = new LinkedHashMap<>();
        receivers.keySet().forEach(actor -> senders.put(actor, new ArrayList<>()));
        receivers.forEach((from, all) -> all.forEach(
                to -> senders.computeIfAbsent(to, unknown -> new ArrayList<>()).add(from)));
    }

    /** The channels of {@code plan} with {@code drivers} drivers, if it does no more than {@code uses}. */
    public static Channels of(MachinePlan plan, int drivers, Set<Use> uses) {
        final Map<Class<? extends ActorName>, List<ActorName>> actors = new LinkedHashMap<>();
        actors.put(CpuId.class, names(plan.cpus().size(), CpuId::new));
        actors.put(
                NodeId.class,
                plan.slabs().keySet().stream()
                        .sorted()
                        .<ActorName>map(NodeId::of)
                        .toList());
        actors.put(DepotId.class, names(plan.depots().size(), DepotId::new));
        actors.put(TaskId.class, names(plan.tasks().size(), TaskId::new));
        actors.put(NicId.class, names(plan.nics().size(), NicId::new));
        actors.put(DriverId.class, names(drivers, DriverId::new));
        final Map<ActorName, List<ActorName>> receivers = new LinkedHashMap<>();
        actors.forEach((kind, senders) -> senders.forEach(from -> receivers.put(
                from,
                RULES.stream()
                        .filter(rule -> rule.from() == kind && uses.containsAll(rule.needs()))
                        .flatMap(rule -> actors.getOrDefault(rule.to(), List.of()).stream())
                        .filter(to -> !to.equals(from))
                        .distinct()
                        .toList())));
        return new Channels(plan.slabOfNode(), receivers);
    }

    private static List<ActorName> names(int count, IntFunction<ActorName> name) {
        return IntStream.range(0, count).mapToObj(name).toList();
    }

    /** Those of these channels, by sender and receiver, for which {@code which} is true. */
    public Channels keeping(BiPredicate<ActorName, ActorName> which) {
        final Map<ActorName, List<ActorName>> kept = new LinkedHashMap<>();
        receivers.forEach((from, all) ->
                kept.put(from, all.stream().filter(to -> which.test(from, to)).toList()));
        return new Channels(slabOfNode, kept);
    }

    /** Every actor that has a channel: CPUs, slabs, depots, tasks, NICs, drivers, each by index. */
    public List<ActorName> actors() {
        return receivers.keySet().stream()
                .filter(actor ->
                        !receiversOf(actor).isEmpty() || !sendersTo(actor).isEmpty())
                .toList();
    }

    /** Whether {@code name} has a channel. */
    public boolean isActor(ActorName name) {
        return !receiversOf(name).isEmpty() || !sendersTo(name).isEmpty();
    }

    /** To whom {@code actor} may send. */
    public List<ActorName> receiversOf(ActorName actor) {
        return receivers.getOrDefault(actor, List.of());
    }

    /** Who may send to {@code actor}. */
    public List<ActorName> sendersTo(ActorName actor) {
        return senders.getOrDefault(actor, List.of());
    }

    /** How many channels there are. */
    public int count() {
        return receivers.values().stream().mapToInt(List::size).sum();
    }

    /** Who gets what is sent to {@code name}: itself, or the slab that serves a node without memory. */
    public ActorName receiver(ActorName name) {
        return name instanceof NodeId node ? NodeId.of(slabOfNode.get(node.index())) : name;
    }
}
