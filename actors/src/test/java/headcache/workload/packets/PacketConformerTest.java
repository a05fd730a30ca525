package headcache.workload.packets;

import static headcache.workload.capture.Treatment.HANDED_UP;
import static headcache.workload.capture.Treatment.LIST_MEMBER;
import static headcache.workload.capture.Treatment.MERGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import headcache.workload.BadInputException;
import headcache.workload.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PacketConformerTest {
    private static final String RUN = "tcp_rx_pair";
    private static final String CAPTURE = RUN + ".eth0.pcap.gz";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void routerTreatsEachFrameAndCompletionAsTheKernelDid() {
        final PacketConformance result = PacketConformer.conform(TraceSource.bundled("vlan_nat_pair"));
        final var eth0 = Map.of(MERGED, 2985, LIST_MEMBER, 9, HANDED_UP, 3797);
        final var eth1 = Map.of(MERGED, 547, LIST_MEMBER, 7, HANDED_UP, 1012);
        assertThat(result.nics())
                .containsExactly(
                        new NicResult("eth0", 1854, 6791, 6791, eth0, eth0, 0, 0, 93, Optional.empty()),
                        new NicResult("eth1", 2208, 1566, 1566, eth1, eth1, 0, 0, 19, Optional.empty()));
        assertThat(result.forwards())
                .containsExactly(
                        new ForwardResult(
                                "eth0", "eth1", 3786, 3786, 177, 177, 7121, 7121, 331, 0, 0, Optional.empty()),
                        new ForwardResult(
                                "eth1", "eth0", 1004, 1004, 145, 145, 1598, 1598, 31, 0, 0, Optional.empty()));
        assertThat(result.effects())
                .containsExactly(
                        new PollEffect(0, "kernel", 175, 4),
                        new PollEffect(0, "as recorded", 175, 3),
                        new PollEffect(0, "64 frames each", 200, 15),
                        new PollEffect(0, "50 us of arrival", 189, 1),
                        new PollEffect(1, "kernel", 1, 91),
                        new PollEffect(1, "as recorded", 1, 91),
                        new PollEffect(1, "64 frames each", 21, 102),
                        new PollEffect(1, "50 us of arrival", 1, 96));
        assertThat(result.differences()).isZero();
        assertThat(result.isWhole()).isTrue();
    }

    @Test
    void endPointTreatsEachFrameAsTheKernelDid() {
        final PacketConformance result = PacketConformer.conform(TraceSource.bundled(RUN));
        final var eth0 = Map.of(MERGED, 8931, LIST_MEMBER, 351, HANDED_UP, 469);
        assertThat(result.nics())
                .containsExactly(new NicResult("eth0", 368, 9751, 9751, eth0, eth0, 0, 0, 933, Optional.empty()));
        assertThat(result.forwards()).isEmpty();
        assertThat(result.effects())
                .contains(new PollEffect(0, "kernel", 10, 0), new PollEffect(0, "as recorded", 51, 0));
        assertThat(result.isWhole()).isTrue();
    }

    @Test
    void oneChangedFrameIsFound() throws IOException {
        final String trace = text(RUN + ".csv.gz");
        final int at = trace.indexOf("site=napi_build_skb");
        final TraceSource source = write(
                trace.substring(0, at) + "site=__napi_alloc_skb" + trace.substring(at + "site=napi_build_skb".length()),
                bytes(CAPTURE));
        final PacketConformance result = PacketConformer.conform(source);
        assertThat(result.differences()).isEqualTo(1);
        assertThat(result.first())
                .contains("eth0: site of frame received 3: kernel __napi_alloc_skb, model napi_build_skb");
    }

    @Test
    void ofADamagedCaptureWhatIsThereIsCompared() throws IOException {
        final byte[] whole = bytes(CAPTURE);
        final PacketConformance result =
                PacketConformer.conform(write(text(RUN + ".csv.gz"), Arrays.copyOf(whole, whole.length / 2)));
        assertThat(result.differences()).isZero();
        assertThat(result.isWhole()).isFalse();
        assertThat(result.damage()).hasSize(1);
        assertThat(result.nics().get(0).modelReceived())
                .isEqualTo(result.nics().get(0).kernelReceived())
                .isBetween(1000, 9000);
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertRefused(TraceSource.bundled("tcp_bulk"), "tcp_bulk: there is no nics.csv beside it");
        final TraceSource source = write(text(RUN + ".csv.gz"), bytes(CAPTURE));
        Files.delete(folder.resolve(CAPTURE));
        assertRefused(source, source.file() + ": there is no " + CAPTURE + " beside it");
        final Path nics = folder.resolve("nics.csv");
        Files.writeString(nics, text("nics.csv").replace("tcp_rx_pair,", "other,"));
        assertRefused(source, nics + ": names no capture of this run, run=tcp_rx_pair");
        Files.writeString(nics, text("nics.csv").replace("eth0,52:54:00:00:00:10", "eth7,52:54:00:00:00:10"));
        assertRefused(source, source.file() + ": no poll of this NIC was recorded, dev=eth7, polled=[eth0]");
        Files.writeString(nics, text("nics.csv").replace("00:11", "00:1"));
        assertRefused(source, nics + ":2: mac is no address such as 52:54:00:00:00:11, mac=52:54:00:00:00:1");
        Files.writeString(nics, text("nics.csv").replace("VLAN 100,", "VLAN 100,,"));
        assertRefused(source, nics + ":2: wrong number of columns, columns=11, expected=10");
    }

    @Test
    void refusesAPollWithoutItsGets() throws IOException {
        final TraceSource source =
                write("seq,cpu,event,object,detail\n1,0,poll,,dev=eth0 work=1 budget=64\n", new byte[0]);
        assertRefused(
                source,
                source.file() + ":2: a poll received more or fewer frames than there are gets since the poll before,"
                        + " dev=eth0, work=1, gets=0");
    }

    private static void assertRefused(TraceSource source, String message) {
        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> PacketConformer.conform(source))
                .withMessage(message);
    }

    private TraceSource write(String trace, byte[] capture) throws IOException {
        Files.writeString(folder.resolve("nics.csv"), text("nics.csv"));
        Files.write(folder.resolve(CAPTURE), capture);
        return TraceSource.file(
                Files.writeString(folder.resolve(RUN + ".csv"), trace).toString());
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = PacketConformer.class.getResourceAsStream("/headcache/traces/paired/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static String text(String name) throws IOException {
        final InputStream raw = new ByteArrayInputStream(bytes(name));
        try (InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
