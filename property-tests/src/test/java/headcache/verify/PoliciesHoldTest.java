package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.policy.Policies;
import headcache.policy.Series;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.WorkloadRun;
import headcache.workload.generated.Generator;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws that hold for every policy, held against every one, and what the series left, on all generated traffic. */
class PoliciesHoldTest {
    private static final int PACKETS = 5_000;

    static Stream<Arguments> pairs() {
        return Stream.concat(
                        Policies.ALL.stream().map(policy -> Named.of(policy.name(), policy.cpu())),
                        Series.BESIDE.stream().map(stage -> Named.of(stage.name(), stage.policy())))
                .flatMap(policy -> Arrays.stream(Generator.values()).map(traffic -> Arguments.of(policy, traffic)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldLoseNoHeadUnderAnyPolicy(CpuPolicy policy, Generator traffic) {
        final Ledger ledger = new Ledger();

        WorkloadRun.run(
                traffic.workload(traffic.defaults().withPackets(PACKETS)),
                RunOptions.DEFAULT.with(policy).with(Threads.DETERMINISTIC).with(ledger),
                ProgressListener.NONE);
        ledger.checkNothingOnTheWay();
        ledger.checkAllHome();

        assertThat(ledger.violations()).isEmpty();
        assertThat(ledger.ended()).isEqualTo(ledger.begun());
        assertThat(ledger.begun()).isGreaterThanOrEqualTo(PACKETS);
        assertThat(ledger.balance().in(Place.IN_SLAB))
                .isEqualTo(ledger.balance().known());
    }
}
