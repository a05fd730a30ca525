package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captures as workloads, those that come with the program and others. */
final class CaptureWorkloadTest {
    @TempDir
    private Path folder = Path.of("");

    private static byte[] capture() throws IOException {
        try (InputStream packed = Objects.requireNonNull(
                CaptureWorkloadTest.class.getResourceAsStream("/headcache/traces/paired/tcp_rx_pair.eth0.pcap.gz"))) {
            return new GZIPInputStream(packed).readAllBytes();
        }
    }

    private String file(final String name, final byte... bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }

    @Test
    void runsTheFramesOfACaptureByItsName() {
        final Cli run = Cli.run("run tcp_rx_pair.eth0 --deterministic --window 100");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out().lines())
                .contains(
                        "run: workload=tcp_rx_pair.eth0 seed=1 packets=9751 repeat=1",
                        "tcp_rx_pair.eth0: captured frames, delivered to tasks",
                        "note: received: 9751 frames, of which GRO merged 9178; polls are guessed from arrival, 100 us each",
                        "note: left out: 410 frames that the NIC sent itself")
                .last()
                .isEqualTo("repeat: ./headcache run tcp_rx_pair.eth0 --seed 1 --window 100 --deterministic");
    }

    @Test
    void comparesPoliciesOnOnesOwnCapture() throws IOException {
        final String own = file("own.pcap", capture());
        final Cli run = Cli.run("compare --policies linux-5.12,no-cache --workloads " + own
                + " --nic 52:54:00:00:00:10 --queues 2 --destination deliver --format csv");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out().lines()).hasSize(3).anyMatch(line -> line.startsWith("own,linux-5.12,true,9751,"));
        assertThat(run.err())
                .contains(" --queues 2 --destination deliver --nic 52:54:00:00:00:10 --packets 20000 --seed 1");
    }

    @Test
    void playsWhatIsReadableOfACaptureThatIsCutOff() throws IOException {
        final Cli run = Cli.run("run " + file("cut", Arrays.copyOf(capture(), 5000)));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out().lines())
                .anyMatch(
                        line -> line.startsWith("note: " + folder.resolve("cut") + ": frame 40: cut off in the frame"));
    }

    /** Who compares is told what is lost too: in the table, in the page, and beside what programs read. */
    @ParameterizedTest
    @CsvSource({"table, --policies", "csv, --policies", "json, --policies", "table, --diverge", "csv, --diverge"})
    void saysWhatIsLostWherePoliciesAreCompared(final String format, final String option) throws IOException {
        final String cut = file("cut", Arrays.copyOf(capture(), 5000));
        final Cli run = Cli.run("compare " + option + " linux-5.12,no-cache --workloads " + cut + " --format " + format
                + (format.equals("table") && option.equals("--policies") ? " --html " + folder.resolve("page") : ""));

        final String note = cut + ": frame 40: cut off in the frame";
        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        if (format.equals("table")) {
            assertThat(run.out().lines()).anyMatch(line -> line.startsWith("note: " + note));
        } else {
            assertThat(run.err().lines()).anyMatch(line -> line.startsWith("cut: note: " + note));
            assertThat(run.out()).doesNotContain("note:");
        }
        if (run.out().contains("report: ")) {
            assertThat(Files.readString(folder.resolve("page"))).contains(note);
        }
    }

    @Test
    void saysOfACaptureByNameThatItIsNone() throws IOException {
        final Cli run = Cli.run("run " + file("mine.pcap", "garbage".getBytes(StandardCharsets.US_ASCII)));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_DATA);
        assertThat(run.err())
                .contains("mine.pcap: is no capture, begins with=67 61 72 62, expected=classic pcap, plain or gzip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run tcp_rx_pair.eth0 --queues 0 | impossible NIC: queues=0 must be 1 to 128",
                "run tcp_rx_pair.eth0 --hop -1 | impossible way of frames: hop=-1 window=50000 must be 0 or more",
                "run tcp_rx_pair.eth0 --nic 5254 | no address of a NIC: --nic 5254; write it like 52:54:00:00:00:11",
                "run tcp_rx_pair.eth0 --packets 5 | --packets is for generators; tcp_rx_pair.eth0 has its own number:"
                        + " see --repeat",
                "run tcp_rx_pair --hop 1 | --hop 1 is for captures, and tcp_rx_pair is none",
                "run burst --queues 2 | --queues 2 is for captures, and burst is none",
                "compare --workloads tcp_rx_pair.eth1 | no such file, nor a recording of that name",
            })
    void refusesWhatMakesNoSense(final String words, final String message) {
        final Cli run = Cli.run(words);

        assertThat(run.exitCode()).isIn(ExitCodes.USAGE, ExitCodes.BAD_DATA);
        assertThat(run.err()).contains(message);
        assertThat(run.err()).doesNotContain("at headcache");
    }
}
