package headcache.demos.incident;

import headcache.cost.Bill;
import headcache.cost.Cost;
import headcache.cpu.CpuPolicy;
import headcache.demos.incident.Side.Figure;
import headcache.policy.Series;
import headcache.policy.Stage;
import headcache.protocol.CpuReport;
import headcache.protocol.WayIn;
import headcache.step.Tap;
import headcache.workload.RunResult;
import headcache.workload.Workload;
import headcache.workload.generated.DriverWorkload;
import headcache.workload.generated.Fate;
import headcache.workload.generated.Generator;
import headcache.workload.generated.GeneratorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The look at the page of every head that is put, which the series' mail names and rejects. */
final class PageCheck implements Incident {
    private static final int PACKETS = 10_000;
    private static final double CYCLES_PER_COLUMN = 0.5;

    @Override
    public String name() {
        return "page-check";
    }

    @Override
    public String title() {
        return "every put pays to find out whether its head is from afar";
    }

    @Override
    public String story() {
        return "A cache that takes whatever is freed fills with heads of other memory nodes. The easiest remedy is to look at"
                + " the page of each head that is put and to keep only what is near. The mail of the series tried it: at"
                + " least 20 Mbit/s less on a board that has but one node, so that no look ever finds anything. It was left"
                + " out. Later kernels look at the CPU that allocated the skb, which is written in the skb.";
    }

    @Override
    public String source() {
        return "20210213141021.87840-1-alobakin@pm.me";
    }

    @Override
    public Played play() {
        final List<Side> sides = new ArrayList<>();
        final List<String> picture =
                new ArrayList<>(List.of("cycles for each packet on one node: # gets, puts and slab calls, l looks"));
        for (final String stage : List.of("check", "patch 11")) {
            sides.add(side(stage, picture));
        }
        return new Played(
                PACKETS + " frames forwarded on one node; then as many between two nodes (numa-cross)",
                "on a machine of one node nobody looks for heads of another",
                sides,
                picture);
    }

    private static Side side(final String stage, final List<String> picture) {
        final CpuPolicy policy = policy(stage);
        final GeneratorOptions one = new GeneratorOptions(1, 1, PACKETS, 1);
        final RunResult near =
                Plays.run(new DriverWorkload(WayIn.NAPI_BUILD_SKB, Fate.FORWARDED, one), policy, Tap.NONE);
        final Bill bill = Bill.of(near, policy);
        final Workload cross =
                Generator.NUMA_CROSS.workload(Generator.NUMA_CROSS.defaults().withPackets(PACKETS));
        final RunResult two = Plays.run(cross, policy, Tap.NONE);
        final double looks = bill.count(Cost.PAGE_LOOK) * Cost.PAGE_LOOK.cycles() / PACKETS;
        picture.add(bar(stage, bill.cyclesPerPacket() - looks, looks));
        return new Side(
                stage.equals("check") ? "with the check" : "without (v5.12)",
                bill.count(Cost.PAGE_LOOK) == 0,
                List.of(
                        Figure.of("one node: looks", bill.count(Cost.PAGE_LOOK)),
                        Figure.of("one node: remote heads found", remotePuts(near) + bill.count(Cost.SINGLE_FREE)),
                        new Figure("one node: cycles per packet", decimals(bill.cyclesPerPacket())),
                        Figure.of("two nodes: remote heads put", remotePuts(two)),
                        new Figure(
                                "two nodes: cycles per packet",
                                decimals(Bill.of(two, policy).cyclesPerPacket()))));
    }

    private static long remotePuts(final RunResult result) {
        return RunResult.cpus(result.atEnd()).stream()
                .mapToLong(CpuReport::remotePuts)
                .sum();
    }

    private static String bar(final String stage, final double rest, final double looks) {
        return String.format(
                Locale.ROOT,
                "  %-9s %s%s %.1f",
                stage,
                "#".repeat((int) Math.round(rest / CYCLES_PER_COLUMN)),
                "l".repeat((int) Math.round(looks / CYCLES_PER_COLUMN)),
                rest + looks);
    }

    private static String decimals(final double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static CpuPolicy policy(final String name) {
        return Series.named(name).map(Stage::policy).orElseThrow();
    }
}
