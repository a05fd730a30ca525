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
 * How many heads each CPU has parked: the most at any moment, and the mean over its gets, its puts and what it sets
 * aside for others, each counted before the spill that it may cause.
 *
 * <p>What lies between its cache and those of other CPUs counts as it was when the CPU was last at rest.
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
                own.happened(events.kind(i), events.detail(i));
            }
            own.rests(cpu.heads().count(), cpu.parked());
        }
    }

    /** The most heads that one CPU had parked, for a moment at least. */
    public int peak() {
        return Arrays.stream(cpus).mapToInt(cpu -> cpu.peak).max().orElse(0);
    }

    /** The mean over the operations of all CPUs of what the CPU then had parked; 0 if there was none. */
    public double mean() {
        final long operations =
                Arrays.stream(cpus).mapToLong(cpu -> cpu.operations).sum();
        return operations == 0
                ? 0
                : (double) Arrays.stream(cpus).mapToLong(cpu -> cpu.sum).sum() / operations;
    }

    private static final class OfCpu {
        private int peak;
        private int cached;
        private int beside;
        private long sum;
        private long operations;

        void happened(EventKind kind, int detail) {
            switch (kind) {
                case GET, PEEKED -> operated(detail);
                case PUT -> {
                    operated(detail);
                    saw(detail);
                }
                case SET_ASIDE -> {
                    beside++;
                    operated(cached);
                }
                case SHORTFALL -> operated(cached);
                case REFILL, TAKEN_BACK -> saw(detail + 1);
                default -> {}
            }
        }

        void rests(int inCache, int parked) {
            saw(parked);
            cached = inCache;
            beside = parked - inCache;
        }

        private void saw(int parked) {
            peak = Math.max(peak, parked);
        }

        private void operated(int heads) {
            cached = heads;
            sum += heads + beside;
            operations++;
        }
    }
}
