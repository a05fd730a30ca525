package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headcache.cost.Cost;
import headcache.policy.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code series} and {@code costs} tell people and programs, and how they refuse. */
final class SeriesCommandTest {

    @Test
    void tellsWhatEachPatchBoughtOneDriver() {
        final Cli run = Cli.run("series --driver napi_alloc_skb --fate merged --packets 20000");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out()).isEqualTo("""
                series: packets=20000 seed=1 cpus=1 nodes=1

                frames of a driver that calls napi_alloc_skb, merged by GRO to units of up to 17, which are forwarded
                          bulk calls  single calls  heads  heads            parked  parked      cycles
                kernel    per packet    per packet     in    out  hit rate    mean    peak  per packet
                before        0.0323        1.9256    0.0    2.3      0.0%     1.9       4        46.6
                patch 6       0.0012        1.9256    0.0   64.0      0.0%    32.2      64        46.2
                patch 8       0.0023        1.9256    0.0   32.0      0.0%    47.7      64        46.2
                patch 9       0.0023        1.9256    0.0   32.0      0.0%    47.7      64        46.2
                patch 10      0.0579        0.9256   16.0    0.0      7.4%     7.7      19        33.9
                patch 11      0.0001        0.0000   16.0    0.0     99.9%    13.8      16         8.0
                v1            0.0241        0.0000    1.9    1.7     97.7%    64.1      68         8.7
                v2            0.0241        0.0000    1.8    1.7     97.9%    32.1      36         8.7
                v3            0.0001        0.0000   32.0    0.0     99.8%    29.8      32         8.0
                flush         0.0001        0.0000   16.0    0.0     99.9%    13.8      16         8.0
                check         0.0001        0.0000   16.0    0.0     99.9%    13.8      16        16.0

                before    before the series: an array collects frees until the softirq ends; allocations are single
                          Frees are batched, but no head is ever used again without the slab.
                patch 6   merged: no flush when a softirq ends
                          Frees wait for a full array of 64: fewer bulk calls, and heads stay parked.
                patch 8   merged: napi_build_skb takes heads from the cache; 16 in, 32 out
                          Drivers that call napi_build_skb recycle; all others only spill 32 in place of 64.
                patch 9   merged: __alloc_skb takes heads from the cache when asked to
                          Nobody asks yet: the flag is for the next patch.
                patch 10  merged: napi_alloc_skb and napi_get_frags take heads from the cache
                          Their drivers recycle without being touched.
                patch 11  merged: GRO puts the heads of merged frames
                          Of a unit of n frames, n-1 heads serve the next frames; none goes to the slab singly.
                v1        dropped in review: two arrays of 64, one topped up and one emptied when a softirq ends
                          The second fills only while the first is full: both are one of 128, brought to half.
                v2        dropped in review: one array, 32 in and 32 out, brought to half when a softirq ends
                          Each softirq ends in the slab, to give or to fetch heads that the next would have used.
                v3        dropped in review: every allocation in a softirq takes from the cache; 32 in
                          Drivers that call build_skb recycle too, for a test of the context on each call.
                flush     dropped in review: what is above half is given back when a softirq ends
                          Tried because parked heads grow cold: 10 Mbit/s less, so cold memory is not the worst.
                check     named, not written: each head's page is looked at; none remote or of the reserve is kept
                          Every put pays for the look: at least 20 Mbit/s on the mail's board.
                the rest  merged, no change: patch 1, patch 2, patch 3, patch 4, patch 5, patch 7
                          Every head goes the way it went.
                repeat: ./headcache series --driver napi_alloc_skb --fate merged --packets 20000 --seed 1
                """);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void comparesDriversWhereThereAreMany() {
        final Cli run = Cli.run("series --fate delivered --packets 1000");

        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(run.out().lines().filter(line -> line.startsWith("patch 8 ")).findFirst())
                .contains(
                        "patch 8       2.000    47.0           1.063    36.1           2.000    47.0           2.000    47.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forwarded", "merged"})
    void theDocumentShowsWhatIsPrinted(final String fate) throws IOException {
        final List<String> printed = Cli.run("series --packets 10000 --fate " + fate)
                .out()
                .lines()
                .dropWhile(line -> !line.startsWith("kernel "))
                .takeWhile(line -> !line.isBlank())
                .map(line -> "    " + line)
                .toList();

        assertThat(printed).hasSize(12);
        assertThat(Files.readString(Path.of("..", "docs", "series.md"))).contains(String.join("\n", printed));
    }

    @Test
    void programsGetEachRunOfEachStage() throws Exception {
        final Cli run = Cli.run("series --driver build_skb --fate forwarded --packets 1000 --format json");
        final JsonNode document = new ObjectMapper().readTree(run.out());

        assertThat(document.path("runs")).hasSize(Series.all().size());
        assertThat(document.path("runs").get(6).path("stage").asText()).isEqualTo("patch 6");
        assertThat(document.path("runs").get(6).path("singles").asDouble()).isEqualTo(1.0);
        assertThat(Cli.run("series --driver build_skb --fate forwarded --packets 1000 --format csv")
                        .out()
                        .lines())
                .hasSize(1 + Series.all().size())
                .anyMatch(line ->
                        line.startsWith("build_skb,forwarded,patch 6,changes,0.015000,1.000000,0.000000,64.000000,"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--driver foo | no driver calls that: driver=foo; there are build_skb, napi_build_skb, napi_alloc_skb",
                "--fate x | no such fate: fate=x; there are forwarded, merged, delivered",
                "--packets 0 | impossible traffic: packets=0 must be 1 or more"
            })
    void wrongOptionsAreToldPlainly(final String options, final String message) {
        final Cli run = Cli.run("series " + options);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).startsWith("headcache series: " + message);
    }

    @Test
    void everyCostHasItsSource() {
        assertThat(Cli.run("costs --format csv").out().lines())
                .hasSize(1 + Cost.values().length)
                .contains(
                        "\"bulk free, each synchronised operation\",16.0,the same fit: heads of one page are freed by one");
        assertThat(Cli.run("costs").out().lines()).allMatch(line -> line.length() <= 100);
    }
}
