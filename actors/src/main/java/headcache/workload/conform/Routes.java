package headcache.workload.conform;

import headcache.workload.trace.Call;
import headcache.workload.trace.Recording;
import headcache.workload.trace.Route;
import headcache.workload.trace.RouteTable;
import headcache.workload.trace.TraceContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ways that the calls of one recording take. */
final class Routes {
    private final Recording recording;
    private final @Nullable Route[] ways;
    private final boolean[] known;

    Routes(Recording recording) {
        this.recording = recording;
        this.ways = new Route[recording.callCount()];
        this.known = new boolean[recording.callCount()];
        for (int id = 0; id < ways.length; id++) {
            final Call call = recording.call(id);
            switch (call.event()) {
                case GET, PUT, SLAB_ALLOC, SLAB_FREE -> {
                    final Optional<Route> way = RouteTable.find(call);
                    known[id] = way.isPresent();
                    ways[id] = way.orElseGet(() -> RouteTable.fallback(call));
                }
                case BULK_ALLOC, BULK_FREE, POLL -> {}
            }
        }
    }

    /** Whether the table knows the function of {@code row}; otherwise it is replayed, but its way is not compared. */
    boolean isKnown(int row) {
        return known[recording.callId(row)];
    }

    /** The way of {@code row}, which is an operation. */
    Route of(int row) {
        final Route way = ways[recording.callId(row)];
        if (way == null) {
            throw new IllegalArgumentException("no operation: line=" + recording.line(row));
        }
        return way;
    }

    /** Whether {@code row} is replayed by a task: it ran beside the CPU's own turns, and touches no cache. */
    boolean isTask(int row) {
        return recording.call(recording.callId(row)).context() != TraceContext.SOFTIRQ && !of(row).isSoftirqOnly();
    }
}
