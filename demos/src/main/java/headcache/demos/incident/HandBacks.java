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

/**
 * A CPU that takes heads and then is idle, while a task on another one reads and frees the skbs one by one.
 *
 * @param owner the idle CPU's counters at the end
 * @param columns what was on its list after each skb that was read, K where it was told
 */
record HandBacks(CpuReport owner, List<Column> columns) {
    private static final CpuId OWNER = new CpuId(0);
    private static final TaskId READER = new TaskId(1);

    /** Plays it with {@code read} skbs on {@code kernel}. */
    static HandBacks of(final Kernel kernel, final int read) {
        final CpuPolicy policy = new CpuPolicy(CpuPolicy.LINUX_5_12.cache(), kernel, true, CpuPolicy.BACKLOG_LIMIT);
        try (Bench bench =
                new Bench(MachineConfig.of(Topology.even(2, 1)).with(policy).withRemoteNodeDefragRatio(0))) {
            final @Nullable Skb[] taken =
                    bench.batch(OWNER, new @Nullable Skb[read], slot -> Op.allocate(WayIn.NAPI_BUILD_SKB, slot));
            final List<Column> columns = new ArrayList<>();
            long kicks = 0;
            for (final Skb skb : Arrays.asList(taken)) {
                bench.batch(READER, new @Nullable Skb[] {skb}, slot -> Op.release(WayOut.HAND_BACK, slot));
                final CpuReport owner = bench.cpu(OWNER);
                columns.add(new Column(owner.onDeferList(), owner.deferKicks() > kicks ? 'K' : ' '));
                kicks = owner.deferKicks();
            }
            return new HandBacks(bench.cpu(OWNER), columns);
        }
    }

    List<Figure> figures() {
        return List.of(
                Figure.of("on the list for ever", owner.onDeferList()),
                Figure.of("kicks", owner.deferKicks()),
                Figure.of("handed back", owner.deferred()),
                Figure.of("freed by the reader", owner.deferRefused()));
    }
}
