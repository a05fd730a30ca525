package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code costs --predict} tells people and programs. */
final class CostsCommandTest {

    /** The document has every table, and the summary, to the letter. */
    @Test
    void theDocumentShowsWhatIsPrinted() throws IOException {
        final Cli run = Cli.run("costs --predict");
        final String document = Files.readString(Path.of("..", "docs", "costs.md"));
        final List<String> blocks =
                Stream.of(run.out().split("\n\n", -1)).skip(1).toList();

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.err()).isEmpty();
        assertThat(blocks).allSatisfy(block -> assertThat(document).contains(indented(block)));
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(run.out()).endsWith("repeat: ./headcache costs --predict\n");
    }

    private static String indented(final String block) {
        return block.lines()
                .filter(line -> !line.startsWith("docs/") && !line.startsWith("repeat: "))
                .map(line -> "    " + line)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void programsGetEachFigureWithItsRole() throws Exception {
        final JsonNode board = new ObjectMapper()
                .readTree(Cli.run("costs --predict --format json").out())
                .path("experiments")
                .get(3);

        assertThat(board.path("name").asText()).isEqualTo("mips-board");
        assertThat(board.path("sources")).hasSize(5);
        assertThat(board.path("figures").get(4).toString())
                .isEqualTo(
                        "{\"series\":\"\",\"what\":\"TCP, units of GRO: v1, one cache\",\"least\":34.0,\"most\":34.0,"
                                + "\"predicted\":34.0,\"role\":\"fitted\",\"outcome\":\"fitted\"}");
        assertThat(Cli.run("costs --predict --format csv").out().lines())
                .contains(
                        "slub-alone,bulk,34,cycles,78.000,78.000,cycles,79.000,predicted,right",
                        "mips-board,,\"TCP, units of GRO: a look at each head's page, from v6\",Mbit/s,,-20.000,Mbit/s,"
                                + "-25.218,predicted,right");
    }
}
