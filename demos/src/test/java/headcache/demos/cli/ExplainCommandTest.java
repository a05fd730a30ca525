package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code headcache explain} tells. */
final class ExplainCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"100", "n0/100"})
    void tellsALife(final String head) {
        final Cli run = Cli.run("explain --head " + head + " burst --packets 300");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualToNormalizingNewlines("""
                        explain: workload=burst seed=1 packets=300 repeat=1
                                 cpus=2 nodes=1 page-limit=131072 deterministic=true parallelism=1
                                 kernel=v5.12 capacity=64 refill=16 spill=32 spill-end=newest spill-ack=true
                        burst: 100 skbs begin on a CPU, then all 100 end there: caches run empty and full by turns

                        #505 node-0 handed it out, one of 16 for cpu-0
                        #522 cpu-0 laid it in slot 4 of its cache: a refill
                        #2084 cpu-0 took it from its cache for napi_build_skb, 4 left
                        #2524 cpu-0 ended its skb by napi_consume_skb, released data, put it in its cache, 56 in it
                        #2574 cpu-0 spilled it from slot 55
                        #2607 node-0 took it home, one of 32 from cpu-0

                        n0/100 carried 1 skb; it is in the slab of node-0 since step=51 event=2607 (SLAB_IN)
                        repeat: ./headcache explain --head n0/100 burst --seed 1 --packets 300
                        """);
    }

    @Test
    void tellsProgramsToo() throws JsonProcessingException {
        final Cli run = Cli.run("explain --head 100 burst --packets 300 --format json");
        final JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json).hasSize(6);
        assertThat(json.get(2).path("event").asText()).isEqualTo("2084");
        assertThat(json.get(2).path("who").asText()).isEqualTo("cpu-0");
        assertThat(json.get(2).path("what").asText()).isEqualTo("took it from its cache for napi_build_skb, 4 left");
        assertThat(run.err()).startsWith("explain: ").contains("repeat: ./headcache explain");
    }

    @Test
    void countsTheLivesOfAHeadOfTheRecordedRouter() {
        final Cli run = Cli.run("explain --head 17");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out().lines())
                .anyMatch(line ->
                        line.endsWith("merged the frame of n0/15 into its skb, which took over the data, 8 times"))
                .anyMatch(line -> line.startsWith("n0/17 carried 44 skbs; it is in the slab of node-0 since step="));
    }

    @Test
    void saysWhichHeadsThereAre() {
        final Cli run = Cli.run("explain --head n0/9999 burst --packets 300");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err().lines())
                .containsExactly("headcache explain: no event of head n0/9999 in this run; there are n0/0 to n0/159"
                        + " (see headcache explain --help)");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "x | 'x' is no head's name; n0/17 is one, n1/f3 a pair of twins",
                "-1 | '-1' is no head's name; n0/17 is one, n1/f3 a pair of twins",
                "n0/ | 'n0/' is no head's name; n0/17 is one, n1/f3 a pair of twins",
                "n256/1 | 'n256/1': head name out of range: node=256, limit=256",
                "999999999 | '999999999': head name out of range: index=999999999, limit=4194304"
            })
    void wrongNameIsOneLineWithExit64(final String name, final String message) {
        final Cli run = Cli.run("explain --head=" + name);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err().lines())
                .containsExactly("headcache explain: Invalid value for option '--head': " + message
                        + " (see headcache explain --help)");
    }

    @Test
    void needsAHead() {
        assertThat(Cli.run("explain").exitCode()).isEqualTo(ExitCodes.USAGE);
    }
}
