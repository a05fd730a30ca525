package headcache.verify;

import headcache.machine.MachineConfig;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabMessage.Failslab;
import headcache.protocol.SlabMessage.LimitPages;
import headcache.protocol.SlabMessage.PreferRemote;

/** What befalls a slab or a CPU from outside while it runs, each as the one message that it is. */
enum Fault {
    /** The next requests to a slab fail. */
    FAILSLAB,
    /** Others take the memory of a node, or give it back. */
    LIMIT_PAGES,
    /** The next allocations of data on a CPU fail. */
    FAIL_DATA,
    /** Pages of other nodes are preferred to new ones, or not. */
    PREFER_REMOTE;

    private static final int MOST_TIMES = 3;
    private static final int[] RATIOS = {1024, 0, 512};

    /** The command that {@code draft} means to {@code machine}. */
    Command.Set on(MachineConfig machine, CommandDraft draft) {
        final int detail = draft.detail();
        return switch (this) {
            case FAILSLAB -> slab(machine, draft, new Failslab(1 + detail % MOST_TIMES));
            case LIMIT_PAGES ->
                slab(machine, draft, new LimitPages(detail % (machine.heads().pageLimit() + 1)));
            case FAIL_DATA ->
                new Command.Set(
                        new CpuId(draft.where() % machine.topology().cpus()),
                        new CpuMessage.FailData(1 + detail % MOST_TIMES));
            case PREFER_REMOTE -> slab(machine, draft, new PreferRemote(RATIOS[detail % RATIOS.length]));
        };
    }

    /** A node without memory has no slab; the next one that has is meant. */
    private static Command.Set slab(MachineConfig machine, CommandDraft draft, SlabMessage setting) {
        final int nodes = machine.topology().nodes();
        int node = draft.where() % nodes;
        while (!machine.topology().hasMemory().get(node)) {
            node = (node + 1) % nodes;
        }
        return new Command.Set(NodeId.of(node), setting);
    }
}
