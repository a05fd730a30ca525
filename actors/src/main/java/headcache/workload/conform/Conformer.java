package headcache.workload.conform;

import headcache.machine.RunningMachine.Threads;
import headcache.workload.trace.InitialState;
import headcache.workload.trace.Recording;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Replays recordings through the real actors and compares what they do with what was recorded.
 *
 * <p>The order of the calls on each CPU, the object of each put and the slab's choices are input; where
 * the slab is called and for what, the object of each get, every count, and whether a call takes the
 * cache are the model's and are compared.
 */
public final class Conformer {
    private static final int HISTORY = 8;

    private final ConformSettings settings;
    private final Threads threads;

    /** Replays on {@code settings}, run by {@code threads}. */
    public Conformer(ConformSettings settings, Threads threads) {
        this.settings = settings;
        this.threads = threads;
    }

    /**
     * Compares {@code recording}.
     *
     * @param initial what the caches held when it began; CPUs of which that is not told begin later
     * @throws headcache.workload.BadInputException if {@code initial} does not fit
     */
    public Conformance conform(Recording recording, InitialState initial) {
        final ReplayPlan plan = ReplayPlanner.plan(recording, initial, settings);
        final Replay replay = new Replay(plan, settings.policy());
        replay.run(threads);
        final Findings findings = new Findings();
        findings.addAll(plan.findings());
        findings.addAll(PlaceCheck.of(recording, initial));
        final int finalCounts = replay.compareEnds(initial, findings);
        final SortedMap<Check, Long> counts = new TreeMap<>();
        for (final Check check : Check.values()) {
            counts.put(check, findings.count(check));
        }
        return new Conformance(
                recording.name(),
                recording.file(),
                recording.size(),
                recording.cacheEvents(),
                plan.skipped(),
                replay.notReached(),
                counts,
                replay.routesCompared(),
                replay.unknownRoutes(),
                finalCounts,
                recording.hasHomes() ? Optional.of(replay.remote()) : Optional.empty(),
                findings.first().map(mismatch -> withHistory(mismatch, recording)));
    }

    private static Conformance.First withHistory(Mismatch mismatch, Recording recording) {
        final ArrayDeque<String> history = new ArrayDeque<>();
        for (int row = Math.min(mismatch.row(), recording.size() - 1); row >= 0 && history.size() < HISTORY; row--) {
            if (mismatch.cpu() == Mismatch.NO_CPU || recording.cpu(row) == mismatch.cpu()) {
                history.addFirst("line " + recording.line(row) + " cpu " + recording.cpu(row) + " "
                        + RowText.of(recording, row));
            }
        }
        final String line = mismatch.row() < recording.size() ? ":" + recording.line(mismatch.row()) : "";
        return new Conformance.First(mismatch, recording.file() + line, List.copyOf(history));
    }
}
