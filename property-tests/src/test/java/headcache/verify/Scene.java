package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Directory;
import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.Shell;
import headcache.step.StateBytes;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.List;
import java.util.function.Consumer;

/** Plays steps whose events are written by hand, to show a tap what a machine would never do. */
final class Scene {
    static final CpuId CPU0 = new CpuId(0);
    static final CpuId CPU1 = new CpuId(1);
    static final NodeId NODE0 = NodeId.of(0);
    static final NodeId NODE1 = NodeId.of(1);

    @SuppressWarnings("NullAway") // scripted steps send nothing
    private static final Directory NOBODY =
            new Directory(null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    private static final CpuMessage ANY = new CpuMessage.Online(CPU0);

    private final Tap tap;

    Scene(Tap tap) {
        this.tap = tap;
    }

    /** One step of {@code who} that tells {@code events}. */
    Scene step(ActorName who, Consumer<Events> events) {
        new Shell<>(who, new Scripted(events), NOBODY, tap).on(ANY);
        return this;
    }

    /** {@code head} is handed out by its node and laid in the cache of {@code cpu}. */
    Scene refill(CpuId cpu, int head) {
        return step(NodeId.of(Head.node(head)), e -> e.slabOut(head)).step(cpu, e -> e.tell(EventKind.REFILL, head, 0));
    }

    /** {@code head}, which is alone in the cache of {@code cpu}, becomes an skb. */
    Scene getAndBorn(CpuId cpu, int head) {
        return step(cpu, e -> e.get(head, 0).born(head, WayIn.NAPI_BUILD_SKB));
    }

    /** {@code head} comes from its slab to {@code who} and becomes an skb. */
    Scene allocate(ActorName who, int head, WayIn way) {
        return step(NodeId.of(Head.node(head)), e -> e.slabOut(head))
                .step(who, e -> e.tell(EventKind.SINGLE_ALLOC, head, 0).born(head, way));
    }

    /** {@code head} goes from {@code who} to its slab singly, its skb being over. */
    Scene free(ActorName who, int head, WayOut way) {
        return step(who, e -> e.dropData(head).died(head, way).tell(EventKind.SINGLE_FREE, head, 0))
                .step(NodeId.of(Head.node(head)), e -> e.slabIn(head));
    }

    /** What a step can tell, in short. */
    static final class Events {
        private final Out out;

        private Events(Out out) {
            this.out = out;
        }

        Events tell(EventKind kind, int head, int detail) {
            out.event(kind, head, detail);
            return this;
        }

        Events slabOut(int head) {
            return tell(EventKind.SLAB_OUT, head, Head.node(head));
        }

        Events slabIn(int head) {
            return tell(EventKind.SLAB_IN, head, Head.node(head));
        }

        Events get(int head, int left) {
            return tell(EventKind.GET, head, left);
        }

        Events put(int head, int parked) {
            return tell(EventKind.PUT, head, parked);
        }

        Events born(int head, WayIn way) {
            return tell(EventKind.BORN, head, way.ordinal()).tell(EventKind.DATA_TAKEN, head, 0);
        }

        Events dropData(int head) {
            return tell(EventKind.DATA_DROPPED, head, 0);
        }

        Events died(int head, WayOut way) {
            return tell(EventKind.DIED, head, way.ordinal());
        }
    }

    private record Scripted(Consumer<Events> events) implements Step<CpuMessage> {
        @Override
        public void on(CpuMessage message, Out out) {
            events.accept(new Events(out));
        }

        @Override
        public Step<CpuMessage> copy() {
            return this;
        }

        @Override
        public void count(HeadCount into) {}

        @Override
        public void encode(StateBytes bytes) {}
    }
}
