package headcache.demos.cli;

import headcache.workload.ProgressListener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal how far a long run has come, and nothing elsewhere or of a short one. */
final class RunProgress implements ProgressListener, AutoCloseable {
    private static final int WIDTH = 79;
    private static final int INTERVAL_MILLIS = 250;
    private static final long LONG_NANOS = 1_000_000_000;

    private final String what;
    private final boolean shown;
    private final long longNanos;
    private final PrintWriter err;
    private final long begin = System.nanoTime();
    private @Nullable ProgressBar bar;

    /** Will show how many of {@code what} are done on {@code err}, if that is a terminal. */
    RunProgress(final String what, final Terminal terminal, final PrintWriter err) {
        this(what, terminal, err, LONG_NANOS);
    }

    /** Will show progress of runs that take longer than {@code longNanos}. */
    RunProgress(final String what, final Terminal terminal, final PrintWriter err, final long longNanos) {
        this.what = what;
        this.longNanos = longNanos;
        this.shown = terminal.err();
        this.err = err;
    }

    @Override
    public void progress(final long done, final long total) {
        if (bar == null && shown && done < total && System.nanoTime() - begin >= longNanos) {
            bar = new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(INTERVAL_MILLIS)
                    .setConsumer(new Line(err))
                    .build();
        }
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            err.print("\r" + " ".repeat(WIDTH) + "\r");
            err.flush();
        }
    }

    /** One line that is written over again and again. */
    private record Line(PrintWriter err) implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public void accept(final String line) {
            err.print("\r" + line);
            err.flush();
        }

        @Override
        public void close() {}
    }
}
