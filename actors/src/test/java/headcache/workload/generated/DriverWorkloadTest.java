package headcache.workload.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.WayIn;
import headcache.workload.OrderCheck;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DriverWorkloadTest {
    private static final int PACKETS = 20_000;

    private static DriverWorkload made(WayIn driver, Fate fate, int cpus, long packets) {
        return new DriverWorkload(driver, fate, new GeneratorOptions(cpus, 1, packets, 1));
    }

    static Stream<Arguments> all() {
        return DriverWorkload.DRIVERS.stream()
                .flatMap(driver -> Stream.of(Fate.values()).map(fate -> Arguments.of(driver, fate)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldEndEverySkbThatItBegins(WayIn driver, Fate fate) {
        for (final int cpus : new int[] {1, 3}) {
            final OrderCheck check = OrderCheck.of(made(driver, fate, cpus, PACKETS));

            assertThat(check.begun()).isEqualTo(PACKETS);
            assertThat(check.ended()).isEqualTo(PACKETS);
            assertThat(check.digest())
                    .isEqualTo(OrderCheck.of(made(driver, fate, cpus, PACKETS)).digest());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldStopAtAnyNumberOfPackets(WayIn driver, Fate fate) {
        for (int packets = 1; packets < 200; packets++) {
            assertThat(OrderCheck.of(made(driver, fate, 2, packets)).ended()).isEqualTo(packets);
        }
    }

    @Test
    void shouldHaveNoDriverThatCallsWhatIsNoneOfItsBusiness() {
        assertThat(List.of(WayIn.SKB_CLONE, WayIn.ALLOC_SKB_FCLONE))
                .allSatisfy(way -> assertThatThrownBy(() -> made(way, Fate.FORWARDED, 1, 1))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("no driver calls it: way=" + way.kernelName()));
    }
}
