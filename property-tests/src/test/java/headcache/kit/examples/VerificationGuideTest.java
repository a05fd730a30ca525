package headcache.kit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide shows is what is compiled and run here. */
final class VerificationGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "verification.md");
    private static final Path EXAMPLE =
            Path.of("src", "test", "java", "headcache", "kit", "examples", "DiningPhilosophersTest.java");

    @Test
    void itsCodeIsThatOfTheExamples() throws IOException {
        final List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();

        assertThat(blocks).hasSize(1);
        assertThat(Files.readString(EXAMPLE)).contains(blocks);
    }
}
