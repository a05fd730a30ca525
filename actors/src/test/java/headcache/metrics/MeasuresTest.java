package headcache.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.policy.Policies;
import headcache.protocol.NodeReport;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.Workload;
import headcache.workload.generated.Generator;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The measurements of whole runs, against what can be worked out from the workload and the policy. */
class MeasuresTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final int PACKETS = 20_000;

    private static Measures measured(String policy, Generator generator) {
        final Workload workload = generator.workload(generator.defaults().withPackets(PACKETS));
        return Measures.of(workload, options(policy));
    }

    private static RunOptions options(String policy) {
        return RunOptions.DEFAULT
                .with(Policies.named(policy).orElseThrow().cpu())
                .with(Threads.DETERMINISTIC);
    }

    /**
     * One CPU takes, the other frees: nothing is warm, every head is freed elsewhere, every 32nd put fills the cache but for
     * the first, which is the 64th, and one get of 16 waits for a refill.
     */
    @Test
    void shouldMeasureOneWayTraffic() {
        final Measures run = measured("linux-5.12", Generator.ONE_WAY);

        assertThat(value(run, Metric.OTHER_CPU)).isEqualTo(1);
        assertThat(value(run, Metric.OTHER_NODE)).isZero();
        assertThat(value(run, Metric.WARM)).isZero();
        assertThat(value(run, Metric.RELEASED)).isZero();
        assertThat(value(run, Metric.CACHE_FULL)).isEqualTo(((PACKETS - 32) / 32) / (double) PACKETS, EXACT);
        assertThat(value(run, Metric.CACHED) + value(run, Metric.CACHE_FULL)).isEqualTo(1, EXACT);
        assertThat(value(run, Metric.BATCH_FILL)).isEqualTo(1);
        assertThat(value(run, Metric.CONTACT_GAP)).isEqualTo(16);
        assertThat(value(run, Metric.GET_P50)).isEqualTo(4);
        assertThat(value(run, Metric.GET_P99)).isEqualTo(140);
        assertThat(value(run, Metric.LONGEST_BULK)).isEqualTo(16);
        assertThat(value(run, Metric.STARVATION)).isZero();
        assertThat(value(run, Metric.DROPS)).isZero();
        assertThat(run.value(Metric.RING)).isEmpty();
    }

    /** What a cache promises for any workload, min(R, S, C-R+1, C-S+1), is reached under bursts or one way. */
    @ParameterizedTest
    @CsvSource({"linux-5.12, 16", "linux-128, 32", "dpdk-26.07, 32"})
    void shouldMeasureThePromisedGap(String policy, int gap) {
        assertThat(value(measured(policy, Generator.ONE_WAY), Metric.CONTACT_GAP))
                .isEqualTo(gap);
    }

    /** Of a run without a cache, nothing is said that only a cache has. */
    @Test
    void shouldLeaveOutWhatARunDoesNotHave() {
        final Measures run = measured("no-cache", Generator.BURST);

        assertThat(run.values())
                .doesNotContainKeys(
                        Metric.LEAST,
                        Metric.REFILL,
                        Metric.SPILL,
                        Metric.BATCH_FILL,
                        Metric.CONTACT_GAP,
                        Metric.RING,
                        Metric.RING_FULL,
                        Metric.LONGEST_BULK);
        assertThat(value(run, Metric.RELEASED)).isEqualTo(1);
        assertThat(value(run, Metric.GET_MOST)).isEqualTo(23.5);
        assertThat(value(run, Metric.OTHER_CPU)).isZero();
    }

    /** Magazines that are full go to the depot, and come back without the slab; only at first there is none to be had. */
    @Test
    void shouldCountAMiddleLayerApart() {
        final Measures run = measured("magazines", Generator.ONE_WAY);

        assertThat(value(run, Metric.RING)).isGreaterThan(0.9);
        assertThat(value(run, Metric.GET_P50)).isEqualTo(4);
        assertThat(value(run, Metric.GET_MOST)).isEqualTo(104 + 16 + 7.5 + 4);
    }

    /** Two pages of heads for a thousand skbs on each CPU: what fails is no hit, and what is served needed each head once. */
    @ParameterizedTest
    @CsvSource({"linux-5.12", "no-cache"})
    void shouldNotTakeFailuresForHits(String policy) {
        final Workload workload = Generator.MEMORY_PRESSURE.workload(
                Generator.MEMORY_PRESSURE.defaults().withPackets(5000));
        final Measures run = Measures.of(workload, options(policy).withPageLimit(2));

        final double served = 5000 - value(run, Metric.DROPS);
        final double fetched = policy.equals("no-cache") ? served : 64;
        assertThat(served).isLessThan(2500);
        assertThat(value(run, Metric.HIT_RATE)).isEqualTo(1 - fetched / served, EXACT);
    }

    /** The depot keeps all that is given back, so that no head has a way home of which one could say how far it is. */
    @Test
    void shouldSayNothingOfHeadsGivenBackIfThereAreNone() {
        final Workload workload =
                Generator.ONE_WAY.workload(Generator.ONE_WAY.defaults().withPackets(2000));

        assertThat(Measures.of(workload, options("magazines")).value(Metric.REMOTE_FREES))
                .isEmpty();
    }

    /** snmalloc's CPU takes up to 64 heads from its queue at once, and its get waits for that. */
    @Test
    void shouldChargeWhatCameBackToTheGetThatTakesIt() {
        assertThat(value(measured("snmalloc", Generator.ONE_WAY), Metric.GET_MOST))
                .isEqualTo(64 * 4 + 4);
    }

    /** Every head that is taken is freed, by whatever way; so at the end all that is out of the slab is parked. */
    @ParameterizedTest
    @CsvSource({"linux-5.12", "linux-5.19", "linux-6.19", "magazines", "sheaves", "no-cache"})
    void shouldMissNoWayOfTakingAHead(String policy) {
        final Workload workload =
                Generator.UDP_TX.workload(Generator.UDP_TX.defaults().withPackets(6000));
        final RunOptions options = options(policy);
        final Meter meter = new Meter(
                options.machineFor(workload), options.policy(), options.heads().headsPerPage());
        final Figures figures = Figures.of(workload, options.with(meter));

        final long out = RunResult.nodes(figures.result().atEnd()).stream()
                .mapToLong(NodeReport::headsInUse)
                .sum();
        assertThat(meter.idle.now()).isEqualTo(out);
    }

    /** A kernel that keeps nothing parked flushes when a softirq ends; the drain is not part of what is measured. */
    @Test
    void shouldEndBeforeTheDrain() {
        final Measures few = Measures.of(
                Generator.BURST.workload(Generator.BURST.defaults().withPackets(10)),
                RunOptions.DEFAULT.with(CpuPolicy.LINUX_5_12).with(Threads.DETERMINISTIC));

        assertThat(value(few, Metric.IDLE_PEAK)).isEqualTo(16);
        assertThat(few.value(Metric.CONTACT_GAP)).isEmpty(); // one refill; the flush of the drain is no contact
        assertThat(few.occupancy().highest(0)).endsWith(16);
    }

    /** Who runs with a tap of his own sees each step, whatever is measured beside it. */
    @Test
    void shouldLetTheTapOfItsOptionsWatchToo() {
        final Workload workload =
                Generator.BURST.workload(Generator.BURST.defaults().withPackets(10));
        final AtomicInteger ofFigures = new AtomicInteger();
        final AtomicInteger ofMeasures = new AtomicInteger();
        final AtomicInteger ofDivergence = new AtomicInteger();

        Figures.of(workload, counting(ofFigures));
        Measures.of(workload, counting(ofMeasures));
        Divergence.run(workload, counting(ofDivergence));

        assertThat(ofFigures).hasValue(19);
        assertThat(ofMeasures).hasValue(ofFigures.get());
        assertThat(ofDivergence).hasValue(ofFigures.get());
    }

    private static RunOptions counting(AtomicInteger steps) {
        return options("linux-5.12").with((who, message, state, events) -> steps.incrementAndGet());
    }

    @Test
    void shouldRefuseSeveralThreads() {
        assertThatThrownBy(() -> Measures.of(
                        Generator.BURST.workload(Generator.BURST.defaults().withPackets(10)), RunOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("measured on one thread only: threads=");
    }

    private static double value(Measures run, Metric metric) {
        final OptionalDouble value = run.value(metric);
        assertThat(value).as(metric.label()).isPresent();
        return value.orElseThrow();
    }
}
