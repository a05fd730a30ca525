package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TerminalTest {

    @Test
    void coloursOnATerminal() {
        assertThat(Terminal.of(true, true, true, null, "xterm").colour()).isTrue();
    }

    @Test
    void emptyNoColorRefusesNothing() {
        assertThat(Terminal.of(true, true, true, "", "xterm").colour()).isTrue();
    }

    @Test
    void noColourWhereItIsRefused() {
        assertThat(Terminal.of(true, true, true, "1", "xterm").colour()).isFalse();
    }

    @Test
    void noColourWhereOutputIsNoTerminal() {
        assertThat(Terminal.of(true, false, true, null, "xterm").colour()).isFalse();
    }

    @Test
    void noColourOnADumbTerminal() {
        assertThat(Terminal.of(true, true, true, null, "dumb").colour()).isFalse();
        assertThat(Terminal.of(true, true, true, null, null).colour()).isFalse();
    }

    @Test
    void dialogueTakesATerminalAtBothEnds() {
        assertThat(Terminal.of(true, true, false, null, null).isDialogue()).isTrue();
        assertThat(Terminal.of(false, true, true, null, "xterm").isDialogue()).isFalse();
        assertThat(Terminal.of(true, false, true, null, "xterm").isDialogue()).isFalse();
    }
}
