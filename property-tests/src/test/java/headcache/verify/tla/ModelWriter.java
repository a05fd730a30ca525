package headcache.verify.tla;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuId;
import headcache.protocol.DriverId;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.TaskId;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.verify.Command;
import headcache.verify.scene.Scene;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a scene as the constants of the specification {@code HeadCache.tla}, so that nobody keeps two copies.
 *
 * <p>What the specification leaves out is refused by name.
 */
final class ModelWriter {
    /** What the specification takes from the written module. */
    private static final List<String> WRITTEN = List.of(
            "Cpus",
            "Tasks",
            "Drivers",
            "Nodes",
            "MemoryNode",
            "RunsOn",
            "ZoneList",
            "Capacity",
            "RefillSize",
            "SpillSize",
            "HeadsPerPage",
            "PageLimit",
            "MinPartial",
            "Acknowledged",
            "Script");

    private final Scene scene;
    private final MachineConfig machine;
    private final List<String> cpus;
    private final List<String> tasks;
    private final List<String> drivers;
    private final List<NodeId> nodes;

    private ModelWriter(Scene scene) {
        this.scene = scene;
        this.machine = scene.machine();
        final Topology topology = machine.topology();
        this.cpus = topology.cpuIds().stream().map(CpuId::toString).toList();
        this.tasks = scene.scripts().stream()
                .flatMap(List::stream)
                .map(Command::at)
                .filter(TaskId.class::isInstance)
                .map(Object::toString)
                .distinct()
                .sorted()
                .toList();
        this.drivers = IntStream.range(0, scene.scripts().size())
                .mapToObj(driver -> new DriverId(driver).toString())
                .toList();
        this.nodes = topology.memoryNodes();
    }

    /** The configuration that TLC checks the module of {@link #module} with, whatever the scene. */
    static String config() {
        return config("INVARIANTS Conservation Places Bounds EveryRequestIsAnswered PrintEnd");
    }

    /** The same for counting, without invariants. */
    static String configWithoutInvariants() {
        return config("INVARIANT PrintEnd");
    }

    private static String config(String invariants) {
        return WRITTEN.stream()
                .map(name -> " " + name + " <- The" + name + "\n")
                .collect(Collectors.joining("", "SPECIFICATION Spec\n" + invariants + "\nCONSTANTS\n", ""));
    }

    /**
     * The module called {@code name} that makes the specification one of {@code scene}.
     *
     * @throws IllegalArgumentException if something in the scene is not in the specification
     */
    static String module(String name, Scene scene) {
        final ModelWriter writer = new ModelWriter(scene);
        writer.checkMachine();
        return "---- MODULE " + name + " ----\n\\* scene " + scene.name() + "\nEXTENDS HeadCache\n" + writer.constants()
                + writer.end() + "====\n";
    }

    private void checkMachine() {
        refuseIf(!machine.policy().kernel().equals(Kernel.LINUX_5_12), "a kernel other than v5.12");
        refuseIf(machine.policy().cache().spillEnd() != SpillEnd.NEWEST, "a spill of the oldest");
        refuseIf(machine.remoteNodeDefragRatio() != 0, "the dice for remote pages");
        refuseIf(machine.heads().reservePages() != 0, "a reserve");
        refuseIf(!machine.nics().isEmpty(), "a NIC");
        refuseIf(nodes.size() != machine.topology().nodes(), "a node without memory");
    }

    private void refuseIf(boolean leftOut, String what) {
        if (leftOut) {
            throw new IllegalArgumentException("HeadCache.tla leaves out " + what + ": scene=" + scene.name());
        }
    }

    private String constants() {
        final Topology topology = machine.topology();
        final CachePolicy cache = machine.policy().cache();
        final int[][] zones = topology.zoneLists();
        return define("Cpus", set(cpus))
                + define("Tasks", set(tasks))
                + define("Drivers", set(drivers))
                + define("Nodes", sequence(nodes, node -> quoted(node.toString())))
                + define("MemoryNode", workers(cpu -> topology.memoryNode(cpu).toString()))
                + define("RunsOn", workers(cpus::get))
                + define(
                        "ZoneList",
                        function(
                                nodes.stream().map(NodeId::toString).toList(),
                                node -> sequence(
                                        Arrays.stream(zones[node]).boxed().toList(),
                                        other -> quoted(NodeId.of(other).toString()))))
                + define("Capacity", cache.capacity())
                + define("RefillSize", cache.refill())
                + define("SpillSize", cache.spill())
                + define("HeadsPerPage", machine.heads().headsPerPage())
                + define("PageLimit", machine.heads().pageLimit())
                + define("MinPartial", machine.heads().minPartial())
                + define("Acknowledged", machine.policy().acknowledged() ? "TRUE" : "FALSE")
                + define(
                        "Script",
                        function(drivers, driver -> sequence(scene.scripts().get(driver), this::command)));
    }

