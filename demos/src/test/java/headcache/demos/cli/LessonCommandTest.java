package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.demos.lesson.Lesson;
import headcache.demos.lesson.Lessons;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LessonCommandTest {

    private static final Terminal PIPE = new Terminal(false, false, false);
    private static final Terminal PEOPLE = new Terminal(true, true, true, false);
    private static final String PROMPT = "[Enter] on";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final InputStream stdin = System.in;

    @AfterEach
    void giveKeyboardBack() {
        System.setIn(stdin);
    }

    @Test
    void bareCommandListsLessonsWithTheirQuestions() {
        assertThat(run(PEOPLE, "lesson")).isEqualTo(ExitCodes.HOLDS);
        for (final Lesson lesson : Lessons.all()) {
            assertThat(out.toString()).contains(lesson.number() + "  " + lesson.title(), lesson.question());
        }
        assertThat(out.toString().lines()).hasSize(2 * Lessons.all().size() + 2).allMatch(line -> line.length() <= 90);
    }

    @Test
    void listNamesLessons() {
        assertThat(run(PIPE, "list")).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString().lines())
                .filteredOn(line -> line.startsWith("lesson "))
                .hasSameSizeAs(Lessons.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "-1", "01", "one", "1.0", "99999999999999999999"})
    void unknownLessonIsOneLineThatSaysWhatThereIs(final String number) {
        assertThat(run(PIPE, "lesson", "--", number)).isEqualTo(64);
        assertThat(err.toString())
                .isEqualTo("headcache lesson: no such lesson: N=" + number
                        + "; there are lessons 1, 2, 3, 4, 5, 6, 7, 8 (see headcache lesson --help)"
                        + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void twoLessonsAreTooMany() {
        assertThat(run(PIPE, "lesson", "1", "2")).isEqualTo(64);
        assertThat(err.toString().lines()).singleElement().asString().contains("'2'");
    }

    @Test
    void printsAllWhereNobodyCanAnswer() {
        for (final Terminal terminal :
                new Terminal[] {PIPE, new Terminal(true, false, false, false), new Terminal(true, true, false)}) {
            out.getBuffer().setLength(0);
            assertThat(run(terminal, "lesson", "3")).isEqualTo(ExitCodes.HOLDS);
            assertThat(out.toString()).contains("what to try next").doesNotContain(PROMPT);
        }
    }

    @Test
    void printsAllWhenToldTo() {
        assertThat(run(PEOPLE, "lesson", "--all", "3")).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString()).contains("what to try next").doesNotContain(PROMPT);
    }

    @Test
    void stopsAfterEachPageOnATerminal() {
        System.setIn(new ByteArrayInputStream("\nq\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(run(PEOPLE, "lesson", "3")).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString().split("\\Q" + PROMPT + "\\E", -1)).hasSize(3);
        assertThat(out.toString()).contains("step 1").doesNotContain("step 2").doesNotContain("\u001b");
    }

    private int run(final Terminal terminal, final String... args) {
        return CommandLines.execute(
                CommandLines.create(terminal).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)),
                args);
    }
}
