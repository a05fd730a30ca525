package headcache.demos.cli;

import headcache.workload.trace.Recording;
import headcache.workload.trace.RecordingReader;
import headcache.workload.trace.TraceSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Recordings that are read in the background, one ahead of the one in use, so that two processors have work. */
final class RecordingPrefetch implements AutoCloseable {

    private final Queue<TraceSource> waiting;
    private final Queue<Future<Recording>> reading = new ArrayDeque<>();
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        final Thread thread = new Thread(task, "recording-reader");
        thread.setDaemon(true);
        return thread;
    });

    RecordingPrefetch(final List<TraceSource> sources) {
        waiting = new ArrayDeque<>(sources);
        readOne();
    }

    /**
     * Takes the next recording, in the order in which they were named.
     *
     * @throws headcache.workload.BadInputException if it is none
     */
    Recording next() {
        final Future<Recording> next = reading.remove();
        readOne();
        try {
            return next.get();
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a recording was read", stopped);
        } catch (final ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }

    private void readOne() {
        final TraceSource source = waiting.poll();
        if (source != null) {
            reading.add(reader.submit(() -> RecordingReader.read(source)));
        }
    }
}
