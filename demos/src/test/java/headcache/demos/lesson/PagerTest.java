package headcache.demos.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PagerTest {
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final StringWriter screen = new StringWriter();

    @Test
    void goesOnWithEnterAndEndsWithTheLastPage() throws IOException {
        assertThat(shown("\n\n\n\n\n", Ink.PLAIN)).containsExactly("opening", "first", "second");
    }

    @Test
    void asksBetweenPagesOnly() throws IOException {
        show("\n\n", Ink.PLAIN);
        assertThat(screen.toString())
                .containsSubsequence("page 1 of 3 ", "first", "page 2 of 3 ", "second")
                .doesNotContain("page 3");
    }

    @Test
    void goesBackAndNotBeyondTheFirstPage() throws IOException {
        assertThat(shown("\nb\nb\n\n\n", Ink.PLAIN))
                .containsExactly("opening", "first", "opening", "opening", "first", "second");
    }

    @Test
    void leavesWhenTold() throws IOException {
        assertThat(shown("\n q \n\n", Ink.PLAIN)).containsExactly("opening", "first");
    }

    @Test
    void leavesOnALineOfItsOwnAtTheEndOfInput() throws IOException {
        assertThat(shown("", Ink.PLAIN)).containsExactly("opening");
        assertThat(screen.toString()).endsWith("page 1 of 3 " + System.lineSeparator());
    }

    @Test
    void clearsTheScreenBeforeEachPageInColour() throws IOException {
        show("\n\n", Ink.COLOUR);
        assertThat(screen.toString()).startsWith(CLEAR + "opening").contains(CLEAR + "first", CLEAR + "second");
    }

    @Test
    void leavesTheScreenAloneWithoutColour() throws IOException {
        show("\n\n", Ink.PLAIN);
        assertThat(screen.toString()).doesNotContain("\u001b");
    }

    @Test
    void showsTheQuestionWhileTheMachinesRun() throws IOException {
        final Lesson lesson = new Fake(() -> {
            assertThat(screen.toString().lines()).containsExactly("", "opening", "", "the machines are running...");
            return Fake.twoPages();
        });
        pager(Ink.PLAIN).showStepwise(lesson, keyboard(""));
        assertThat(screen.toString()).contains("running...\r[Enter] on");
    }

    @Test
    void printsAllWithABlankLineAfterEachPage() {
        pager(Ink.PLAIN).showAll(new Fake(Fake::twoPages));
        assertThat(screen.toString().lines()).containsExactly("opening", "", "first", "", "second", "");
    }

    private Pager pager(final Ink ink) {
        return new Pager(new PrintWriter(screen), ink);
    }

    private void show(final String keys, final Ink ink) throws IOException {
        pager(ink).showStepwise(new Fake(Fake::twoPages), keyboard(keys));
    }

    private List<String> shown(final String keys, final Ink ink) throws IOException {
        show(keys, ink);
        return Pattern.compile("opening|first|second")
                .matcher(screen.toString())
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static BufferedReader keyboard(final String keys) {
        return new BufferedReader(new StringReader(keys));
    }

    private record Fake(Supplier<List<Page>> pages) implements Lesson {
        static List<Page> twoPages() {
            return List.of(new Page(List.of("first")), new Page(List.of("second")));
        }

        @Override
        public int number() {
            return 7;
        }

        @Override
        public String title() {
            return "title";
        }

        @Override
        public String question() {
            return "question";
        }

        @Override
        public Page opening() {
            return new Page(List.of("opening"));
        }

        @Override
        public List<Page> run(final Ink ink) {
            return pages.get();
        }
    }
}
