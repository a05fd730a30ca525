package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The run files that come with the project still go wrong as they say. */
final class ShippedRunsTest {
    private static final Path RUNS = Path.of("..", "docs", "runs");

    @ParameterizedTest
    @CsvSource({
        "audit-counts-twice, I1",
        "second-refill, I1",
        "stolen-head, I6",
        "twin-in-gro, WRONG_SLAB",
    })
    void goesWrongAsItSays(final String run, final String rule) {
        final Cli replay = Cli.run("replay " + RUNS.resolve(run + ".json"));

        assertThat(replay.exitCode()).isEqualTo(ExitCodes.VIOLATED);
        assertThat(replay.out()).contains(rule + " is broken; it was " + rule);
    }

    @Test
    void thereAreNoOthers() throws IOException {
        try (Stream<Path> files = Files.list(RUNS)) {
            assertThat(files).hasSize(4);
        }
    }
}
