package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headcache.verify.mutant.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code mutants} tells people and programs, and how it refuses. */
final class MutantsCommandTest {

    @Test
    void tellsPeopleWhichCheckFoundWhat() {
        final Cli run = Cli.run("mutants M1 m2");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out().replaceAll("\\d+\\.\\d\\d", "TIME")).isEqualTo("""
                mutant  killed by   found in        runs  seconds  steps  to be seen
                M1      WRONG_SLAB  twin-in-gro        1     TIME      6  A pair of twins is handed out as a plain
                                                                          head, and its slab gets a head of the
                                                                          wrong kind.
                M2      I6          one-head-short     1     TIME      6  The references of an skb never go back
                                                                          to nothing, although the skb is gone.

                verdict     2 of 2 killed
                time        TIME s; half of the mutants were found within TIME s each
                repeat: ./headcache mutants M1 m2 --time-limit 60
                """);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void programsGetAnObjectForEachMutant() throws Exception {
        final Cli run = Cli.run("mutants M1 --format json");
        final JsonNode all = new ObjectMapper().readTree(run.out());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(all).hasSize(1);
        assertThat(all.get(0).get("id").asText()).isEqualTo("M1");
        assertThat(all.get(0).get("killed").asBoolean()).isTrue();
        assertThat(all.get(0).get("by").asText()).isEqualTo("WRONG_SLAB");
        assertThat(all.get(0).get("runs").asLong()).isEqualTo(1);
        assertThat(all.get(0).get("steps").asInt()).isEqualTo(6);
        assertThat(all.get(0).get("check").asText()).isEqualTo("twin-in-gro");
    }

    @Test
    void showPrintsThePatchAndLooksForNothing() {
        final Cli run = Cli.run("mutants --show m8");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out()).isEqualTo("""
                mutant      M8, plausible
                to be seen  A cache holds as many heads as it has slots, and the next put finds no room.

                --- a/actors/src/main/java/headcache/cache/ArrayStackCache.java
                +++ b/actors/src/main/java/headcache/cache/ArrayStackCache.java
                @@ -118,7 +118,7 @@
                \s
                     @Override
                     public boolean isFull() {
                -        return top == ceiling;
                +        return top > ceiling;
                     }
                \s
                     @Override

                find it: ./headcache mutants M8
                """);
    }

    @Test
    void whatTheKernelDoesItselfIsListedAndNotLookedFor() {
        assertThat(Cli.run("mutants --show M29").out()).isEqualTo("""
                mutant      M29, the kernel's own behaviour
                to be seen  A head of the emergency reserve serves an ordinary request once it has been parked: the\
                 reserve shrinks without an emergency.
                shown by    the test ReserveGapTest
                """);
        assertThat(Cli.run("mutants M29").out())
                .contains("M29     kernel's own")
                .contains("0 of 0 killed");
    }

    @Test
    void listHasThemAll() {
        assertThat(Cli.run("list mutants --format csv").out().lines().skip(1).map(line -> line.split(",", -1)[1]))
                .containsExactlyElementsOf(Mutant.ALL.stream().map(Mutant::id).toList());
    }

    @Test
    void checkShowsARunThatGoesWrongWithABugPlanted() {
        final Cli run = Cli.run("check twin-in-gro --mutant m1");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(run.out())
                .contains("""
                          of its commands these are left (2 smaller scenarios searched, 16 runs tried):
                            driver-0 tells cpu-0 alloc_skb_fclone s1
                            driver-0 tells cpu-0 napi_skb_free_stolen_head s1
                        """)
                .endsWith("\nrepeat: ./headcache check twin-in-gro --mutant m1 --time-limit 10\n");
        assertThat(run.err()).isEmpty();
        assertThat(Cli.run("check twin-in-gro").exitCode()).isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void aRunWithABugPlantedIsDoneAgainWithTheBugPlanted(@TempDir Path folder) throws IOException {
        final Path file = folder.resolve("run.json");
        final Cli run = Cli.run("check twin-in-gro --mutant m1 --save " + file);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(run.out()).contains("\nsaved       ./headcache replay " + file + "\n");

        final Cli again = Cli.run("replay " + file);
        assertThat(again.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(again.out())
                .startsWith("""
                        scenario    twin-in-gro, with M1 planted
                        semantics   PER_PAIR_FIFO
                          driver-0 tells cpu-0 alloc_skb_fclone s1
                          driver-0 tells cpu-0 napi_skb_free_stolen_head s1
                        """)
                .contains("\nverdict     WRONG_SLAB is broken; it was WRONG_SLAB\n")
                .doesNotContain("left out");

        Files.writeString(file, Files.readString(file).replace("\"mutant\" : \"M1\",", ""));
        final Cli fixed = Cli.run("replay " + file);
        assertThat(fixed.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(fixed.out()).startsWith("scenario    twin-in-gro\n").contains("\n  nothing goes wrong\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "M99 | no such mutant: mutant=M99; did you mean M9, M19, M29?",
                "zebra | no such mutant: mutant=zebra; there are M1, M2, ",
                "m29 | nothing to plant, the kernel does so, mutant=M29"
            })
    void aRunWithABugThatThereIsNotIsBadInput(String id, String message, @TempDir Path folder) throws IOException {
        final Path file = folder.resolve("run.json");
        Files.writeString(
                file,
                Files.readString(Path.of("../docs/runs/stolen-head.json"))
                        .replace("\"unfixed\"", "\"mutant\" : \"" + id + "\", \"unfixed\""));

        final Cli run = Cli.run("replay " + file);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_DATA);
        assertThat(run.err()).startsWith(file + ": " + message).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mutants M99 | no such mutant: mutant=M99; there are M1, M2, ",
                "mutants --show zebra | no such mutant: mutant=zebra; there are M1, M2, ",
                "mutants --time-limit 0 | a limit must be 1 or more: time-limit=0",
                "mutants --format csv | no such format here: format=csv; there are table, json",
                "check --mutant M99 | no such mutant: mutant=M99; there are M1, M2, ",
                "check --mutant M29 | nothing to plant, the kernel does so: mutant=M29; see ./headcache mutants --show"
                        + " M29"
            })
    void whatCannotBeIsWrongUsage(final String words, final String message) {
        final Cli run = Cli.run(words);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains(message).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }
}
