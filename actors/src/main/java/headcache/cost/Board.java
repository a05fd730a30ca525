package headcache.cost;

import headcache.cost.Prediction.Role;
import headcache.cpu.CpuPolicy;
import headcache.policy.Series;
import headcache.policy.Stage;
import headcache.protocol.WayIn;
import headcache.skb.CodePath;
import headcache.workload.generated.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The board of the series' mail: one processor of 1.2 GHz that is busy all the time, so that what it saves for each frame
 * becomes throughput.
 *
 * <p>A frame costs what the {@link Bill} says, times a factor by which heads are dearer there than on the machine of the
 * constants, and a rest that has nothing to do with heads. Each flow's rest is fitted to its throughput before the
 * series, and the factor to one gain; all other gains are predicted.
 */
final class Board {
    private static final double HERTZ = 1.2e9;
    private static final double FRAME_BITS = 1500 * 8;
    private static final double MEGA = 1e6;

    /** The first version of the series as it was tested again, with one cache and not two. */
    private static final CpuPolicy VERSION_1 = versionOne();

    private static final CpuPolicy BEFORE = stage("before");

    private final List<Prediction> figures = new ArrayList<>();
    private final double factor;

    /** What flows through it. */
    private enum Flow {
        TCP("TCP, units of GRO", WayIn.NAPI_ALLOC_SKB_FRAG, Fate.MERGED, 865),
        UDP("UDP, units of GRO", WayIn.NAPI_ALLOC_SKB_FRAG, Fate.MERGED, 866),
        UDP_CUT("UDP, cut into new skbs", WayIn.NAPI_ALLOC_SKB_FRAG, Fate.SEGMENTED, 866),
        UDP_LIST("UDP, lists of frames", WayIn.NAPI_GET_FRAGS, Fate.FORWARDED, 910);

        private final String words;
        private final WayIn driver;
        private final Fate fate;
        private final double before;

        Flow(String words, WayIn driver, Fate fate, double before) {
            this.words = words;
            this.driver = driver;
            this.fate = fate;
            this.before = before;
        }

        double cycles(CpuPolicy policy) {
            return FrameCost.cycles(driver, fate, policy);
        }

        /** Cycles of the processor for each frame, before the series. */
        double budget() {
            return HERTZ / (before * MEGA / FRAME_BITS);
        }
    }

    Board() {
        factor = fitted(Flow.TCP, 899);
    }

    private static double fitted(Flow flow, double after) {
        final double saved = flow.budget() - HERTZ / (after * MEGA / FRAME_BITS);
        return saved / (flow.cycles(BEFORE) - flow.cycles(VERSION_1));
    }

    /** By how much heads are dearer on the board than the constants say, as fitted. */
    double factor() {
        return factor;
    }

    Experiment experiment() {
        figures.clear();
        for (final Flow flow : Flow.values()) {
            figures.add(
                    new Prediction("", flow.words + ": before", Measured.of(flow.before), flow.before, Role.FITTED));
        }
        figures.add(new Prediction(
                "", "TCP, units of GRO: v1, one cache", Measured.of(34), gain(Flow.TCP, VERSION_1), Role.FITTED));
        predict("v1, one cache", Flow.UDP, VERSION_1, Measured.of(27));
        predict("v1, one cache", Flow.UDP_CUT, VERSION_1, Measured.of(27));
        predict("v1", Flow.UDP_LIST, VERSION_1, Measured.of(25));
        predict("v2", Flow.TCP, stage("v2"), Measured.between(35, 50));
        predict("v2", Flow.UDP_CUT, stage("v2"), Measured.between(35, 50));
        predict("v6", Flow.TCP, stage("patch 11"), Measured.between(35, 70));
        predict("v6", Flow.UDP_CUT, stage("patch 11"), Measured.between(35, 70));
        add("a look at each head's page, from v6", Flow.TCP, lost("check"), Measured.atLeast(-20));
        add("a flush at the end of polls, from v6", Flow.TCP, lost("flush"), Measured.of(-10));
        return new Experiment(
                "mips-board",
                "VLAN NAT on the mail's MIPS board",
                "Mbit/s",
                "Mbit/s",
                String.format(
                        Locale.ROOT,
                        "each flow's rest fitted to its throughput before; heads cost %.1f times the constants, fitted to"
                                + " one gain",
                        factor),
                List.of(
                        "v1 tested again: CANn89iKfjSTU7ucXj7xwVdVi1ic4pvEDFNkVuMYsJERqva42ag@mail.gmail.com",
                        "v1, lists: 20210112105529.3592-1-alobakin@pm.me",
                        "v2: 20210113133523.39205-1-alobakin@pm.me",
                        "v6 and the look at pages: 20210213141021.87840-1-alobakin@pm.me",
                        "flush: 20210213135604.86581-1-alobakin@pm.me"),
                figures);
    }

    private void predict(String change, Flow flow, CpuPolicy policy, Measured measured) {
        add(change, flow, gain(flow, policy), measured);
    }

    private void add(String change, Flow flow, double predicted, Measured measured) {
        figures.add(new Prediction("", flow.words + ": " + change, measured, predicted, Role.PREDICTED));
    }

    /** What {@code stage} loses against the whole series, of TCP. */
    private double lost(String stage) {
        return gain(Flow.TCP, stage(stage)) - gain(Flow.TCP, stage("patch 11"));
    }

    private double gain(Flow flow, CpuPolicy policy) {
        final double saved = factor * (flow.cycles(BEFORE) - flow.cycles(policy));
        return flow.before * (flow.budget() / (flow.budget() - saved) - 1);
    }

    private static CpuPolicy stage(String name) {
        return Series.named(name).map(Stage::policy).orElseThrow();
    }

    /** Heads of merged frames were first kept by v2. */
    private static CpuPolicy versionOne() {
        final CpuPolicy two = stage("v2");
        return new CpuPolicy(
                two.cache(), two.kernel().without(CodePath.MERGED_TO_CACHE), two.acknowledged(), two.backlogLimit());
    }
}
