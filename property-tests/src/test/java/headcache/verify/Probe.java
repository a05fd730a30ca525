package headcache.verify;

import headcache.machine.MachineConfig;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.Message;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.step.EventKind;
import headcache.step.Tap;
import headcache.verify.Recorded.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a machine do one thing at a time and shows what that did. */
final class Probe {
    private static final DriverId SELF = new DriverId(7);
    private static final long DELIVERY_LIMIT = 100_000;

    private final NetworkRun run;

    /** What a call did. */
    record Effect(@Nullable Skb[] slots, int failed, List<Entry> entries) {
        boolean has(EventKind kind) {
            return entries.stream().anyMatch(entry -> entry instanceof Entry.Did did && did.kind() == kind);
        }

        /** The first head of events of {@code kind}. */
        int head(EventKind kind) {
            return entries.stream()
                    .filter(entry -> entry instanceof Entry.Did did && did.kind() == kind)
                    .mapToInt(entry -> ((Entry.Did) entry).head())
                    .findFirst()
                    .orElseThrow();
        }
    }

    Probe(MachineConfig machine) {
        this(new NetworkRun(new Scenario(machine, List.of(), StepNetwork.OLDEST_FIRST), Tap.NONE));
    }

    Probe(NetworkRun run) {
        this.run = run;
    }

    NetworkRun run() {
        return run;
    }

    /** Runs {@code ops} on {@code slots} in the softirq of a CPU, or in a task whose CPUs do not notice. */
    Effect call(ActorName at, @Nullable Skb[] slots, Op... ops) {
        final int before = at instanceof CpuId cpu ? run.history(cpu.index()).size() : 0;
        send(at, new CpuMessage.Batch(SELF, ops, slots));
        final List<StepNetwork.Letter> answers = run.network().outside();
        final DriverMessage.BatchDone done =
                (DriverMessage.BatchDone) answers.get(answers.size() - 1).message();
        final List<Entry> entries = at instanceof CpuId cpu
                ? List.copyOf(run.history(cpu.index())
                        .subList(before, run.history(cpu.index()).size()))
                : List.of();
        return new Effect(done.slots(), done.failed(), entries);
    }

    /** Sends {@code message} and lets the machine come to rest. */
    void send(ActorName to, Message message) {
        run.network().send(SELF, to, message);
        run.network().settle(DELIVERY_LIMIT);
    }
}
