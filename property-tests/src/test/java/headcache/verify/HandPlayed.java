package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverId;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.protocol.WayIn;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.Objects;
import java.util.function.Consumer;

/** A watched machine whose actors do at each step what a test has written by hand. */
abstract class HandPlayed {
    static final CpuId CPU0 = new CpuId(0);
    static final CpuId CPU1 = new CpuId(1);
    static final NodeId NODE0 = NodeId.of(0);
    static final NodeId NODE1 = NodeId.of(1);
    static final DriverId DRIVER = new DriverId(0);
    static final int H = Head.plain(0, 1);
    static final int OTHER = Head.plain(0, 2);
    static final MachineConfig MACHINE = MachineConfig.of(Topology.even(2, 2))
            .with(new CpuPolicy(new CachePolicy(3, 1, 2, SpillEnd.NEWEST), Kernel.LINUX_5_12, true, 8));

    final Watch watch = new Watch(MACHINE, new Watch.Known((bytes, message) -> bytes.put(message.hashCode())));
    final Played cpu0 = played(CPU0);
    final Played node0 = played(NODE0);
    final Played node1 = played(NODE1);

    final Played played(ActorName who) {
        final Scripted script = new Scripted();
        return new Played(who, script, watch.over(who, script));
    }

    /** An actor whose steps are written by hand. */
    record Played(ActorName who, Scripted script, Watched<Message> watched) {
        Played takes(Message message, Consumer<Out> does) {
            script.does = does;
            final EventLog events = new EventLog();
            watched.on(message, new Out() {
                @Override
                public void send(ActorName to, Message sent) {
                    // Watched has written it down
                }

                @Override
                public void event(EventKind kind, int head, int detail) {
                    events.add(kind, head, detail);
                }
            });
            watched.onStep(who, message, watched, events);
            return this;
        }
    }

    static final class Scripted implements Step<Message> {
        Consumer<Out> does = out -> {};

        @Override
        public void on(Message message, Out out) {
            does.accept(out);
        }

        @Override
        public Step<Message> copy() {
            return this;
        }

        @Override
        public void count(HeadCount into) {}

        @Override
        public void encode(StateBytes bytes) {
            bytes.put(0);
        }
    }

    final void assertFirst(Invariant invariant, int head, String facts) {
        final Violation first = Objects.requireNonNull(watch.violation(), "nothing was found");
        assertThat(first.invariant()).isEqualTo(invariant);
        assertThat(first.head()).isEqualTo(head);
        assertThat(first.facts()).startsWith(facts);
    }

    static final Out NOWHERE = new Out() {
        @Override
        public void send(ActorName to, Message message) {}

        @Override
        public void event(EventKind kind, int head, int detail) {}
    };

    static final CpuMessage WORK = new CpuMessage.Batch(DRIVER, new Op[0], new Skb[0]);

    /** {@code head} comes to {@code cpu0} by a refill, in three steps. */
    final void refilled(int head) {
        cpu0.takes(WORK, out -> {
            out.event(EventKind.REFILL_ASKED, Head.NONE, 1);
            out.send(NODE0, new SlabMessage.BulkAlloc(CPU0, 1));
        });
        node0.takes(new SlabMessage.BulkAlloc(CPU0, 1), out -> {
            out.event(EventKind.SLAB_OUT, head, 0);
            out.send(CPU0, new SlabReply.BulkAllocated(new int[] {head}));
        });
        cpu0.takes(new SlabReply.BulkAllocated(new int[] {head}), out -> out.event(EventKind.REFILL, head, 0));
    }

    final void born(int head) {
        refilled(head);
        cpu0.takes(WORK, out -> {
            out.event(EventKind.GET, head, 0);
            out.event(EventKind.BORN, head, WayIn.NAPI_BUILD_SKB.ordinal());
            out.event(EventKind.DATA_TAKEN, head, 0);
        });
    }
}
