package headcache.demos.cli;

import headcache.workload.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.LoggerFactory;

/** Runs that know nothing of one another, as many at a time as there are processors. */
final class SideBySide {
    private SideBySide() {}

    /**
     * Does all of {@code runs}.
     *
     * @param progress is told how many are done
     * @return what they gave, in the order in which they were asked for
     * @throws InterruptedException if it was told to stop
     */
    static <T> List<T> run(final List<Callable<T>> runs, final ProgressListener progress) throws InterruptedException {
        LoggerFactory.getILoggerFactory(); // or the first actor systems would start it both at once, and say so
        final ExecutorService runners =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            final List<Future<T>> running = runs.stream().map(runners::submit).toList();
            final List<T> results = new ArrayList<>();
            for (final Future<T> run : running) {
                results.add(run.get());
                progress.progress(results.size(), running.size());
            }
            return results;
        } catch (final ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        } finally {
            runners.shutdownNow();
        }
    }
}
