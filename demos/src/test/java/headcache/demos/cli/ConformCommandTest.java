package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ConformCommandTest {

    private static final String HEADER = "seq,cpu,event,object,detail\n";

    /** One refill, three gets, two puts. */
    private static final String SMALL = HEADER
            + "1,0,bulk_alloc,1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16,n=16\n"
            + "2,0,get,16,count=15 site=napi_build_skb\n"
            + "3,0,get,15,count=14 site=napi_build_skb\n"
            + "4,0,put,16,count=15 via=napi_consume_skb caller=e1000_unmap_and_free_tx_resource\n"
            + "5,0,get,16,count=14 site=napi_build_skb\n"
            + "6,0,slab_free,15,cache=head site=udp_recvmsg ctx=task\n"
            + "7,0,poll,,dev=eth0 work=3 budget=64\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void allRecordingsThatComeWithTheProgramConform() throws JsonProcessingException {
        assertThat(run("conform", "--format", "json")).isEqualTo(ExitCodes.HOLDS);
        final JsonNode results = json();
        assertThat(results)
                .extracting(result -> result.get("trace").asText())
                .containsExactly("tcp_bulk", "vlan_nat", "numa_two_nodes", "vlan_nat_pair", "tcp_rx_pair");
        assertThat(results)
                .extracting(result -> result.get("events").asInt())
                .containsExactly(37_009, 33_870, 40_288, 17_274, 19_353);
        assertThat(results)
                .extracting(result -> result.get("routes").asInt())
                .containsExactly(48_368, 47_306, 59_812, 17_588, 20_416);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.get("mismatches").asInt()).isZero();
            assertThat(result.get("routeMismatches").asInt()).isZero();
            assertThat(result.get("conforms").asBoolean()).isTrue();
            assertThat(result.get("command").asText()).isEqualTo("./headcache conform");
        });
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void wrongParametersAreFoundAndShown() throws IOException {
        assertThat(run("conform", "tcp_rx_pair", "--refill", "15")).isEqualTo(ExitCodes.VIOLATED);
        assertThat(out.toString())
                .startsWith("conform: cache=64/15/32 newest recordings=1\n")
                .contains("\ntcp_rx_pair:2: first mismatch: rule\n")
                .contains("  recorded  bulk_alloc n=16 [1;2;3;4;5;6;7 ... 16]\n")
                .contains("  model     asks for 15\n")
                .contains("    line 2 cpu 1 bulk_alloc n=16")
                .contains("\ndoes not conform: 1 of 1 recordings differ\n")
                .endsWith("\nrepeat: ./headcache conform tcp_rx_pair --refill 15\n");
    }

    @Test
    void filesAreComparedAndNotesGoToStderr() throws IOException {
        final Path file = write("small run.csv", SMALL);
        assertThat(run("conform", file.toString(), "--format", "csv")).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString().lines())
                .containsExactly(
                        "trace,rows,events,skipped,notReached,mismatches,routes,routeMismatches,unknownRoutes,conforms",
                        "small run,7,5,0,0,0,5,0,0,true");
        assertThat(err.toString().lines())
                .containsExactly(
                        "conform: cache=64/16/32 newest recordings=1",
                        "note: " + file
                                + ": there is no initial_state.csv beside it; each CPU begins where its cache is"
                                + " known to be empty",
                        "repeat: ./headcache conform '" + file + "'");
    }

    @Test
    void initialStateIsTakenFromBesideOrFromWhereItIsSaid() throws IOException {
        final Path file = write("late.csv", HEADER + "1,0,get,7,count=1 site=napi_build_skb\n");
        final String state = "trace,cpu,count,objects_bottom_first,final_count\nlate,0,2,?;7,1\n";
        write("initial_state.csv", state);
        assertThat(run("conform", file.toString(), "--format", "json")).isEqualTo(ExitCodes.HOLDS);
        assertThat(json().get(0).get("skipped").asInt()).isZero();
        assertThat(json().get(0).get("finalCounts").asInt()).isEqualTo(1);
        final Path other = write("other.csv", state.replace("?;7,1", "?;8,1"));
        assertThat(run("conform", file.toString(), "--initial", other.toString()))
                .isEqualTo(ExitCodes.VIOLATED);
        assertThat(out.toString())
                .contains("  recorded  get object=7 count=1 site=napi_build_skb\n")
                .contains("  model     GET object=8 count=1\n");
    }

    @Test
    void unknownFunctionsAreReportedAndNotCompared() throws IOException {
        final Path file = write("small.csv", SMALL.replace("udp_recvmsg", "quic_recvmsg"));
        assertThat(run("conform", file.toString(), "--format", "json")).isEqualTo(ExitCodes.HOLDS);
        final JsonNode result = json().get(0);
        assertThat(result.get("routes").asInt()).isEqualTo(4);
        assertThat(result.get("unknownRoutes")
                        .get("slab_free site=quic_recvmsg cache=head ctx=task")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void badDataIsOneLineAfterWhatWasDoneBefore() throws IOException {
        final Path good = write("good.csv", SMALL);
        final Path bad = write("bad.csv", SMALL.replace("4,0,put", "4,0,pat"));
        assertThat(run("conform", good.toString(), bad.toString(), "--format", "csv"))
                .isEqualTo(ExitCodes.BAD_DATA);
        assertThat(out.toString()).contains("\ngood,7,5,0,0,0,5,0,0,true\n");
        assertThat(err.toString().lines()).last().isEqualTo(bad + ":5: unknown event, event=\"pat\"");
        assertThat(run("conform", "nowhere.csv")).isEqualTo(ExitCodes.BAD_DATA);
        assertThat(err.toString())
                .startsWith("nowhere.csv: no such file, nor a recording of that name, names=[tcp_bulk, ");
        assertThat(run("conform", "tcp_bulk", "--initial", "nowhere.csv")).isEqualTo(ExitCodes.BAD_DATA);
        assertThat(err.toString()).isEqualTo("nowhere.csv: no such file" + System.lineSeparator());
    }

    @Test
    void withoutAResultThereAreNoTablesAndNoVerdict() throws IOException {
        final Path bad = write("bad.csv", "");
        assertThat(run("conform", bad.toString())).isEqualTo(ExitCodes.BAD_DATA);
        assertThat(out.toString().lines())
                .containsExactly(
                        "conform: cache=64/16/32 newest recordings=1",
                        "",
                        "no verdict: 0 of 1 recordings compared",
                        "repeat: ./headcache conform " + bad);
    }

    @Test
    void recordingWithoutAnEventIsInconclusive() throws IOException {
        final Path silent = write("silent.csv", HEADER);
        assertThat(run("conform", silent.toString())).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(out.toString()).contains("\ninconclusive: nothing to compare in silent\n");
        assertThat(run("conform", silent.toString(), "tcp_rx_pair", "--refill", "15"))
                .isEqualTo(ExitCodes.VIOLATED);
    }

    @Test
    void impossibleParametersAreWrongUsage() {
        assertThat(run("conform", "--refill", "65")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("impossible cache policy: refill=65 must be 1 to 64 (capacity=64)");
        assertThat(run("conform", "--capacity", "0")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("conform", "--cpu-nodes", "0,300")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("--cpu-nodes has node=300");
        assertThat(run("conform", "--capacity", "many")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("conform", "--format", "xml")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("expected one of [table, json, csv] but was 'xml'");
    }

    @Test
    void aListOfNodesThatDoesNotFitTheRecordingIsBadInput() {
        assertThat(run("conform", "tcp_rx_pair", "--cpu-nodes", "0,0,0")).isEqualTo(ExitCodes.BAD_DATA);
        assertThat(err.toString())
                .endsWith(": needs a memory node for each of its CPUs, cpus=2, nodes given=3" + System.lineSeparator());
    }

    @Test
    void routesArePublishedInTheDocuments() throws IOException {
        assertThat(Path.of("..", "docs", "routes.md")).hasContent(RoutesDocument.markdown());
        assertThat(run("conform", "--routes")).isEqualTo(ExitCodes.HOLDS);
        final List<String> lines = out.toString().lines().collect(Collectors.toList());
        assertThat(lines).hasSize(55);
        assertThat(lines.get(1)).startsWith("get slab_alloc  napi_build_skb ").contains("5.12");
    }

    private JsonNode json() throws JsonProcessingException {
        return new ObjectMapper().readTree(out.toString());
    }

    private Path write(final String name, final String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int run(final String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        final CommandLine program = CommandLines.create(new Terminal(false, false, false));
        program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return CommandLines.execute(program, args);
    }
}
