package headcache.demos.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every lesson, word for word.
 *
 * <p>Where a lesson was changed on purpose, the expected text is what {@code ./headcache lesson N --all} prints.
 */
final class LessonsTest {

    static List<Lesson> lessons() {
        return Lessons.all();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void printsTheExpectedText(final Lesson lesson) throws IOException {
        assertThat(printed(lesson, Ink.PLAIN)).isEqualTo(expected(lesson));
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void addsNothingButColour(final Lesson lesson) throws IOException {
        final String coloured = printed(lesson, Ink.COLOUR);
        final String plain = expected(lesson);
        assertThat(coloured.contains("\u001b[30;42m n0/0 + \u001b[0m")).isEqualTo(plain.contains("| n0/0 + |"));
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void fitsAProjector(final Lesson lesson) {
        final Stream<Page> pages = Stream.concat(Stream.of(lesson.opening()), lesson.run(Ink.PLAIN).stream());
        assertThat(pages).allSatisfy(page -> {
            assertThat(page.lines()).hasSizeLessThanOrEqualTo(Page.HEIGHT);
            assertThat(page.lines()).allMatch(line -> line.length() <= Page.WIDTH);
            assertThat(page.lines()).allMatch(line -> line.matches("[ -~]*"));
        });
    }

    private static String printed(final Lesson lesson, final Ink ink) {
        final StringWriter text = new StringWriter();
        new Pager(new PrintWriter(text), ink).showAll(lesson);
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private static String expected(final Lesson lesson) throws IOException {
        final String file = "lesson-" + lesson.number() + ".txt";
        try (InputStream text = Objects.requireNonNull(LessonsTest.class.getResourceAsStream(file), file)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
