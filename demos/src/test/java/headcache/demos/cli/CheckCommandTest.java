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
            source      Abdulla, Aronis, Jonsson, Sagonas, Source sets, JACM 64(4), 2017

            one-head-short: Two CPUs want a head and there is one: who is refused must leave nothing behind.
              holds: 2 runs, 2 of them different in more than the order of independent deliveries
              14 deliveries at most; 28 in all; 0 runs given up as repetitions
              2 final states; runs that end in each: 1 1
              1 pair of messages races, 1 of them seen in both orders
              the first run, done twice more, was the same to the event
              a second engine, which remembers states, agrees: 2 such runs, 2 final of 89 states; at each all heads are there, each once

            lend-to-each-other: Two nodes each lack one head of two, and each asks the other for it: both may fail.
              holds: 3 runs, 3 of them different in more than the order of independent deliveries
              18 deliveries at most; 50 in all; 0 runs given up as repetitions
              3 final states; runs that end in each: 1 1 1
              2 pairs of messages race, 2 of them seen in both orders
              the first run, done twice more, was the same to the event
              a second engine, which remembers states, agrees: 3 such runs, 3 final of 216 states; at each all heads are there, each once

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
        assertThat(all.get(0).get("races").asLong())
                .isEqualTo(all.get(0).get("racesInBothOrders").asLong());
        assertThat(all.get(0).get("outcomes")).hasSize(15);
        assertThat(all.get(0).get("deterministic").asBoolean()).isTrue();
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
              of its commands these are left (3 smaller scenarios searched, 21 runs tried):
                driver-0 tells cpu-0 napi_build_skb s0
                driver-0 tells cpu-0 attach CONNTRACK s0
                driver-0 tells cpu-0 napi_skb_free_stolen_head s0
              I6 bare on entry: head=n0/0 event=11: ended without releasing CONNTRACK at cpu-0; it is left over from\
             an skb that ended on cpu-0 since step=8 event=11 (DIED)
              broken      I6, at the last of 8 deliveries, 0 of them context switches; PER_PAIR_FIFO
              smallest    no part, context switch or delivery can be taken out: all 11 ways were tried; in no order\
             of messages does less do it
              one JVM     survives LOCAL_CAUSAL: this very run is possible inside one JVM

               #  driver-0              cpu-0                      node-0
               1  BatchDone from start
                  to cpu-0 Batch
               2                        Batch from driver-0
                                        REFILL_ASKED
                                        SUSPENDED
                                        to node-0 BulkAlloc
               3                                                   BulkAlloc from cpu-0
                                                                   SLAB_OUT n0/0
                                                                   to cpu-0 BulkAllocated
               4                        BulkAllocated from node-0
                                        RESUMED
                                        REFILL n0/0
                                        GET n0/0
                                        BORN n0/0
                                        DATA_TAKEN n0/0
                                        to driver-0 BatchDone
               5  BatchDone from cpu-0
                  to cpu-0 Batch
               6                        Batch from driver-0
                                        HOLD n0/0
                                        to driver-0 BatchDone
               7  BatchDone from cpu-0
                  to cpu-0 Batch
               8                        Batch from driver-0
                                        DATA_ADOPTED n0/0
                                        DIED n0/0
                                        PUT n0/0
                                        to driver-0 BatchDone
            """);

        final Cli again = Cli.run("replay " + file);
        assertThat(again.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(again.out())
                .contains("\n  I6 bare on entry: head=n0/0 event=11: ended without releasing CONNTRACK")
                .contains("\nverdict     I6 is broken; it was I6\n");
    }

    @Test
    void programsGetTheSmallestRunAndWhetherItSurvivesInOneJvm() throws Exception {
        final JsonNode result = new ObjectMapper()
                .readTree(Cli.run("check twin-in-gro --unfixed --format json").out())
                .get(0);

        assertThat(result.get("verdict").asText()).isEqualTo("violated");
        assertThat(result.get("rule").asText()).isEqualTo("WRONG_SLAB");
        assertThat(result.get("localCausal").asText()).isEqualTo("AS_IT_IS");
        assertThat(result.get("minimal").asBoolean()).isTrue();
        assertThat(result.get("switches").asInt()).isZero();
        assertThat(result.get("commands"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "driver-0 tells cpu-0 alloc_skb_fclone s1",
                        "driver-0 tells cpu-0 napi_skb_free_stolen_head s1");
        assertThat(result.get("schedule")).hasSize(6);
        assertThat(result.get("mermaid").get(0).asText()).isEqualTo("sequenceDiagram");
        assertThat(result.has("difference")).isFalse();
    }

    /** Runs that ship with the project do what they did when they were saved. */
    @ParameterizedTest
    @CsvSource({"stolen-head, I6", "twin-in-gro, WRONG_SLAB"})
    void savedRunsStillFit(String name, String rule) {
        final Cli run = Cli.run("replay ../docs/runs/" + name + ".json");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(run.out())
                .contains("\nverdict     " + rule + " is broken; it was " + rule + "\n")
                .doesNotContain("left out");
    }

    @Test
    void aRunIsGoneThroughDeliveryByDelivery(@TempDir Path folder) {
        final String file = folder.resolve("run.json").toString();
        Cli.run("check stolen-head --unfixed --save " + file);

        assertThat(Cli.run("replay " + file + " --step").out()).contains("""

            delivery 3 of 8: cpu-0 -> node-0
             #  driver-0  cpu-0  node-0
             3                   BulkAlloc from cpu-0
                                 SLAB_OUT n0/0
                                 to cpu-0 BulkAllocated
            arrived: BulkAlloc(cpu-0, 1)
            sent to cpu-0: BulkAllocated([n0/0])
            """).endsWith(file + " --step\n");
    }

    @Test
    void aRunThatNoLongerFitsGoesOnAndTellsWhereItDiverged(@TempDir Path folder) throws Exception {
        final Path file = folder.resolve("run.json");
        Cli.run("check stolen-head --unfixed --save " + file);
        Files.writeString(file, Files.readString(file).replace("\"cpu-0 -> node-0\"", "\"cpu-0 -> node-7\""));

        final Cli again = Cli.run("replay " + file);
        assertThat(again.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(again.out())
                .contains("\n  left out: delivery 3, cpu-0 -> node-7, is not possible; possible: cpu-0 -> node-0,"
                        + " start -> driver-1\n")
                .contains("\n  goes on by itself after delivery 2\n")
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
                "list-is-ful | no such scenario: scenario=list-is-ful; did you mean list-is-full?",
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
