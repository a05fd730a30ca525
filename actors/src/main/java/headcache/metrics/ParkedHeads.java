package headcache.metrics;

import headcache.cpu.CpuStep;
import headcache.protocol.ActorName;
import headcache.protocol.Message;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.Arrays;

/**
 * How many heads each CPU has parked: the most at any moment, and the mean over its steps, one for each message that
 * it takes.
 *
 * <p>Each CPU writes its own numbers on its own thread; they are read when the run is over.
 */
public final class ParkedHeads implements Tap {
    private final OfCpu[] cpus;

    /** Watches the first {@code cpus} CPUs of a machine. */
    public ParkedHeads(int cpus) {
        this.cpus = new OfCpu[cpus];
        Arrays.setAll(this.cpus, cpu -> new OfCpu());
    }

    @Override
    public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        if (state instanceof CpuStep cpu) {
            final OfCpu own = cpus[cpu.id().index()];
            for (int i = 0; i < events.size(); i++) {
                final EventKind kind = events.kind(i);
                if (kind == EventKind.PUT) {
                    own.saw(events.detail(i));
                } else if (kind == EventKind.REFILL || kind == EventKind.TAKEN_BACK) {
                    own.saw(events.detail(i) + 1);
                }
            }
            own.saw(cpu.parked());
            own.rested(cpu.parked());
        }
    }

    /** The most heads that one CPU had parked, for a moment at least. */
    public int peak() {
        return Arrays.stream(cpus).mapToInt(cpu -> cpu.peak).max().orElse(0);
    }

    /** The mean over the steps of all CPUs of what a CPU had parked after the step; 0 if there was none. */
    public double mean() {
        final long steps = Arrays.stream(cpus).mapToLong(cpu -> cpu.steps).sum();
        return steps == 0
                ? 0
                : (double) Arrays.stream(cpus).mapToLong(cpu -> cpu.sum).sum() / steps;
    }

    private static final class OfCpu {
        private int peak;
        private long sum;
        private long steps;

        void saw(int parked) {
            peak = Math.max(peak, parked);
        }

        void rested(int parked) {
            sum += parked;
            steps++;
        }
    }
}
