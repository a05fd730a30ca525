package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that {@code compare} leaves behind: what is in it, where it goes, and what if it cannot. */
final class HtmlReportTest {
    private static final String SMALL = "compare --policies linux-5.12,no-cache --workloads burst --packets 500";
    private static final Pattern DATA =
            Pattern.compile("<script id=\"data\" type=\"application/json\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path folder = Path.of("");

    private static JsonNode data(final Path page) throws IOException {
        final Matcher data = DATA.matcher(Files.readString(page));
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    @Test
    void carriesEveryFigureAndWhatEachCacheHeld() throws IOException {
        final Path page = folder.resolve("deep/report.html");
        final Cli run = Cli.run(SMALL + " --html " + page);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out()).endsWith("--packets 500 --seed 1 --html " + page + "\nreport: " + page + "\n");
        final JsonNode workload = data(page).path("workloads").path(0);
        assertThat(workload.path("name").asText()).isEqualTo("burst");
        assertThat(workload.path("runs")).hasSize(2);
        final JsonNode linux = workload.path("runs").path(0);
        assertThat(linux.path("values").path("contactGap").asInt()).isEqualTo(16);
        assertThat(linux.path("occupancy").path("cpus")).hasSize(2);
        assertThat(linux.path("occupancy").path("cpus").path(0).path("first")).hasSize(600);
        assertThat(linux.path("occupancy")
                        .path("cpus")
                        .path(0)
                        .path("first")
                        .path(0)
                        .asInt())
                .isEqualTo(15);
        assertThat(workload.path("runs").path(1).path("values").has("refill")).isFalse();
    }

    @Test
    void needsNothingButItself() throws IOException {
        final Path page = folder.resolve("report.html");
        Cli.run(SMALL + " --html " + page);

        final String text = Files.readString(page);
        assertThat(text).doesNotContain("<script src", "<link", "@import", "/*STYLE*/", "/*CHARTS*/", "/*SCRIPT*/");
        assertThat(text).contains("prefers-color-scheme: dark", "Apache Software Foundation");
    }

    @Test
    void tellsWhatWasSwept() throws IOException {
        final Path page = folder.resolve("sweep.html");
        Cli.run("compare --sweep capacity=32..64,refill=8..16 --workloads burst --packets 500 --html " + page);

        final JsonNode data = data(page);
        assertThat(data.path("sweep").toString()).isEqualTo("{\"capacity\":[32,64],\"refill\":[8,16],\"spill\":[32]}");
        final JsonNode run = data.path("workloads").path(0).path("runs").path(3);
        assertThat(run.path("sweep").toString()).isEqualTo("{\"capacity\":64,\"refill\":16,\"spill\":32}");
        assertThat(run.has("occupancy")).isFalse();
    }

    /** A repeated run takes its own report's place. */
    @Test
    void goesToItsOwnPlaceUnderRuns() throws IOException {
        final Cli run = Cli.run(SMALL);
        final Path page = Path.of(
                run.out().lines().reduce((first, last) -> last).orElseThrow().substring("report: ".length()));
        try {
            assertThat(page.toString()).matches("runs.compare-[0-9a-f]{1,8}\\.html");
            final String first = Files.readString(page);
            assertThat(Cli.run(SMALL).out()).isEqualTo(run.out());
            assertThat(Files.readString(page)).isEqualTo(first);
        } finally {
            Files.delete(page);
            Files.deleteIfExists(page.getParent());
        }
    }

    @Test
    void programsGetNoPageThatTheyDidNotAskFor() {
        assertThat(Cli.run(SMALL + " --format csv").err()).doesNotContain("report:");

        final Path page = folder.resolve("asked.html");
        assertThat(Cli.run(SMALL + " --format csv --html " + page).err()).endsWith("report: " + page + "\n");
        assertThat(page).exists();
    }

    @Test
    void saysBeforeTheRunThatItCannotBeWritten() throws IOException {
        final Path file = Files.writeString(folder.resolve("file"), "");

        final Cli below = Cli.run(SMALL + " --html " + file.resolve("report.html"));
        assertThat(below.exitCode()).isEqualTo(ExitCodes.BAD_DATA);
        assertThat(below.out()).isEmpty();
        assertThat(below.err())
                .isEqualTo(file.resolve("report.html") + ": no report can be written there; --no-html leaves it out,"
                        + " reason=" + file + " is no folder and cannot be made one\n");

        final Cli folded = Cli.run(SMALL + " --html " + folder);
        assertThat(folded.exitCode()).isEqualTo(ExitCodes.BAD_DATA);
        assertThat(folded.err()).endsWith("reason=it is a folder\n");
    }
}
