package headcache.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import headcache.workload.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InitialStateReaderTest {
    private static final String HEADER = "trace,cpu,count,objects_bottom_first,final_count\n";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsTheBundledStates() {
        final InitialState state = bundledBeside("tcp_bulk");
        final InitialState.CacheState tcp = state.of("tcp_bulk", 0).orElseThrow();
        assertThat(tcp.objects()).containsExactly(60, 59, 58, 57, 56, 55, 54, 51, 50, 48, 47, 1);
        assertThat(tcp.finalCount()).isEqualTo(6);
        assertThat(state.of("tcp_bulk", 1).orElseThrow().objects()).isEmpty();
        assertThat(state.of("tcp_bulk", 2)).isEmpty();
        assertThat(state.recordings()).isEqualTo("numa_two_nodes tcp_bulk vlan_nat");
        assertThat(bundledBeside("tcp_rx_pair").recordings()).isEqualTo("tcp_rx_pair vlan_nat_pair");
    }

    @Test
    void keepsUnknownHeadsAndMissingFinalCounts() throws IOException {
        final InitialState.CacheState state = read("t,3,3,5;?;9,\n").of("t", 3).orElseThrow();
        assertThat(state.objects()).containsExactly(5, InitialState.UNKNOWN, 9);
        assertThat(state.finalCount()).isEqualTo(InitialState.NOT_RECORDED);
        assertThat(state.line()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t,0,2,5,3|2: malformed objects_bottom_first: fewer than count=2",
                "t,0,1,5;6,3|2: malformed objects_bottom_first",
                "t,0,1,x,3|2: object is no number",
                "t,0,1,5,many|2: final_count is no number",
                "t,0,1,5,3,4|2: malformed final_count",
                "t,0,99999999,5,3|2: count is no number from 0 to 65535",
                "t,0,2,5;5,3|2: the head is parked twice, trace=t, object=5"
            })
    void namesWhatIsWrong(String row, String what) {
        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> read(row + "\n"))
                .withMessageStartingWith(folder.resolve("state.csv") + ":" + what);
    }

    @Test
    void refusesACacheThatIsToldOfTwice() {
        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> read("t,0,0,,1\nt,0,0,,1\n"))
                .withMessageEndingWith("state.csv:3: the cache is told of twice, trace=t, cpu=0");
    }

    private static InitialState bundledBeside(String recording) {
        return InitialStateReader.read(
                TraceSource.bundled(recording).beside(TraceSource.INITIAL_STATE).orElseThrow());
    }

    private InitialState read(String rows) throws IOException {
        final Path file = folder.resolve("state.csv");
        Files.writeString(file, HEADER + rows);
        return InitialStateReader.read(TraceSource.of(file.toString()));
    }
}
