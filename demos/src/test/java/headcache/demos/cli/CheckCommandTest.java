package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} tells people and programs, and how it refuses. */
final class CheckCommandTest {

    @Test
    void tellsWhatWasTriedAndWhatCameOfIt() {
        final Cli run = Cli.run("check one-head-short lend-to-each-other");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out()).isEqualTo("""
                semantics   PER_PAIR_FIFO: order between one sender and one receiver, and nothing more
                tried       one run of every class of runs that differ only in the order of independent deliveries

                one-head-short: Two CPUs want a head and there is one: who is refused must leave nothing behind.
                  holds: 2 runs, 2 of them different in more than the order of independent deliveries
                  2 final states; 14 deliveries at most; 28 in all; 0 runs given up as repetitions
                  a second engine, which remembers states, agrees: 2 such runs, 2 final of 89 states

                lend-to-each-other: Two nodes each lack one head of two, and each asks the other for it: both may fail.
                  holds: 3 runs, 3 of them different in more than the order of independent deliveries
                  3 final states; 18 deliveries at most; 50 in all; 0 runs given up as repetitions
                  a second engine, which remembers states, agrees: 3 such runs, 3 final of 216 states

                verdict     holds
                repeat: ./headcache check one-head-short lend-to-each-other --time-limit 10
                """);
    }

    @Test
    void programsGetAnObjectForEachScenario() throws Exception {
        final Cli run = Cli.run("check ring-of-three --format json");
        final JsonNode all = new ObjectMapper().readTree(run.out());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(all).hasSize(1);
        assertThat(all.get(0).get("scenario").asText()).isEqualTo("ring-of-three");
        assertThat(all.get(0).get("semantics").asText()).isEqualTo("PER_PAIR_FIFO");
        assertThat(all.get(0).get("strategy").asText()).isEqualTo("reduced");
        assertThat(all.get(0).get("verdict").asText()).isEqualTo("holds");
        assertThat(all.get(0).get("runs").asLong()).isEqualTo(63);
        assertThat(all.get(0).get("traces").asLong()).isEqualTo(63);
        assertThat(all.get(0).get("finals").asLong()).isEqualTo(15);
        assertThat(all.get(0).get("complete").asBoolean()).isTrue();
        assertThat(all.get(0).get("states").asLong()).isEqualTo(1557);
        assertThat(all.get(0).get("tracesRecounted").asLong()).isEqualTo(63);
    }

    @Test
    void aLimitThatIsReachedIsInconclusive() {
        final Cli run = Cli.run("check ring-of-three --runs 10");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(run.out())
                .contains("\n  inconclusive: 10 runs, 10 of them")
                .contains("\nverdict     inconclusive in 1 of 1 scenarios\n");
    }

    @Test
    void drawnRunsProveNothingForCertain() {
        final Cli run = Cli.run("check one-head-short --strategy random --seed 7 --runs 50");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.INCONCLUSIVE);
        assertThat(run.out())
                .contains("\n  inconclusive: 50 runs, 2 of them")
                .endsWith("check one-head-short --strategy random --seed 7 --time-limit 10 --runs 50\n");
    }

    @Test
    void aBugOfTheKernelsOwnHistoryIsFoundMadeSmallAndSaved(@TempDir Path folder) {
        final String file = folder.resolve("run.json").toString();
        final Cli run = Cli.run("check stolen-head --unfixed --save " + file);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(run.out()).contains("""
                  violated in run 1
                  I6 bare on entry: head=n0/0 event=11: ended without releasing CONNTRACK at cpu-0; it is left over from\
                 an skb that ended on cpu-0 since step=9 event=11 (DIED)
                  no command can be left out of this (20 smaller scenarios tried):
                  driver-0 tells cpu-0 napi_build_skb s0
                  driver-0 tells cpu-0 attach CONNTRACK s0
                  driver-0 tells cpu-0 napi_skb_free_stolen_head s0
                  delivered in this order:
                     1 start -> driver-0
                     2 start -> driver-1
                     3 driver-0 -> cpu-0
                """);

        final Cli again = Cli.run("replay " + file);
        assertThat(again.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(again.out())
                .contains("\n  I6 bare on entry: head=n0/0 event=11: ended without releasing CONNTRACK")
                .contains("\nverdict     I6 is broken; it was I6\n");
    }

    @Test
    void aRunThatTheFixedKernelPassesIsToldSo(@TempDir Path folder) throws Exception {
        final Path file = folder.resolve("run.json");
        Cli.run("check stolen-head --unfixed --save " + file);
        Files.writeString(file, Files.readString(file).replace("\"unfixed\" : true", "\"unfixed\" : false"));

        final Cli again = Cli.run("replay " + file);
        assertThat(again.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(again.out()).contains("\n  nothing goes wrong\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | no run: ",
                "{\"scenario\":1 | :1: no run: ",
                "[] | no run: ",
                "\"scenario\" \"none\" | no such scenario, scenario=none",
                "\"kept\" [[0]] | another number of drivers, given=1, drivers=2",
                "\"kept\" [[0],[2]] | no such command, driver=1, place=2, commands=2",
                "\"kept\" [[null],[]] | no such command, driver=0, place=null, commands=6"
            })
    void whatIsNoRunIsBadInput(String change, String message, @TempDir Path folder) throws Exception {
        final Path file = folder.resolve("run.json");
        Cli.run("check stolen-head --unfixed --save " + file);
        final String[] words = change.split(" ", 2);
        final String good = Files.readString(file).replaceAll("\\s+", " ");
        final String bad = words.length == 1
                ? change
                : good.replaceFirst(words[0] + " : (\"[^\"]*\"|\\[.*?\\](?= , \"|, \"))", words[0] + " : " + words[1]);
        Files.writeString(file, bad);

        final Cli run = Cli.run("replay " + file);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_DATA);
        assertThat(run.err())
                .startsWith(file.toString())
                .contains(message)
                .doesNotContain("DeserializationConfig")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere | no such scenario: scenario=nowhere; there are one-head-short, ",
                "--runs 0 | a limit must be 1 or more, a bound 0 or more: time-limit=10, runs=0",
                "--time-limit -3 | a limit must be 1 or more, a bound 0 or more: time-limit=-3, runs=",
                "--semantics psychic | expected one of [instant, local_causal, per_pair_fifo] but was 'psychic'",
                "--format csv | no such format here: format=csv; there are table, json"
            })
    void whatCannotBeIsWrongUsage(final String words, final String message) {
        final Cli run = Cli.run("check " + words);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains(message).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }
}
