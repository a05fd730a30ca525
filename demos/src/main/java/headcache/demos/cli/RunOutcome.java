package headcache.demos.cli;

import headcache.machine.RunningMachine.MachineFailure;
import headcache.protocol.CpuReport;
import headcache.protocol.NodeReport;
import headcache.protocol.Report;
import headcache.protocol.TaskReport;
import headcache.step.HeadMisuse;
import headcache.verify.Ledger;
import headcache.workload.ProgressListener;
import headcache.workload.RunResult;
import headcache.workload.WorkloadRun;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What came of a run that a ledger watched: the counters, the books, and the verdict. */
final class RunOutcome {
    private final RunSettings settings;
    private final Ledger ledger;
    private final @Nullable RunResult result;
    private final @Nullable MachineFailure failure;

    private RunOutcome(
            final RunSettings settings,
            final Ledger ledger,
            final @Nullable RunResult result,
            final @Nullable MachineFailure failure) {
        this.settings = settings;
        this.ledger = ledger;
        this.result = result;
        this.failure = failure;
    }

    /**
     * Runs the workload under the eyes of {@code ledger}, which must be fresh.
     *
     * @throws MachineFailure if an actor crashed for another reason than a misused head
     */
    static RunOutcome of(final RunSettings settings, final Ledger ledger, final ProgressListener listener) {
        try {
            final RunResult result = WorkloadRun.run(settings.workload(), settings.options(), listener);
            ledger.checkAllHome();
            return new RunOutcome(settings, ledger, result, null);
        } catch (final MachineFailure failed) {
            if (failed.getCause() instanceof HeadMisuse || isTimeout(failed)) {
                return new RunOutcome(settings, ledger, null, failed);
            }
            throw failed;
        }
    }

    private static boolean isTimeout(final MachineFailure failed) {
        return failed.getCause() == null || failed.getCause() instanceof TimeoutException;
    }

    RunSettings settings() {
        return settings;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The counters, or null if the run did not come to its end. */
    @Nullable
    RunResult result() {
        return result;
    }

    /** Why the run did not come to its end, or null. */
    @Nullable
    String failure() {
        return failure == null ? null : failure.getMessage();
    }

    /** What the nodes' own counters say is wrong; nothing if they agree with the books. */
    List<String> faults() {
        return result == null ? List.of() : result.faults();
    }

    /** What audits of the running machine found wrong, one line each. */
    List<String> auditFaults() {
        return result == null
                ? List.of()
                : result.cuts().stream().flatMap(cut -> cut.faults().stream()).toList();
    }

    boolean holds() {
        return exitCode() == ExitCodes.HOLDS;
    }

    int exitCode() {
        if (ledger.violationCount() > 0 || !faults().isEmpty() || !auditFaults().isEmpty()) {
            return ExitCodes.VIOLATED;
        }
        if (failure == null) {
            return ExitCodes.HOLDS;
        }
        return isTimeout(failure) ? ExitCodes.INCONCLUSIVE : ExitCodes.VIOLATED;
    }

    /** The sum of a counter over all CPUs, when all operations were done. */
    static long cpus(final RunResult result, final ToLongFunction<CpuReport> counter) {
        return RunResult.cpus(result.atEnd()).stream().mapToLong(counter).sum();
    }

    /** The sum of a counter over all nodes, when all operations were done. */
    static long nodes(final RunResult result, final ToLongFunction<NodeReport> counter) {
        return RunResult.nodes(result.atEnd()).stream().mapToLong(counter).sum();
    }

    /** Packets that began: allocations that did not fail. */
    static long packets(final RunResult result) {
        return result.packets() - result.failed();
    }

    /** Messages that CPUs and tasks sent to slabs. */
    static long messages(final RunResult result) {
        long messages = cpus(result, CpuReport::slabMessages);
        for (final Report report : result.atEnd().reports().values()) {
            if (report instanceof TaskReport task) {
                messages += task.slabMessages();
            }
        }
        return messages;
    }

    static double perPacket(final RunResult result, final long count) {
        return packets(result) == 0 ? 0 : (double) count / packets(result);
    }

    static double packetsPerSecond(final RunResult result) {
        return packets(result) * 1e9 / Math.max(1, result.nanos());
    }
}
