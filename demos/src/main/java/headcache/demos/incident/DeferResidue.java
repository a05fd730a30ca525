package headcache.demos.incident;

import headcache.cpu.CpuPolicy;
import headcache.demos.incident.LevelChart.Column;
import headcache.demos.incident.Side.Figure;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuId;
import headcache.protocol.CpuReport;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.TaskId;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is handed back to a CPU that does nothing more, on a list that is too short to be noticed. */
final class DeferResidue implements Incident {
    private static final CpuId OWNER = new CpuId(0);
    private static final TaskId READER = new TaskId(1);
    private static final int READ = 90;

    @Override
    public String name() {
        return "defer-residue";
    }

    @Override
    public String title() {
        return "heads that are handed back to an idle CPU stay on its list for ever";
    }

    @Override
    public String story() {
        return "Since v5.19 an skb that is read on another CPU goes to a list of the CPU that allocated it, which empties it"
                + " at the end of its next poll. If that never comes, it is told when the list is half full. Less than half"
                + " stays as long as the CPU is idle, with all that the skbs hold: connections could not be forgotten, and"
                + " network namespaces not be removed, until the references were dropped before (783d108dd71d, 2ef02ac38d3c)."
                + " No safety law sees it, for nothing is lost. With skb_defer_max=0 nothing is handed back.";
    }

    @Override
    public String source() {
        return "68822bdf76f1; net.core.skb_defer_max";
    }

    @Override
    public Played play() {
        final List<Column> columns = new ArrayList<>();
        final Kernel kernel = Kernel.LINUX_5_19;
        final Side before = side("linux-5.19", kernel, columns);
        final Side after = side("with skb_defer_max=0", kernel.withDeferMax(0), new ArrayList<>());
        return new Played(
                "cpu-0 takes " + READ + " heads and is idle; a task on cpu-1 reads and frees the skbs one by one",
                "when all is read and nothing more happens, no skb waits to be freed",
                List.of(before, after),
                LevelChart.of(
                        "linux-5.19: skbs on the list of cpu-0 after each that is read, K a kick",
                        columns,
                        kernel.deferKick()));
    }

    private static Side side(final String name, final Kernel kernel, final List<Column> columns) {
        final CpuPolicy policy = new CpuPolicy(CpuPolicy.LINUX_5_12.cache(), kernel, true, CpuPolicy.BACKLOG_LIMIT);
        try (Bench bench =
                new Bench(MachineConfig.of(Topology.even(2, 1)).with(policy).withRemoteNodeDefragRatio(0))) {
            final @Nullable Skb[] taken =
                    bench.batch(OWNER, new @Nullable Skb[READ], slot -> Op.allocate(WayIn.NAPI_BUILD_SKB, slot));
            long kicks = 0;
            for (final Skb skb : Arrays.asList(taken)) {
                bench.batch(READER, new @Nullable Skb[] {skb}, slot -> Op.release(WayOut.HAND_BACK, slot));
                final CpuReport owner = bench.cpu(OWNER);
                columns.add(new Column(owner.onDeferList(), owner.deferKicks() > kicks ? 'K' : ' '));
                kicks = owner.deferKicks();
            }
            final CpuReport owner = bench.cpu(OWNER);
            return new Side(
                    name,
                    owner.onDeferList() == 0,
                    List.of(
                            Figure.of("on the list for ever", owner.onDeferList()),
                            Figure.of("kicks", owner.deferKicks()),
                            Figure.of("handed back", owner.deferred()),
                            Figure.of("freed by the reader", owner.deferRefused())));
        }
    }
}
