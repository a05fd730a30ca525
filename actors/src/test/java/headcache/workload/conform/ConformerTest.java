package headcache.workload.conform;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.machine.RunningMachine.Threads;
import headcache.workload.trace.InitialState;
import headcache.workload.trace.InitialStateReader;
import headcache.workload.trace.Recording;
import headcache.workload.trace.RecordingReader;
import headcache.workload.trace.TraceSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConformerTest {

    @ParameterizedTest
    @CsvSource({
        "tcp_bulk,       37009, 48368, 2",
        "vlan_nat,       33870, 47306, 2",
        "numa_two_nodes, 40288, 59812, 4",
        "vlan_nat_pair,  17274, 17588, 2",
        "tcp_rx_pair,    19353, 20416, 2"
    })
    void everyEventOfTheRecordingsConforms(String name, int events, int routes, int caches) {
        final Conformance result = conform(name, initialState(name), CachePolicy.LINUX_5_12);
        assertThat(result.first()).isEmpty();
        assertThat(result.events()).isEqualTo(events);
        assertThat(result.mismatches()).isZero();
        assertThat(result.routeMismatches()).isZero();
        assertThat(result.conforms()).isTrue();
        assertThat(result.routes()).isEqualTo(routes);
        assertThat(result.skipped()).isZero();
        assertThat(result.notReached()).isZero();
        assertThat(result.unknownRoutes()).isEmpty();
        assertThat(result.finalCounts()).isEqualTo(caches);
    }

    @Test
    void remoteHeadsAreCountedWhereHomesWereRecorded() {
        assertThat(conform("numa_two_nodes", initialState("numa_two_nodes"), CachePolicy.LINUX_5_12)
                        .remote())
                .contains(new Conformance.Remote(4_961, 8_689, 1_194));
        assertThat(conform("vlan_nat", initialState("vlan_nat"), CachePolicy.LINUX_5_12)
                        .remote())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"tcp_bulk, 4632", "vlan_nat, 338", "numa_two_nodes, 5124"})
    void withoutInitialStateEachCpuBeginsWhereItsCacheIsKnownToBeEmpty(String name, int skipped) {
        final Conformance result = conform(name, InitialState.NONE, CachePolicy.LINUX_5_12);
        assertThat(result.skipped()).isEqualTo(skipped);
        assertThat(result.conforms()).isTrue();
        assertThat(result.finalCounts()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "63, 16, 32, NEWEST",
        "64, 15, 32, NEWEST",
        "64, 17, 32, NEWEST",
        "64, 16, 31, NEWEST",
        "64, 16, 32, OLDEST",
        "8, 4, 4, NEWEST"
    })
    void otherParametersDoNotConform(int capacity, int refill, int spill, SpillEnd end) {
        final CachePolicy policy = new CachePolicy(capacity, refill, spill, end);
        final Conformance result = conform("vlan_nat_pair", initialState("vlan_nat_pair"), policy);
        assertThat(result.mismatches()).isPositive();
        assertThat(result.conforms()).isFalse();
    }

    @Test
    void theFirstMismatchIsShownWithWhatLedToIt() {
        final CachePolicy policy = new CachePolicy(64, 16, 31, SpillEnd.NEWEST);
        final Conformance.First first =
                conform("tcp_bulk", initialState("tcp_bulk"), policy).first().orElseThrow();
        assertThat(first.mismatch().check()).isEqualTo(Check.RULE);
        assertThat(first.place()).isEqualTo("tcp_bulk:45559");
        assertThat(first.mismatch().expected())
                .isEqualTo("bulk_free n=32 [249;250;251;252;253;254;255 ... 280]"
                        + " kept n=32 [47;54;50;51;7;26;60 ... 248] via=napi_consume_skb");
        assertThat(first.mismatch().actual()).isEqualTo("spills n=31 [250;251;252;253;254;255;256 ... 280]");
        assertThat(first.history())
                .hasSize(8)
                .endsWith("line 45559 cpu 1 " + first.mismatch().expected())
                .allSatisfy(row -> assertThat(row).contains(" cpu 1 "));
    }

    private static InitialState initialState(String name) {
        return InitialStateReader.read(
                TraceSource.bundled(name).beside(TraceSource.INITIAL_STATE).orElseThrow());
    }

    private static Conformance conform(String name, InitialState initial, CachePolicy policy) {
        final Recording recording = RecordingReader.read(TraceSource.bundled(name));
        return new Conformer(ConformSettings.LINUX_5_12.with(policy), Threads.all()).conform(recording, initial);
    }
}
