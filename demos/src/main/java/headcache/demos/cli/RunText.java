package headcache.demos.cli;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuReport;
import headcache.protocol.DepotReport;
import headcache.protocol.NodeId;
import headcache.protocol.NodeReport;
import headcache.protocol.Report;
import headcache.verify.Ledger;
import headcache.verify.Place;
import headcache.verify.Violation;
import headcache.workload.RunResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Help.Ansi;

/** A run for people: at most 100 columns wide. */
final class RunText {
    /** CPUs that are shown each by itself; of more, the first are shown, and the sum. */
    private static final int CPUS_SHOWN = 32;

    /** Packets that are done before the JVM has compiled what does them. */
    private static final int FEW = 200_000;

    /** Violations that are shown. */
    private static final int VIOLATIONS_SHOWN = 10;

    private final RunOutcome outcome;
    private final Ansi ansi;
    private final PrintWriter out;

    private RunText(final RunOutcome outcome, final Ansi ansi, final PrintWriter out) {
        this.outcome = outcome;
        this.ansi = ansi;
        this.out = out;
    }

    static void print(final RunOutcome outcome, final Ansi ansi, final PrintWriter out) {
        final RunText text = new RunText(outcome, ansi, out);
        final RunResult result = outcome.result();
        if (result != null) {
            text.figures(result);
        }
        text.verdict();
    }

    private void figures(final RunResult result) {
        final OrderDependence order = new OrderDependence(outcome.settings(), result);
        out.println();
        cpus(result, order);
        out.println();
        nodes(result, order);
        out.println();
        totals(result, order);
        if (!result.cuts().isEmpty()) {
            out.println();
            CutText.print(result.cuts(), order.any(), out);
        }
    }

    private void cpus(final RunResult result, final OrderDependence order) {
        final Table table = new Table(
                "cpu", "gets", "failed", "puts", "hit rate", "refills", "spills", "suspended", "drops", "parked");
        final List<CpuReport> cpus = RunResult.cpus(result.atEnd());
        for (int i = 0; i < Math.min(cpus.size(), CPUS_SHOWN); i++) {
            final CpuReport cpu = cpus.get(i);
            table.row(cpuRow(new CpuId(i).toString(), counter -> counter.applyAsLong(cpu), order));
        }
        if (cpus.size() > 1) {
            table.row(cpuRow("all", counter -> RunOutcome.cpus(result, counter), order));
        }
        table.print(Format.TABLE, out);
        if (cpus.size() > CPUS_SHOWN) {
            out.println(number(cpus.size() - CPUS_SHOWN) + " more CPUs are in the sum; --format csv has each");
        }
    }

    private static String[] cpuRow(
            final String name, final ToLongFunction<ToLongFunction<CpuReport>> of, final OrderDependence order) {
        final long gets = of.applyAsLong(CpuReport::gets);
        final String[] cells = {
            name,
            number(gets),
            number(of.applyAsLong(CpuReport::failedGets)),
            number(of.applyAsLong(CpuReport::puts)),
            percent(of.applyAsLong(CpuReport::served), of.applyAsLong(CpuReport::fetched)),
            number(of.applyAsLong(CpuReport::refills)),
            number(of.applyAsLong(CpuReport::spills)),
            number(of.applyAsLong(CpuReport::suspensions)),
            number(of.applyAsLong(CpuReport::framesDropped)),
            number(of.applyAsLong(CpuReport::parked))
        };
        for (int i = 1; i < cells.length; i++) {
            cells[i] = mark(order.ofCpus(), cells[i]);
        }
        return cells;
    }

    private void nodes(final RunResult result, final OrderDependence order) {
        final Table table = new Table(
                "\nnode",
                "\npages",
                "free\nheads",
                "bulk\nallocs",
                "bulk\nfrees",
                "single\nallocs",
                "single\nfrees",
                "sync ops per\nbulk free",
                "remote\nout",
                "remote\nin",
                "longest\nwalk");
        for (final Map.Entry<ActorName, Report> entry : result.atEnd().reports().entrySet()) {
            if (entry.getKey() instanceof NodeId && entry.getValue() instanceof NodeReport node) {
                table.row(
                        entry.getKey().toString(),
                        mark(order.ofPages(), number(node.pages())),
                        mark(order.ofPages(), number(node.freeHeads())),
                        mark(order.ofCpus(), number(node.bulkAllocs())),
                        mark(order.ofHomes(), number(node.bulkFrees())),
                        mark(order.ofCpus(), number(node.singleAllocs())),
                        mark(order.ofHomes(), number(node.singleFrees())),
                        mark(order.ofPages(), ratio(node.synchronisedOps(), node.bulkFrees())),
                        mark(order.ofHomes(), number(node.remoteOut())),
                        mark(order.ofHomes(), number(node.remoteIn())),
                        mark(order.ofHomes(), number(node.longestWalk())));
            }
        }
        table.print(Format.TABLE, out);
    }

