package headcache.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import headcache.protocol.Head;
import headcache.protocol.SlabKind;
import headcache.workload.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordingReaderTest {
    private static final String HEADER = "seq,cpu,event,object,detail\n";
    private static final String GET = "1,0,get,7,count=3 site=napi_build_skb\n";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "tcp_bulk,       20811, 15692, 445, 61, 3373, 8492, 1149, 2, 1, 37009, 50023",
        "vlan_nat,       17293, 16407, 133, 37, 6360, 7246, 6838, 2, 1, 33870, 54314",
        "numa_two_nodes, 24221, 15031, 884, 152, 5685, 14875, 6786, 4, 2, 40288, 67634",
        "vlan_nat_pair,  8359, 8644, 176, 95, 435, 150, 4062, 2, 1, 17274, 21921",
        "tcp_rx_pair,    9752, 9590, 11, 0, 456, 618, 368, 2, 1, 19353, 20795"
    })
    void readsEveryRowOfTheRecordings(
            String name,
            int gets,
            int puts,
            int bulkAllocs,
            int bulkFrees,
            int slabAllocs,
            int slabFrees,
            int polls,
            int cpus,
            int nodes,
            int cacheEvents,
            int rows) {
        final Recording recording = RecordingReader.read(TraceSource.bundled(name));
        assertThat(Arrays.stream(TraceEvent.values()).map(recording::count))
                .containsExactly(gets, puts, bulkAllocs, bulkFrees, slabAllocs, slabFrees, polls);
        assertThat(recording.cacheEvents()).isEqualTo(cacheEvents);
        assertThat(recording.size()).isEqualTo(rows);
        assertThat(recording.cpus()).isEqualTo(cpus);
        assertThat(recording.nodes()).isEqualTo(nodes);
        assertThat(recording.hasHomes()).isEqualTo(nodes > 1);
        assertThat(recording.missingRows()).isZero();
    }

    @Test
    void keepsWhatEachKindOfRowTells() throws IOException {
        final Recording recording = read(HEADER
                + "5,0,bulk_alloc,1;2;3,n=3 homes=011\n"
                + "6,0,get,3,count=2 site=napi_build_skb home=1\n"
                + "7,1,put,9,count=64 via=napi_consume_skb caller=net_rx_action home=0\n"
                + "8,1,bulk_free,8;9,n=2 via=napi_consume_skb kept=5;4\n"
                + "9,2,slab_alloc,4,cache=fclone site=__alloc_skb node=1 gfp=GFP_ATOMIC ctx=softirq home=1\n"
                + "10,2,slab_free,4,cache=fclone site=tcp_ack budget0=1 ctx=hardirq\n"
                + "11,0,poll,,dev=eth0 work=7 budget=64\n"
                + "13,0,bulk_alloc,,n=0\n"
                + "14,0,get,,failed=1 site=napi_build_skb count=0\n");
        assertThat(recording.objects(0)).containsExactly(1, 2, 3);
        assertThat(recording.home(1)).isEqualTo(0);
        assertThat(recording.head(3, SlabKind.HEAD)).isEqualTo(Head.plain(1, 3));
        assertThat(recording.object(1)).isEqualTo(3);
        assertThat(recording.count(1)).isEqualTo(2);
        assertThat(recording.call(recording.callId(2))).hasToString("put via=napi_consume_skb caller=net_rx_action");
        assertThat(recording.objects(3)).containsExactly(8, 9);
        assertThat(recording.kept(3)).containsExactly(5, 4);
        assertThat(recording.call(recording.callId(4)))
                .isEqualTo(new Call(
                        TraceEvent.SLAB_ALLOC, "__alloc_skb", "", SlabKind.FCLONE, TraceContext.SOFTIRQ, 1, false));
        assertThat(recording.call(recording.callId(5)))
                .hasToString("slab_free site=tcp_ack cache=fclone ctx=hardirq budget0=1");
        assertThat(recording.work(6)).isEqualTo(7);
        assertThat(recording.budget(6)).isEqualTo(64);
        assertThat(recording.objects(7)).isEmpty();
        assertThat(recording.object(8)).isEqualTo(Recording.NO_OBJECT);
        assertThat(recording.home(5)).isEqualTo(Recording.NO_HOME);
        assertThat(recording.line(8)).isEqualTo(10);
        assertThat(recording.missingRows()).isEqualTo(1);
        assertThat(recording.firstMissingLine()).isEqualTo(9);
    }

    @Test
    void readsPlainAndPackedFilesOfAnyName() throws IOException {
        final Path packed = folder.resolve("packed.csv");
        Files.write(packed, gzip(HEADER + GET));
        assertThat(RecordingReader.read(TraceSource.of(packed.toString())).size())
                .isEqualTo(1);
        assertThat(read(HEADER + GET).size()).isEqualTo(1);
        assertThat(read((HEADER + GET).replace("\n", "\r\n")).size()).isEqualTo(1);
        assertThat(read(HEADER + GET.strip()).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'1,0,get,7'|the line ends after object",
                "'1,0,get,7,site=napi_build_skb'|detail lacks count",
                "'1,0,get,7,count=3'|detail lacks site",
                "'1,0,get,,count=3 site=x'|'there must be one object, objects=0'",
                "'1,0,get,7;8,count=3 site=x'|'there must be one object, objects=2'",
                "'1,0,get,7,count=3 site=x failed=1'|'a failed get has an object, object=7'",
                "'1,0,get,7,count=-3 site=x'|'count is no number from 0 to 65535, count=\"-3\"'",
                "'1,0,get,7,count=99999999999999999999 site=x'|count is no number from 0 to 65535",
                "'1,0,get,7,count=3  site=x'|malformed item of detail",
                "'1,0,get,7,count=3 site=x count=4'|detail has count twice",
                "'1,0,get,7,count=3 site= home=1'|site has no or too long a name",
                "'1,0,get,4194304,count=3 site=x'|object is no number from 0 to 4194303",
                "'1,4096,get,7,count=3 site=x'|cpu is no number from 0 to 4095",
                "'-1,0,get,7,count=3 site=x'|seq is no number",
                "'0,0,get,7,count=3 site=x'|'seq does not increase, seq=0, before=0'",
                "'1,0,grab,7,count=3 site=x'|'unknown event, event=\"grab\"'",
                "'1,0,put,7,count=3 via=x'|detail lacks caller",
                "'1,0,put,7,count=3 caller=x'|detail lacks via",
                "'1,0,bulk_alloc,1;2,n=16'|'n is not the number of objects, n=16, objects=2'",
                "'1,0,bulk_alloc,1;2;1,n=3'|'bulk_alloc delivers an object twice, object=1'",
                "'1,0,bulk_alloc,1;2,n=2 homes=0'|'homes is not one for each object, homes=1, objects=2'",
                "'1,0,bulk_free,1;2,n=2 via=x'|detail lacks kept",
                "'1,0,slab_free,1,cache=heads site=x ctx=task'|'unknown cache, cache=\"heads\"'",
                "'1,0,slab_free,1,site=x ctx=task'|detail lacks cache",
                "'1,0,slab_free,1,cache=head site=x ctx=nmi'|'unknown ctx, ctx=\"nmi\"'",
                "'1,0,slab_alloc,1,cache=head site=x ctx=task'|detail lacks node",
                "'1,0,slab_alloc,1,cache=head site=x ctx=task node=-2'|'node is no number from 0 to 254, node=\"-2\"'",
                "'1,0,poll,3,dev=eth0 work=1 budget=64'|'a poll has an object, object=3'",
                "'1,0,get,7,count=3 site=x,more'|malformed item of detail",
                "''|seq is no number"
            })
    void namesWhatIsWrongWithARow(String row, String what) {
        assertBad(HEADER + row + "\n", 2, what);
    }

    @Test
    void refusesRowsThatContradictEarlierOnes() {
        assertBad(HEADER + GET + GET, 3, "seq does not increase, seq=1, before=1");
        assertBad(
                HEADER + "1,0,get,7,count=3 site=x home=0\n2,0,put,7,count=4 via=x caller=y home=1\n",
                3,
                "the object has another home than before, object=7, home=1, before=0");
    }

    @Test
    void refusesWhatIsNoRecording() {
        assertBad("", 1, "the file is empty");
        assertBad("seq,cpu,event\n", 1, "wrong header, found=\"seq,cpu,event\"");
        assertBad("x".repeat(200_000), 1, "line too long, limit=65536");
        assertBad(HEADER + "1,0,bulk_alloc," + "1;".repeat(10_000) + "1,n=1\n", 2, "list too long, limit=8192");
    }

    @Test
    void tellsTruncatedFromCorruptGzip() throws IOException {
        final byte[] whole = gzip(manyRows());
        final byte[] flipped = whole.clone();
        flipped[whole.length - 6] ^= 1;
        assertUnreadable(Arrays.copyOf(whole, whole.length - 9), "20002: truncated");
        assertUnreadable(flipped, "20002: corrupt gzip data, reason=");
        assertUnreadable(Arrays.copyOf(whole, 5), "1: truncated");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> TraceSource.of("nowhere.csv.gz"))
                .withMessageStartingWith("nowhere.csv.gz: no such file");
        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> TraceSource.of(folder.toString()))
                .withMessageContaining("is a directory");
    }

    private Recording read(String text) throws IOException {
        final Path file = folder.resolve("trace.csv");
        Files.writeString(file, text);
        return RecordingReader.read(TraceSource.of(file.toString()));
    }

    private void assertBad(String text, int line, String what) {
        final Path file = folder.resolve("trace.csv");
        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> read(text))
                .withMessageStartingWith(file + ":" + line + ": " + what);
    }

    private void assertUnreadable(byte[] content, String what) throws IOException {
        final Path file = folder.resolve("trace.csv.gz");
        Files.write(file, content);
        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> RecordingReader.read(TraceSource.of(file.toString())))
                .withMessageStartingWith(file + ":" + what);
    }

    private static String manyRows() {
        final StringBuilder text = new StringBuilder(HEADER);
        for (int seq = 1; seq <= 20_000; seq++) {
            text.append(seq).append(GET.substring(1));
        }
        return text.toString();
    }

    private static byte[] gzip(String text) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }
}