    /** What TLC prints of each final state; {@link EndState} has the same of the actors. */
    private String end() {
        final String caches = sequence(cpus, cpu -> "worker[" + quoted(cpu) + "].cache");
        final String slabs = sequence(
                nodes,
                node -> "<<slab[" + quoted(node.toString()) + "].partial, slab[" + quoted(node.toString())
                        + "].spare>>");
        final String kept = sequence(
                IntStream.range(0, drivers.size()).boxed().toList(),
                driver -> "Joined("
                        + sequence(
                                slots(driver),
                                slot -> "HeadOf(driver[" + quoted(drivers.get(driver)) + "].slots[" + (slot + 1) + "])")
                        + ")");
        return "PrintEnd == AtEnd => PrintT(\"end \" \\o ToString(<<" + caches + ", " + slabs + ", " + kept + ">>))\n";
    }

    /** The slots of {@code driver}, ascending; the specification counts them from 1. */
    private List<Integer> slots(int driver) {
        return scene.scripts().get(driver).stream()
                .flatMapToInt(command -> Arrays.stream(command.slots()))
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }

    private String command(Command command) {
        final String at = "at |-> " + quoted(command.at().toString()) + ", ";
        if (command instanceof Command.Call call && call.opensBatch()) {
            return "[do |-> " + quoted(call(call)) + ", " + at + "slot |-> " + (command.slots()[0] + 1) + "]";
        } else if (command instanceof Command.Interrupt interrupt) {
            return "[do |-> \"interrupt\", " + at + "slot |-> " + (interrupt.slot() + 1) + "]";
        } else if (command instanceof Command.Offline order) {
            return "[do |-> \"offline\", " + at + "slot |-> 0, parked |-> "
                    + quoted(order.parked().name())
                    + ", survivor |-> " + quoted(order.survivor().toString()) + "]";
        } else if (command instanceof Command.Online) {
            return "[do |-> \"online\", " + at + "slot |-> 0]";
        }
        throw unknown(command);
    }

    private String call(Command.Call call) {
        final boolean task = call.at() instanceof TaskId;
        final Op op = call.op();
        if (op.equals(Op.allocate(task ? WayIn.ALLOC_SKB : WayIn.NAPI_BUILD_SKB, call.slots()[0]))) {
            return task ? "alloc" : "get";
        } else if (op.equals(Op.release(task ? WayOut.KFREE_SKB : WayOut.NAPI_CONSUME_SKB, call.slots()[0]))) {
            return task ? "free" : "put";
        }
        throw unknown(call);
    }

    private IllegalArgumentException unknown(Command command) {
        return new IllegalArgumentException(
                "HeadCache.tla leaves out the command \"" + command + "\": scene=" + scene.name());
    }

    /** A value for each CPU and for each task, which is pinned to the CPU of its number. */
    private String workers(Function<Integer, String> value) {
        final List<String> both = IntStream.range(0, cpus.size() + tasks.size())
                .mapToObj(this::worker)
                .toList();
        return function(both, i -> {
            final String name = both.get(i);
            return quoted(value.apply(Integer.parseInt(name.substring(name.indexOf('-') + 1))));
        });
    }

    private String worker(int i) {
        return i < cpus.size() ? cpus.get(i) : tasks.get(i - cpus.size());
    }

    private static String define(String name, Object value) {
        return "The" + name + " == " + value + "\n";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String set(List<String> names) {
        return names.stream().map(ModelWriter::quoted).collect(Collectors.joining(", ", "{", "}"));
    }

    private static <T> String sequence(List<T> values, Function<? super T, String> text) {
        return values.stream().map(text).collect(Collectors.joining(", ", "<<", ">>"));
    }

    /** The function that has {@code value} of its place for each of {@code names}. */
    private static String function(List<String> names, Function<Integer, String> value) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> quoted(names.get(i)) + " :> " + value.apply(i))
                .collect(Collectors.joining(" @@ "));
    }
}
