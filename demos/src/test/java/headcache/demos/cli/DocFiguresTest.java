package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures that documents tell in sentences are those that {@code compare} counts. */
final class DocFiguresTest {

    /**
     * Asks for one figure.
     *
     * @param workload its name, and options after it
     * @param how {@code %} in whole per cent, {@code %.1} with a decimal, {@code 1} to {@code 4} that many decimals, {@code
     *     0} as a count
     */
    private static String figure(final String workload, final String policy, final String metric, final String how)
            throws Exception {
        final JsonNode runs = new ObjectMapper()
                .readTree(Cli.run("compare --no-html --format json --workloads " + workload + " --policies " + policy)
                        .out())
                .path("runs");
        assertThat(runs).hasSize(1);
        final double value = runs.get(0).path(metric).asDouble(Double.NaN);
        return switch (how) {
            case "%" -> String.format(Locale.ROOT, "%.0f", 100 * value);
            case "%.1" -> String.format(Locale.ROOT, "%.1f", 100 * value);
            case "0" -> String.format(Locale.ROOT, "%,.0f", value);
            default -> String.format(Locale.ROOT, "%." + how + "f", value);
        };
    }

    /** Each line: the words of the document, with the figure as {@code #}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "policies | in `burst`, # % of the | burst | dpdk-26.03 | hitRate | %.1",
                "policies | third of the contacts is left, and hits go from # to 67 % | burst | linux-5.12 | hitRate | %.1",
                "policies | third of the contacts is left, and hits go from 35.5 to # % | burst | linux-128 | hitRate | %",
                "policies | heads that `linux-5.12` gives back # % belong | numa-cross | linux-5.12 | remoteFrees | %",
                "policies | # % hits, where every cache without a middle layer has none | one-way | magazines | hitRate | %",
                "policies | nothing comes round, # % are hits | numa-cross | sheaves | hitRate | %",
                "policies | In `vlan-nat` hits go from # to 96 % | vlan-nat | linux-128 | hitRate | %",
                "policies | In `vlan-nat` hits go from 46 to # % | vlan-nat | linux-6.19 | hitRate | %",
                "policies | in `one-way` from 0 to # % | one-way | linux-6.19 | hitRate | %",
                "policies | given back to another node from # to 29 % | numa-cross | linux-128 | remoteFrees | %",
                "policies | given back to another node from 86 to # % | numa-cross | linux-6.19 | remoteFrees | %",
                "workloads | and the next large poll asks for them again. # % are hits | idle-hoard | linux-5.12 | hitRate | %",
                "workloads | `dpdk-26.07` has # % hits and | larson | dpdk-26.07 | hitRate | %",
                "workloads | hits and `linux-5.12` # % | larson | linux-5.12 | hitRate | %",
                "workloads | sheaves` are caught in the same way (# contacts | larson | sheaves | contacts | 3",
                "workloads | though # in 20,000 | larson | magazines | contacts | 2",
                "workloads | `linux-6.19` has # %, with room for 128 | larson | linux-6.19 | hitRate | %",
                "workloads | before what the consumers give comes round: # contacts in 20,000 packets | producer-consumer | magazines | contacts | 2",
                "workloads | may take them: # % and 76 % are hits | af-xdp | linux-6.19 | hitRate | %",
                "workloads | may take them: 92 % and # % are hits | udp-tx | linux-6.19 | hitRate | %",
                "workloads | In `udp-tx`, # % of the heads are given back from another node | udp-tx | linux-5.12 | remoteFrees | %",
                "workloads | `no-cache` has # % hits in `tcp-rr` | tcp-rr | no-cache | hitRate | %",
                "workloads | `linux-5.19` # %, `linux-6.19` 65 % | tcp-rr | linux-5.19 | hitRate | %",
                "workloads | `linux-5.19` 56 %, `linux-6.19` # % | tcp-rr | linux-6.19 | hitRate | %",
                "compare | caches # % of what is freed, and has no hit | burst | linux-5.11 | cached | %",
                "compare | 99 % get takes # cycles against 140 | burst | linux-128 | getP99 | 0",
                "compare | 99 % get takes 260 cycles against # | burst | linux-5.12 | getP99 | 0",
                "compare | which fetches 65, # | burst | dpdk-26.03 | getP99 | 1",
                "compare | in `numa-cross` # % of them are in two hands with `no-cache` | numa-cross | no-cache | falseSharing | %",
                "compare | with `no-cache`, # % with `linux-5.12` | numa-cross | linux-5.12 | falseSharing | %",
                "compare | # % with `linux-6.19` and 36 % | numa-cross | linux-6.19 | falseSharing | %",
                "compare | and # % with `magazines` | numa-cross | magazines | falseSharing | %",
                "compare | In `idle-hoard` it is # and 29 % | idle-hoard | no-cache | falseSharing | %",
                "compare | In `idle-hoard` it is 0 and # % | idle-hoard | linux-5.12 | falseSharing | %",
                "compare | In `tcp_bulk` # heads lie idle at once | tcp_bulk | magazines | idlePeak | 0",
                "compare | with `linux-5.12` it is #. | tcp_bulk | linux-5.12 | idlePeak | 0",
                "compare | # of 20,000 gets fail | idle-hoard --page-limit 16 | linux-5.12 | failedGets | 0",
                "compare | elsewhere: # % | idle-hoard --page-limit 16 | linux-5.12 | starvation | %.1",
                "compare | room for 128, # % fail | idle-hoard --page-limit 16 | linux-6.19 | starvation | %.1",
                "compare | `magazines` # % | idle-hoard --page-limit 16 | magazines | starvation | %.1",
                "compare | `no-cache` it is # | idle-hoard --page-limit 16 | no-cache | failedGets | 0",
            })
    void isCounted(
            final String document,
            final String words,
            final String workload,
            final String policy,
            final String metric,
            final String how)
            throws Exception {
        final String text = Files.readString(Path.of("..", "docs", document + ".md"));

        assertThat(text.replaceAll("\\s+", " ")).contains(words.replace("#", figure(workload, policy, metric, how)));
    }
}
