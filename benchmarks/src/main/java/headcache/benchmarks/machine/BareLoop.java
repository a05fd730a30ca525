package headcache.benchmarks.machine;

import headcache.cpu.CpuStep;
import headcache.machine.MachineConfig;
import headcache.machine.MachinePlan;
import headcache.machine.Topology;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverId;
import headcache.protocol.Frame;
import headcache.protocol.Message;
import headcache.protocol.NapiId;
import headcache.protocol.NicMessage;
import headcache.protocol.Skb;
import headcache.protocol.SlabMessage;
import headcache.step.EventKind;
import headcache.step.Out;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayDeque;
import java.util.Objects;

/** The steps of a machine of one node in one thread: what is sent is done at once, in order, without actors. */
final class BareLoop implements Out {
    /** CPUs of one machine. */
    static final int CPUS = 4;

    private static final DriverId DRIVER = new DriverId(0);
    private static final NapiId NAPI = new NapiId(0);
    private static final Skb[] NONE = {};
    private static final Frame[] NO_FRAMES = {};

    private final CpuStep[] cpus = new CpuStep[CPUS];
    private final Step<SlabMessage> slab;
    private final ArrayDeque<Message> toSlab = new ArrayDeque<>();
    private final Skb[][] sent = new Skb[CPUS][0];
    private final Frame[] few = Feeders.forwarded(Feeders.POLL_IN_CACHE, DRIVER);
    private final Frame[] full = Feeders.forwarded(Feeders.POLL, DRIVER);
    private final ArrayDeque<Message> toCpu = new ArrayDeque<>();
    private int current;

    BareLoop() {
        final MachinePlan plan = MachineConfig.of(Topology.even(CPUS, 1)).plan(Tap.NONE);
        slab = Objects.requireNonNull(plan.slabs().get(0));
        for (int cpu = 0; cpu < CPUS; cpu++) {
            cpus[cpu] = (CpuStep) plan.cpus().get(cpu);
        }
    }

    /** One poll of each CPU: completions of its poll before, then as many frames. */
    void inCache() {
        for (int cpu = 0; cpu < CPUS; cpu++) {
            poll(cpu, sent[cpu], few);
        }
    }

    /** One poll of each pair of CPUs: one gives back what the other took in the poll before. */
    void oneWay() {
        for (int taker = 0; taker < CPUS; taker += 2) {
            poll(taker + 1, sent[taker], NO_FRAMES);
            poll(taker, NONE, full);
        }
    }

    private void poll(int cpu, Skb[] completions, Frame[] frames) {
        current = cpu;
        cpus[cpu].on(new CpuMessage.Poll(DRIVER, NAPI, completions, frames), this);
        while (!toSlab.isEmpty()) {
            slab.on((SlabMessage) toSlab.remove(), this);
            while (!toCpu.isEmpty()) {
                cpus[cpu].on((CpuMessage) toCpu.remove(), this);
            }
        }
    }

    @Override
    public void send(ActorName to, Message message) {
        if (message instanceof NicMessage.Transmit transmit) {
            sent[current] = transmit.skbs();
        } else if (message instanceof SlabMessage) {
            toSlab.add(message);
        } else if (to instanceof CpuId) {
            toCpu.add(message);
        } else if (!(message instanceof NicMessage.PollDone)) {
            throw new IllegalStateException("nobody takes this in a bare loop: " + message);
        }
    }

    @Override
    public void event(EventKind kind, int head, int detail) {}
}
