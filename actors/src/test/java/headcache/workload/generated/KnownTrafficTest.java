package headcache.workload.generated;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Op;
import headcache.workload.OpBuffer;
import headcache.workload.OpStream;
import headcache.workload.Workload;
import headcache.workload.generated.Journeys.Journey;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the generators with known names promise of where skbs begin and end. */
class KnownTrafficTest {
    private static final int PACKETS = 20_000;
    private static final Integer[] CPUS = IntStream.range(0, 32).boxed().toArray(Integer[]::new);

    private static Journeys journeys(Generator generator) {
        return journeys(generator, generator.defaults().cpus());
    }

    private static Workload made(Generator generator, int cpus) {
        return generator.workload(generator.defaults().withCpus(cpus).withPackets(PACKETS));
    }

    private static Journeys journeys(Generator generator, int cpus) {
        final Journeys journeys = Journeys.of(made(generator, cpus));
        assertThat(journeys.all()).hasSize(PACKETS);
        return journeys;
    }

    /** Of n slots of which n are replaced at random, 1 - 1/e are hit: 63 %. Each of these was another CPU's. */
    @Test
    void larsonBleeds() {
        final Journeys larson = journeys(Generator.LARSON, 8);

        assertThat(larson.ways()).isEqualTo(Map.of("napi_build_skb SOFTIRQ - napi_consume_skb SOFTIRQ", PACKETS));
        assertThat(larson.crossing()).isEqualTo(11_639);
        assertThat(larson.mostAlive()).isEqualTo(8 * Larson.SLOTS);
    }

    @Test
    void producersNeverConsume() {
        final Journeys passed = journeys(Generator.PRODUCER_CONSUMER, 6);

        assertThat(passed.ways()).isEqualTo(Map.of("napi_build_skb SOFTIRQ - napi_consume_skb SOFTIRQ", PACKETS));
        assertThat(passed.all())
                .allMatch(journey -> journey.from().cpu() < 3 && journey.to().cpu() >= 3);
        assertThat(passed.mostAlive()).isLessThanOrEqualTo(8 * ProducerConsumer.BATCH);
    }

    /** Each of three producers has skbs that end at each of three consumers. */
    @Test
    void anyConsumerTakesFromAnyProducer() {
        assertThat(journeys(Generator.PRODUCER_CONSUMER, 6).all().stream()
                        .map(journey ->
                                journey.from().cpu() + "-" + journey.to().cpu())
                        .collect(Collectors.toSet()))
                .hasSize(9);
    }

    @Test
    void afXdpSendsFromATaskAndCompletesOnTheNextCpu() {
        final Journeys flow = journeys(Generator.AF_XDP);

        assertThat(flow.ways()).isEqualTo(Map.of("alloc_skb TASK - napi_consume_skb SOFTIRQ", PACKETS));
        assertThat(flow.all())
                .allMatch(journey -> journey.from().cpu() == 0 && journey.to().cpu() == 1);
        assertThat(flow.mostAlive()).isEqualTo(195);
        assertThat(journeys(Generator.AF_XDP, 4).all())
                .allMatch(journey -> journey.to().cpu() == journey.from().cpu() + 1);
        assertThat(journeys(Generator.AF_XDP, 4).all())
                .extracting(Journey::from)
                .anyMatch(from -> from.cpu() == 2);
    }

    /** With 32 CPUs on two nodes, 16 of the 31 others are on the other node: 51.6 %. */
    @Test
    void udpTxIsNeverCompletedWhereItWasSent() {
        final Journeys sent = journeys(Generator.UDP_TX);

        assertThat(sent.ways()).isEqualTo(Map.of("alloc_skb TASK - napi_consume_skb SOFTIRQ", PACKETS));
        assertThat(sent.crossing()).isEqualTo(PACKETS);
        assertThat(sent.crossingNodes()).isEqualTo(10_520);
        assertThat(sent.all()).extracting(journey -> journey.from().cpu()).contains(CPUS);
        assertThat(sent.all()).extracting(journey -> journey.to().cpu()).contains(CPUS);
    }

    @Test
    void tcpRrHasTasksReadRequestsAndSendTwins() {
        final Journeys connections = journeys(Generator.TCP_RR);

        assertThat(connections.ways())
                .isEqualTo(Map.of(
                        "napi_alloc_skb SOFTIRQ - skb_attempt_defer_free TASK", 6_760,
                        "alloc_skb_fclone TASK - kfree_skb SOFTIRQ", 6_620,
                        "skb_clone TASK - napi_consume_skb SOFTIRQ", 6_620));
        assertThat(connections.mostAlive()).isEqualTo(319);
    }

