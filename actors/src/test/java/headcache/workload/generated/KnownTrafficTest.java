package headcache.workload.generated;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.workload.Context;
import headcache.workload.Workload;
import headcache.workload.generated.Journeys.Journey;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the generators with known names promise of where skbs begin and end. */
class KnownTrafficTest {
    private static final int PACKETS = 20_000;

    private static Journeys journeys(Generator generator) {
        return journeys(generator, generator.defaults().cpus());
    }

    private static Journeys journeys(Generator generator, int cpus) {
        final Workload workload =
                generator.workload(generator.defaults().withCpus(cpus).withPackets(PACKETS));
        final Journeys journeys = Journeys.of(workload);
        assertThat(journeys.all()).hasSize(PACKETS);
        return journeys;
    }

    private static void shouldAllGo(Journeys journeys, String from, Context begun, String to, Context ended) {
        assertThat(journeys.all()).allSatisfy(journey -> {
            assertThat(journey.from().way()).isEqualTo(from);
            assertThat(journey.from().context()).isEqualTo(begun);
            assertThat(journey.to().way()).isEqualTo(to);
            assertThat(journey.to().context()).isEqualTo(ended);
        });
    }

    /** Of n slots of which n are replaced at random, 1 - 1/e are hit: 63 %. Each of these was another CPU's. */
    @Test
    void larsonBleeds() {
        final Journeys larson = journeys(Generator.LARSON, 8);

        shouldAllGo(larson, "napi_build_skb", Context.SOFTIRQ, "napi_consume_skb", Context.SOFTIRQ);
        assertThat(larson.crossing()).isEqualTo(11_639);
        assertThat(larson.mostAlive()).isEqualTo(8 * Larson.SLOTS);
    }

    @Test
    void producersNeverConsume() {
        final Journeys passed = journeys(Generator.PRODUCER_CONSUMER, 6);

        shouldAllGo(passed, "napi_build_skb", Context.SOFTIRQ, "napi_consume_skb", Context.SOFTIRQ);
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

        shouldAllGo(flow, "alloc_skb", Context.TASK, "napi_consume_skb", Context.SOFTIRQ);
        assertThat(flow.all())
                .allMatch(journey -> journey.from().cpu() == 0 && journey.to().cpu() == 1);
        assertThat(flow.mostAlive()).isEqualTo(195);
        assertThat(journeys(Generator.AF_XDP, 4).all())
                .allMatch(journey -> journey.to().cpu() == journey.from().cpu() + 1);
        assertThat(journeys(Generator.AF_XDP, 4).all())
                .extracting(Journey::from)
                .anyMatch(from -> from.cpu() == 2);
    }
}
