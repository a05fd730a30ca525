package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ConformPacketsTest {

    private static final String RUN = "tcp_rx_pair";
    private static final String CAPTURE = RUN + ".eth0.pcap.gz";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void allRunsThatComeWithPacketsConform() {
        assertThat(run("conform", "--packets")).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString().lines().map(line -> line.replaceAll(" {2,}", " | ")))
                .contains(
                        "vlan_nat_pair | eth0 | frames received | 6,791 | 6,791",
                        " | merged, put at once | 2,985 | 2,985",
                        " | list members | 9 | 9",
                        " | units handed up | 3,797 | 3,797",
                        " | each frame, the get's site | 6,791 | 6,791 | 0",
                        " | each completion, in order | 3,963 | 3,963 | 0",
                        " | each completion, in order | 1,149 | 1,149 | 0",
                        " | each frame sent | 7,121 | 7,121 | 0",
                        " | each frame, its treatment | 9,751 | 9,751 | 0",
                        "vlan_nat_pair | eth0 | 1,854 | 6,791 | 93",
                        "vlan_nat_pair | eth1 | 2,208 | 1,566 | 19",
                        "tcp_rx_pair | eth0 | 368 | 9,751 | 933",
                        "vlan_nat_pair | cpu-1 | kernel | 1 | 91",
                        "vlan_nat_pair | cpu-1 | as recorded | 1 | 91",
                        "vlan_nat_pair | cpu-1 | 64 frames each | 21 | 102");
        assertThat(out.toString().lines())
                .endsWith(
                        "conforms: 18,108 frames received and 5,112 completions of 2 runs, no difference",
                        "repeat: ./headcache conform --packets");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theDocumentShowsTheBulkCallsAsTheyAreToldHere() throws IOException {
        run("conform", "--packets");
        final List<String> shown = Files.readAllLines(Path.of("..", "docs", "captures.md")).stream()
                .filter(line -> line.matches(" {4}\\w+_pair +cpu-.*"))
                .map(line -> line.substring(4))
                .toList();
        assertThat(shown).hasSize(12);
        assertThat(out.toString().lines()).containsSubsequence(shown);
    }

    @Test
    void programsReadTheSame() throws JsonProcessingException {
        assertThat(run("conform", "--packets", "vlan_nat_pair", "--format", "json"))
                .isEqualTo(ExitCodes.HOLDS);
        final JsonNode result = new ObjectMapper().readTree(out.toString()).get(0);
        assertThat(result.get("differences").asInt()).isZero();
        assertThat(result.at("/nics/0/kernel/listMembers").asInt()).isEqualTo(9);
        assertThat(result.at("/nics/1/differencesIfPollsAreGuessed").asInt()).isEqualTo(19);
        assertThat(result.at("/forwards/0/model/own").asInt()).isEqualTo(177);
        assertThat(result.at("/bulkCalls/1/polls").asText()).isEqualTo("as recorded");
        assertThat(result.at("/bulkCalls/1/refills").asInt()).isEqualTo(175);
        assertThat(result.at("/forwards/1/kernel/forwarded").asInt()).isEqualTo(1004);
        assertThat(run("conform", "--packets", RUN, "--format", "csv")).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString().lines())
                .startsWith("run,nic,what,model,kernel,differ", "tcp_rx_pair,eth0,frames received,9751,9751,");
    }

    @Test
    void differencesAreCountedAndTheFirstIsShown() throws IOException {
        final Path trace = copyRun();
        final Path nics = folder.resolve("nics.csv");
        Files.writeString(nics, Files.readString(nics).replace("00:00:00:10", "00:00:00:aa"));
        assertThat(run("conform", "--packets", trace.toString())).isEqualTo(ExitCodes.VIOLATED);
        assertThat(out.toString())
                .contains("\ntcp_rx_pair: eth0: frame received ")
                .contains("\ndoes not conform: ");
    }

    @Test
    void cutCaptureIsInconclusiveAndSaysWhatIsLost() throws IOException {
        final Path trace = copyRun();
        final Path capture = folder.resolve(CAPTURE);
        final byte[] whole = Files.readAllBytes(capture);
        Files.write(capture, Arrays.copyOf(whole, whole.length / 2));
        assertThat(run("conform", "--packets", trace.toString())).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(out.toString()).contains("\ninconclusive, not all was there to compare: ");
        assertThat(err.toString())
                .startsWith(capture + ": frame ")
                .contains("the gzip data ends before its end mark, what follows is lost; frames read before it: ");
    }

    @Test
    void wrongUseAndBadDataAreOneLine() {
        assertThat(run("conform", "--packets", "--refill", "15")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString())
                .contains("--packets compares no caches: leave out --initial, --cpu-nodes and the cache");
        assertThat(run("conform", "--packets", "tcp_bulk")).isEqualTo(ExitCodes.BAD_DATA);
        assertThat(err.toString()).isEqualTo("tcp_bulk: there is no nics.csv beside it" + System.lineSeparator());
        assertThat(out.toString()).contains("\nno verdict: 0 of 1 runs compared\n");
    }

    private Path copyRun() throws IOException {
        for (final String name : new String[] {RUN + ".csv.gz", CAPTURE, "nics.csv"}) {
            try (InputStream in = getClass().getResourceAsStream("/headcache/traces/paired/" + name)) {
                Files.copy(Objects.requireNonNull(in), folder.resolve(name));
            }
        }
        return folder.resolve(RUN + ".csv.gz");
    }

    private int run(final String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        final CommandLine program = CommandLines.create(new Terminal(false, false, false));
        program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return CommandLines.execute(program, args);
    }
}
