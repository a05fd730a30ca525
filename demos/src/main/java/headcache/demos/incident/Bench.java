package headcache.demos.incident;

import headcache.machine.MachineConfig;
import headcache.machine.RunningMachine;
import headcache.machine.RunningMachine.Threads;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.CpuReport;
import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.NodeId;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.step.Tap;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A machine that is told what to do step by step, each when the one before is done. */
final class Bench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningMachine machine;

    Bench(final MachineConfig config) {
        machine = RunningMachine.boot(config.plan(Tap.NONE), Threads.DETERMINISTIC, PATIENCE);
    }

    /** Does {@code op} on each of {@code slots} at {@code where}; what is in the slots then. */
    @Nullable
    Skb[] batch(final ActorName where, final @Nullable Skb[] slots, final IntFunction<Op> op) {
        final Op[] ops = new Op[slots.length];
        Arrays.setAll(ops, op);
        machine.send(where, new CpuMessage.Batch(machine.console(), ops, slots));
        return ((BatchDone) machine.receive()).slots();
    }

    void takeOffline(final CpuId cpu, final OfflinePolicy policy) {
        machine.takeOffline(cpu, policy);
    }

    CpuReport cpu(final CpuId cpu) {
        return machine.snapshot().cpu(cpu);
    }

    int freeHeads() {
        return machine.snapshot().node(NodeId.of(0)).freeHeads();
    }

    @Override
    public void close() {
        machine.close();
    }
}
