package headcache.machine;

import headcache.cpu.CpuStep;
import headcache.memory.NodeConfig;
import headcache.memory.SlabStep;
import headcache.memory.ZoneLists;
import headcache.middle.BarnStep;
import headcache.middle.DepotStep;
import headcache.middle.Magazines;
import headcache.middle.Sheaves;
import headcache.nic.NicStep;
import headcache.nic.TaskStep;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
import headcache.protocol.NicId;
import headcache.protocol.NicMessage;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A machine of which everything is worked out that is the same at every boot: who is nearest to which memory. Whoever
 * boots the same machine again and again keeps it.
 */
public final class Blueprint {
    private final MachineConfig machine;
    private final List<CpuId> cpus;

    /** The memory node of each CPU. */
    private final List<NodeId> memory;

    private final List<NodeConfig> nodes;
    private final List<Integer> slabOfNode;

    /** Works out {@code machine}. */
    public Blueprint(MachineConfig machine) {
        final Topology topology = machine.topology();
        final ZoneLists zones = ZoneLists.of(topology.zoneLists());
        this.machine = machine;
        this.cpus = topology.cpuIds();
        this.memory = cpus.stream().map(cpu -> topology.memoryNode(cpu.index())).toList();
        this.nodes = topology.memoryNodes().stream()
                .map(node -> new NodeConfig(
                        node,
                        zones,
                        machine.heads(),
                        machine.pairs(),
                        machine.remoteNodeDefragRatio(),
                        machine.seed() + node.index()))
                .toList();
        this.slabOfNode = MachineConfig.slabOfNode(topology);
    }

    /** The steps that make this machine at boot, watched by {@code tap}, without drivers. */
    public MachinePlan plan(Tap tap) {
        final List<Step<CpuMessage>> cpuSteps = new ArrayList<>();
        final List<Step<TaskMessage>> taskSteps = new ArrayList<>();
        for (int cpu = 0; cpu < cpus.size(); cpu++) {
            cpuSteps.add(new CpuStep(cpus.get(cpu), memory.get(cpu), machine.policy()));
            taskSteps.add(new TaskStep(
                    new TaskId(cpu),
                    cpu,
                    memory.get(cpu),
                    machine.policy().kernel(),
                    machine.policy().acknowledged()));
        }
        final TreeMap<Integer, Step<SlabMessage>> slabs = new TreeMap<>();
        for (final NodeConfig node : nodes) {
            slabs.put(node.node().index(), new SlabStep(node));
        }
        final List<Step<NicMessage>> nicSteps = new ArrayList<>();
        for (int nic = 0; nic < machine.nics().size(); nic++) {
            nicSteps.add(new NicStep(new NicId(nic), machine.nics().get(nic), machine.ring()));
        }
        return new MachinePlan(cpuSteps, slabs, slabOfNode, depots(), taskSteps, nicSteps, List.of(), tap);
    }

    /** One depot for all, near CPU 0, if CPUs trade magazines; a barn for each node if they trade sheaves. */
    private List<Step<DepotMessage>> depots() {
        if (machine.policy().middle() instanceof Magazines magazines) {
            return List.of(new DepotStep(new DepotId(0), memory.get(0), magazines));
        } else if (machine.policy().middle() instanceof Sheaves sheaves) {
            final List<Step<DepotMessage>> barns = new ArrayList<>();
            for (int node = 0; node < machine.topology().nodes(); node++) {
                barns.add(new BarnStep(new DepotId(node), NodeId.of(node), sheaves));
            }
            return barns;
        }
        return List.of();
    }
}
