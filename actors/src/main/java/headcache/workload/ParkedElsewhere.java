package headcache.workload;

import headcache.cpu.CpuStep;
import headcache.protocol.ActorName;
import headcache.protocol.Message;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the gets that failed while heads were parked on another CPU: the price of giving each CPU its own.
 *
 * <p>What a CPU has parked is written after each of its steps, and read by others when a get of theirs
 * failed; so what it counts depends on the order of messages.
 */
final class ParkedElsewhere implements Tap {
    /** Each CPU's count has a cache line of its own. */
    private static final int STRIDE = 16;

    private final int cpus;
    private final AtomicIntegerArray parked;
    private final LongAdder count = new LongAdder();

    ParkedElsewhere(int cpus) {
        this.cpus = cpus;
        this.parked = new AtomicIntegerArray(cpus * STRIDE);
    }

    @Override
    public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        if (!(state instanceof CpuStep cpu)) {
            return;
        }
        final int self = cpu.id().index();
        for (int i = 0; i < events.size(); i++) {
            if (events.kind(i) == EventKind.GET_FAILED && isParkedElsewhere(self)) {
                count.increment();
            }
        }
        parked.setRelease(self * STRIDE, cpu.heads().count());
    }

    private boolean isParkedElsewhere(int self) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            if (cpu != self && parked.getAcquire(cpu * STRIDE) > 0) {
                return true;
            }
        }
        return false;
    }

    /** How many there were; to be asked when the machine is still. */
    long count() {
        return count.sum();
    }
}