    @Test
    void cpumapBuildsWhereTheFramesDoNotArrive() {
        final Journeys frames = journeys(Generator.CPUMAP_GRO, 4);

        assertThat(frames.ways())
                .isEqualTo(Map.of(
                        "napi_build_skb SOFTIRQ - napi_skb_free_stolen_head SOFTIRQ", 17_520,
                        "napi_build_skb SOFTIRQ - napi_consume_skb SOFTIRQ", 2_480));
        assertThat(frames.all())
                .allMatch(journey -> journey.from().cpu() % 2 == 0
                        && journey.to().cpu()
                                == journey.from().cpu() + (journey.to().way().equals("napi_consume_skb") ? 1 : 0));
    }

    /** Eight at once, fewer where the ring runs empty; a unit has taken over 16 frames at the most. */
    @Test
    void cpumapBuildsByEightAndMergesToUnitsOfSeventeen() {
        final Map<Integer, Integer> batches = new TreeMap<>();
        final Map<Integer, Integer> units = new TreeMap<>();
        final Map<Integer, Integer> merged = new TreeMap<>();
        final TrafficKinds kinds = new TrafficKinds();
        final OpBuffer ops = all(made(Generator.CPUMAP_GRO, 2));
        for (int i = 0; i < ops.size(); i++) {
            if (kinds.all.get(ops.kind(i)) instanceof Op.BuildBulk op) {
                batches.merge(op.slots().size(), 1, Integer::sum);
            } else if (ops.kind(i) == kinds.stolen) {
                merged.merge(ops.other(i), 1, Integer::sum);
            } else if (ops.kind(i) == kinds.consume) {
                final Integer taken = merged.remove(ops.skb(i));
                units.merge(taken == null ? 1 : 1 + taken, 1, Integer::sum);
            }
        }

        assertThat(batches).containsOnlyKeys(1, 2, 3, 4, 5, 6, 7, 8).containsEntry(8, 8 * 2_230);
        assertThat(batches)
                .allSatisfy((atOnce, built) -> assertThat(built % atOnce).isZero());
        assertThat(units.keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, CpumapGro.UNIT_FRAMES).boxed().toList());
    }

    private static OpBuffer all(Workload workload) {
        final OpBuffer ops = new OpBuffer();
        final OpStream stream = workload.open();
        while (stream.read(ops)) {
            // which appends what comes next
        }
        return ops;
    }

    @Test
    void memoryPressureComesInWaves() {
        final Journeys waves = journeys(Generator.MEMORY_PRESSURE);

        assertThat(waves.ways())
                .isEqualTo(Map.of(
                        "napi_build_skb SOFTIRQ - kfree_skb SOFTIRQ", 1_081,
                        "napi_build_skb SOFTIRQ - napi_consume_skb SOFTIRQ", 18_919));
        assertThat(waves.crossing()).isZero();
        assertThat(waves.mostAlive()).isEqualTo(2 * MemoryPressure.QUEUE + 1);
    }

    @Test
    void oneCpuAtATimeIsBusyAndTheOthersIdle() {
        final Journeys flow = journeys(Generator.IDLE_HOARD);

        assertThat(flow.ways()).isEqualTo(Map.of("napi_build_skb SOFTIRQ - napi_consume_skb SOFTIRQ", PACKETS));
        assertThat(flow.crossing()).isZero();
        assertThat(flow.mostAlive()).isEqualTo(64);
        assertThat(turns(flow)).isEqualTo(79);
    }

    /** How often the next skb ended on another CPU than the one before; always the next one. */
    private static int turns(Journeys flow) {
        int turns = 0;
        int before = 0;
        for (final Journey journey : flow.all()) {
            if (journey.to().cpu() != before) {
                turns++;
                before = (before + 1) % 16;
                assertThat(journey.to().cpu()).isEqualTo(before);
            }
        }
        return turns;
    }

    @Test
    void onePingIsAlwaysOnItsWayToTheOtherNode() {
        final Journeys bounced = journeys(Generator.NUMA_PING_PONG);

        assertThat(bounced.ways()).isEqualTo(Map.of("napi_build_skb SOFTIRQ - napi_consume_skb SOFTIRQ", PACKETS));
        assertThat(bounced.mostAlive()).isEqualTo(1);
        assertThat(bounced.crossingNodes()).isEqualTo(PACKETS);
        for (int i = 0; i < PACKETS; i++) {
            assertThat(bounced.all().get(i).from().cpu()).isEqualTo(i % 2);
        }
        assertThat(journeys(Generator.NUMA_PING_PONG, 3).crossingNodes()).isEqualTo(PACKETS);
        assertThat(journeys(Generator.NUMA_PING_PONG, 9).crossingNodes()).isEqualTo(PACKETS);
    }
}