    private void totals(final RunResult result, final OrderDependence order) {
        final long contacts = RunOutcome.cpus(result, CpuReport::contacts);
        line(
                "packets",
                mark(order.ofCpus(), number(RunOutcome.packets(result))) + " in " + seconds(result.nanos()) + ", "
                        + number(Math.round(RunOutcome.packetsPerSecond(result))) + " packets/s, the ledger included"
                        + (result.packets() < FEW ? "; mostly the JVM's start" : ""));
        line(
                "per packet",
                mark(order.ofCpus(), decimals(RunOutcome.perPacket(result, contacts))) + " contacts with slabs, "
                        + mark(order.ofHomes(), decimals(RunOutcome.perPacket(result, RunOutcome.messages(result))))
                        + " messages to slabs");
        line(
                "failed",
                mark(order.ofCpus(), number(result.failedGets())) + " gets, "
                        + mark(order.ofCpus(), number(outcome.ledger().failedWhileParked()))
                        + " of them while heads were parked elsewhere; "
                        + mark(order.ofCpus(), number(result.cancelled())) + " operations cancelled");
        if (result.handedBack() > 0) {
            line(
                    "deferred",
                    mark(order.ofCpus(), number(result.handedBack()))
                            + " puts of heads that a socket on another CPU handed back");
        }
        sentHome(result, order);
        depots(result, order);
        if (order.any()) {
            line("~", "depends on the order of messages, and is another one in the next run");
        }
    }

    private void sentHome(final RunResult result, final OrderDependence order) {
        final long taken = RunOutcome.cpus(result, CpuReport::deferred);
        final long refused = RunOutcome.cpus(result, CpuReport::deferRefused);
        if (taken + refused > 0) {
            line(
                    "sent home",
                    mark(order.ofCpus(), number(taken)) + " skbs to defer lists, "
                            + mark(order.ofCpus(), number(RunOutcome.cpus(result, CpuReport::onDeferList)))
                            + " still there; " + mark(order.ofCpus(), number(refused)) + " refused; "
                            + mark(order.ofCpus(), number(RunOutcome.cpus(result, CpuReport::deferKicks)))
                            + " softirqs raised");
        }
    }

    private void depots(final RunResult result, final OrderDependence order) {
        final List<DepotReport> depots = RunResult.depots(result.atEnd());
        if (!depots.isEmpty()) {
            line(
                    depots.size() == 1 ? "depot" : "depots",
                    mark(order.ofCpus(), sum(depots, DepotReport::trades)) + " trades: "
                            + mark(order.ofCpus(), sum(depots, DepotReport::fullGiven)) + " gave a full magazine, "
                            + mark(order.ofCpus(), sum(depots, DepotReport::passedOn)) + " found none, "
                            + mark(order.ofCpus(), sum(depots, DepotReport::fullTaken)) + " brought one, "
                            + mark(order.ofCpus(), sum(depots, DepotReport::refused)) + " in vain");
        }
    }

    private static String sum(final List<DepotReport> depots, final ToLongFunction<DepotReport> counter) {
        return number(depots.stream().mapToLong(counter).sum());
    }

    private void verdict() {
        final Ledger ledger = outcome.ledger();
        out.println();
        final RunResult result = outcome.result();
        if (outcome.holds() && result != null) {
            final long known = ledger.balance().known();
            final long parked = RunOutcome.cpus(result, CpuReport::parked);
            final OrderDependence order = new OrderDependence(outcome.settings(), result);
            final long between = RunResult.depots(result.atEnd()).stream()
                            .mapToLong(DepotReport::heads)
                            .sum()
                    + RunOutcome.cpus(result, CpuReport::onDeferList);
            final long inUse = RunOutcome.nodes(result, NodeReport::headsInUse) - parked - between;
            final boolean concurrent = !outcome.settings().isDeterministic();
            final String heads = mark(concurrent, number(known));
            line("verdict", word("green", "holds"));
            line(
                    "",
                    "every head accounted for: of " + heads + " heads " + mark(order.ofCpus(), number(parked))
                            + " were parked and " + number(inUse) + " in use at the end");
            if (between > 0) {
                line("", mark(order.ofCpus(), number(between)) + " of them in depots or on defer lists");
            }
            line("", "none in two places in " + number(ledger.events()) + " events, and what skbs held released once");
            if (!result.cuts().isEmpty()) {
                line(
                        "",
                        "every head found in exactly one place in each of "
                                + mark(concurrent, number(result.cuts().size()))
                                + " cuts through the running machine");
            }
            line(
                    "",
                    "all home after the drain: "
                            + mark(concurrent, number(ledger.balance().in(Place.IN_SLAB))) + " of " + heads);
            return;
        }
        final String failure = outcome.failure();
        line("verdict", word("red", outcome.exitCode() == ExitCodes.VIOLATED ? "VIOLATED" : "inconclusive"));
        if (failure != null) {
            line("", failure);
        }
        outcome.faults().forEach(fault -> line("", "counters: " + fault));
        outcome.auditFaults().forEach(fault -> line("", "audit: " + fault));
        final List<Violation> violations = ledger.violations();
        violations.stream().limit(VIOLATIONS_SHOWN).forEach(violation -> line("", violation.toString()));
        if (ledger.violationCount() > VIOLATIONS_SHOWN) {
            line("", number(ledger.violationCount() - VIOLATIONS_SHOWN) + " violations more");
        }
    }

    private void line(final String label, final String text) {
        out.println(String.format(Locale.ROOT, "%-12s%s", label, text));
    }

    private String word(final String colour, final String word) {
        return ansi.string("@|bold," + colour + " " + word + "|@");
    }

    private static String mark(final boolean dependent, final String figure) {
        return dependent && !figure.equals("-") ? "~" + figure : figure;
    }

    static String number(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String decimals(final double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    private static String percent(final long served, final long fetched) {
        return served == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * Math.max(0, served - fetched) / served);
    }

    private static String ratio(final long count, final long of) {
        return of == 0 ? "-" : String.format(Locale.ROOT, "%.1f", (double) count / of);
    }

    private static String seconds(final long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }
}
