package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.demos.incident.Incident;
import headcache.demos.incident.Incidents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code incident} tells people and programs, and that each is broken before and mended after. */
final class IncidentCommandTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "incidents.md");

    static Stream<String> names() {
        return Incidents.ALL.stream().map(Incident::name);
    }

    /** All figures and the picture are in the document, and so they are tested to the letter. */
    @ParameterizedTest
    @MethodSource("names")
    void isBrokenBeforeAndHoldsAfter(final String name) throws IOException {
        final Cli run = Cli.run("incident " + name);
        final String told = run.out()
                .lines()
                .dropWhile(line -> !line.startsWith("run: "))
                .takeWhile(line -> !line.startsWith("repeat: "))
                .map(line -> line.isEmpty() ? "" : "    " + line)
                .collect(Collectors.joining("\n"))
                .stripTrailing();

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(run.out()).endsWith("\nrepeat: ./headcache incident " + name + "\n");
        assertThat(Files.readString(DOCUMENT)).contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resonance | resonance,dpdk-26.03,broken,least gap,2",
                "resonance | resonance,dpdk-26.07,holds,least gap,36",
                "gro-poll | gro-poll,linux-5.12,broken,contacts after the first poll,297",
                "gro-poll | gro-poll,linux-128,holds,contacts after the first poll,0",
                "page-check | page-check,with the check,broken,one node: looks,10000",
                "page-check | page-check,without (v5.12),holds,one node: looks,0",
                "offline | offline,park,broken,gets that failed,48",
                "offline | offline,drain,holds,gets that failed,0",
                "offline | offline,hand over,holds,gets that failed,0",
                "defer-residue | defer-residue,linux-5.19,broken,on the list for ever,24",
                "defer-residue | defer-residue,linux-5.19,broken,kicks,2",
                "defer-residue | defer-residue,with skb_defer_max=0,holds,on the list for ever,0",
                "defer-cap | defer-cap,skb_defer_max=2,broken,kicks,0",
                "defer-cap | defer-cap,skb_defer_max=3,holds,kicks,45",
                "alien-heads | alien-heads,linux-128,broken,32 queues: allocated by slabs,20000",
                "alien-heads | alien-heads,linux-6.19,holds,32 queues: allocated by slabs,4835",
                "twin-in-gro | twin-in-gro,linux-5.12-unfixed,broken,rule broken,WRONG_SLAB",
                "twin-in-gro | twin-in-gro,linux-5.12,holds,runs,16",
                "forgotten-reference | forgotten-reference,linux-5.12-unfixed,broken,rule broken,I6",
                "forgotten-reference | forgotten-reference,linux-5.12,holds,runs,4"
            })
    void programsGetEachFigure(final String name, final String row) {
        assertThat(Cli.run("incident " + name + " --format csv").out().lines()).contains(row);
    }

    @Test
    void listsWhatCanBePlayedAndWhatCannot() {
        final List<String> lines = Cli.run("incident").out().lines().toList();

        assertThat(lines.subList(1, 1 + Incidents.ALL.size()))
                .extracting(line -> line.split(" ", 2)[0])
                .containsExactlyElementsOf(names().toList());
        assertThat(lines)
                .filteredOn(line -> line.contains("cannot be played: "))
                .hasSize(Incidents.missing().size());
        assertThat(lines).allMatch(line -> line.length() <= 100).endsWith("Begin with: ./headcache incident resonance");
        assertThat(Cli.run("list incidents --format csv").out().lines())
                .hasSize(1 + Incidents.ALL.size())
                .contains("incident,offline,a CPU that goes offline takes its parked heads with it");
    }

    @Test
    void nearNamesAreHinted() {
        final Cli run = Cli.run("incident resonanse");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err())
                .startsWith("headcache incident: no such incident: incident=resonanse; did you mean resonance?");
    }
}
