package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class RunProgressTest {
    private final StringWriter err = new StringWriter();

    private String shown(final Terminal terminal, final long longNanos, final long... steps) {
        try (RunProgress progress = new RunProgress("packets", terminal, new PrintWriter(err, true), longNanos)) {
            for (final long step : steps) {
                progress.progress(step, 1000);
            }
        }
        return err.toString();
    }

    @Test
    void showsLongRunsOnATerminalAndClearsTheLine() {
        assertThat(shown(new Terminal(false, true, false), 0, 250, 500))
                .contains("packets")
                .contains("500/1000")
                .endsWith("\r");
    }

    @Test
    void showsNothingElsewhere() {
        assertThat(shown(new Terminal(true, false, true), 0, 250, 500)).isEmpty();
    }

    @Test
    void showsNothingOfAShortRun() {
        assertThat(shown(new Terminal(true, true, true), Long.MAX_VALUE, 250, 500))
                .isEmpty();
    }

    @Test
    void showsNothingOfARunThatIsAtItsEndAlready() {
        assertThat(shown(new Terminal(true, true, true), 0, 1000)).isEmpty();
    }
}
