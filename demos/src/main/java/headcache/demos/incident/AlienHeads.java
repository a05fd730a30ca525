package headcache.demos.incident;

import headcache.cost.Bill;
import headcache.cpu.CpuPolicy;
import headcache.demos.incident.Side.Figure;
import headcache.policy.Policies;
import headcache.protocol.CpuReport;
import headcache.protocol.NodeReport;
import headcache.step.Tap;
import headcache.workload.RunResult;
import headcache.workload.generated.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Heads that fill the caches of CPUs which never take any, until they are sent home to those that do. */
final class AlienHeads implements Incident {
    private static final int PACKETS = 20_000;
    private static final int COLUMNS = 60;

    @Override
    public String name() {
        return "alien-heads";
    }

    @Override
    public String title() {
        return "completions fill caches that nobody takes from";
    }

    @Override
    public String story() {
        return "A socket's skbs are allocated by the CPU that sends, and consumed by the one that has the interrupt. It puts"
                + " the heads into its own cache, which is full most of the time and gives half of it to slabs whose locks"
                + " all senders want: 43 % of the time was spent waiting for them with 32 queues. Since then napi_consume_skb"
                + " sends the heads of other CPUs home, where tasks may take them: 80 to 120 Mpps. But one AF_XDP flow, whose"
                + " locks nobody else wants, fell from 1.98 to 1.46 Mpps, for each head on its way home has its price.";
    }

    @Override
    public String source() {
        return "e20dfbad8aab; 20251118070646.61344-1-kerneljasonxing@gmail.com";
    }

    @Override
    public Played play() {
        final List<String> picture = new ArrayList<>(
                List.of("32 queues, allocations of senders: # from the cache, . by the slab, whose lock they share"));
        return new Played(
                PACKETS + " packets of tasks on 32 CPUs (udp-tx); then as many of one flow (af-xdp)",
                "half of what senders allocate needs no slab",
                List.of(side("linux-128", picture), side("linux-6.19", picture)),
                picture);
    }

    private static Side side(final String name, final List<String> picture) {
        final CpuPolicy policy = Policies.cpu(name);
        final RunResult queues = played(Generator.UDP_TX, policy);
        final RunResult flow = played(Generator.AF_XDP, policy);
        final long bySlab = nodes(queues, NodeReport::singleAllocs);
        final int columns = Math.round((float) COLUMNS * bySlab / PACKETS);
        picture.add(
                String.format(Locale.ROOT, "  %-11s %s%s", name, "#".repeat(COLUMNS - columns), ".".repeat(columns)));
        return new Side(
                name,
                2 * bySlab <= PACKETS,
                List.of(
                        Figure.of("32 queues: allocated by slabs", bySlab),
                        Figure.of("32 queues: given back to slabs", nodes(queues, NodeReport::bulkFreedHeads)),
                        Figure.of("32 queues: of these to the other node", nodes(queues, NodeReport::remoteIn)),
                        Figure.of("32 queues: sent home", cpus(queues, CpuReport::deferred)),
                        Figure.of("one flow: sent home", cpus(flow, CpuReport::deferred)),
                        new Figure(
                                "one flow: cycles per packet",
                                String.format(
                                        Locale.ROOT,
                                        "%.1f",
                                        Bill.of(flow, policy).cyclesPerPacket()))));
    }

    private static RunResult played(final Generator generator, final CpuPolicy policy) {
        return Plays.run(generator.workload(generator.defaults().withPackets(PACKETS)), policy, Tap.NONE);
    }

    private static long nodes(final RunResult result, final ToLongFunction<NodeReport> counter) {
        return RunResult.nodes(result.atEnd()).stream().mapToLong(counter).sum();
    }

    private static long cpus(final RunResult result, final ToLongFunction<CpuReport> counter) {
        return RunResult.cpus(result.atEnd()).stream().mapToLong(counter).sum();
    }
}
