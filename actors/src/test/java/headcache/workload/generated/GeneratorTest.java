package headcache.workload.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.workload.OpBuffer;
import headcache.workload.OpStream;
import headcache.workload.OrderCheck;
import headcache.workload.Workload;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratorTest {
    private static final int PACKETS = 200_000;

    private static Workload made(Generator generator, int cpus, long packets, long seed) {
        return generator.workload(
                generator.defaults().withCpus(cpus).withPackets(packets).withSeed(seed));
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndEverySkbThatItBegins(Generator generator) {
        for (final int cpus : new int[] {2, 3, 8, 61}) {
            final OrderCheck check = OrderCheck.of(made(generator, cpus, PACKETS, 1));

            assertThat(check.begun()).isEqualTo(PACKETS);
            assertThat(check.ended()).isEqualTo(PACKETS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopAtAnyNumberOfPackets(Generator generator) {
        for (int packets = 1; packets < 300; packets++) {
            assertThat(OrderCheck.of(made(generator, 2, packets, packets)).ended())
                    .isEqualTo(packets);
        }
    }

    /** Whatever the length: numbers are used again, and no part of the stream is long. */
    @ParameterizedTest
    @EnumSource
    void shouldNotGrowWithItsLength(Generator generator) {
        final OrderCheck one = OrderCheck.of(made(generator, 4, PACKETS, 1));
        final OrderCheck ten = OrderCheck.of(made(generator, 4, 10 * PACKETS, 1));

        assertThat(ten.begun()).isEqualTo(10 * PACKETS);
        assertThat(ten.largestNumber()).isLessThan(40_000).isEqualTo(one.largestNumber());
        assertThat(ten.mostAtOnce()).isLessThan(1_200);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheSameForTheSameSeed(Generator generator) {
        final Workload workload = made(generator, 4, PACKETS, 7);

        assertThat(OrderCheck.of(workload).digest())
                .isEqualTo(OrderCheck.of(workload).digest())
                .isEqualTo(OrderCheck.of(made(generator, 4, PACKETS, 7)).digest());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ONE_WAY", "BURST"})
    void shouldGiveSomethingElseForAnotherSeed(Generator generator) {
        assertThat(OrderCheck.of(made(generator, 4, PACKETS, 7)).digest())
                .isNotEqualTo(OrderCheck.of(made(generator, 4, PACKETS, 8)).digest());
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnFromACopyAsFromTheOriginal(Generator generator) {
        final Workload workload = made(generator, 4, PACKETS, 7);
        final OpStream original = workload.open();
        final OpBuffer buffer = new OpBuffer();
        for (int i = 0; i < 50; i++) {
            original.read(buffer);
        }
        final OpStream first = original.copy();
        final OpStream second = original.copy();

        final long rest = rest(first);
        assertThat(rest).isEqualTo(rest(second)).isEqualTo(rest(original));
    }

    private static long rest(OpStream stream) {
        final OpBuffer buffer = new OpBuffer();
        long digest = 0;
        while (stream.read(buffer)) {
            for (int i = 0; i < buffer.size(); i++) {
                digest = (digest * 31 + buffer.kind(i)) * 31 + buffer.skb(i);
            }
            buffer.clear();
        }
        return digest;
    }

    @Test
    void shouldBeKnownByTheirNames() {
        assertThat(Arrays.stream(Generator.values()).map(Generator::label))
                .containsExactlyElementsOf(List.of(
                        "vlan-nat",
                        "tcp-rx",
                        "udp-flood",
                        "one-way",
                        "burst",
                        "numa-cross",
                        "larson",
                        "producer-consumer",
                        "af-xdp",
                        "udp-tx",
                        "tcp-rr",
                        "cpumap-gro",
                        "memory-pressure",
                        "idle-hoard",
                        "numa-ping-pong"));
        assertThat(Generator.named("one-way")).contains(Generator.ONE_WAY);
        assertThat(Generator.named("ONE_WAY")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "vlan-nat,   1, 1, 'impossible traffic: vlan-nat needs cpus=2 nodes=1 or more; cpus=1 nodes=1'",
        "numa-cross, 4, 1, 'impossible traffic: numa-cross needs cpus=2 nodes=2 or more; cpus=4 nodes=1'",
        "burst,      0, 1, 'impossible traffic: burst needs cpus=1 nodes=1 or more; cpus=0 nodes=1'",
        "burst,   5000, 1, 'impossible machine: cpus=5000 must be 1 to 4096'",
        "burst,      2, 999, 'impossible machine: nodes=999 must be 1 to 256'"
    })
    void shouldRefuseMachinesThatItMakesNoSenseOn(String name, int cpus, int nodes, String message) {
        final Generator generator = Generator.named(name).orElseThrow();
        final GeneratorOptions options = generator.defaults().withCpus(cpus).withNodes(nodes);

        assertThatThrownBy(() -> generator.workload(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void shouldRefuseToMakeNothing() {
        final GeneratorOptions options = Generator.BURST.defaults();

        assertThatThrownBy(() -> options.withPackets(0)).hasMessage("impossible traffic: packets=0 must be 1 or more");
    }
}
