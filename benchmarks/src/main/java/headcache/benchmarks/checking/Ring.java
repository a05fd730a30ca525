package headcache.benchmarks.checking;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.Semantics;
import headcache.kit.control.ControlledSystem;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Eight actors under control that pass eight tokens round and do nothing else. */
final class Ring implements AutoCloseable {
    private static final int ACTORS = 8;

    private final SplittableRandom random = new SplittableRandom(1);
    private final ControlledSystem system =
            new ControlledSystem(Semantics.PER_PAIR_FIFO, Ring::spawn, () -> "whatever it is");

    private static void spawn(ActorContext<Void> context) {
        final List<ActorRef<Object>> actors = IntStream.range(0, ACTORS)
                .mapToObj(i -> context.spawn(waiting(), "actor-" + i))
                .toList();
        for (int i = 0; i < ACTORS; i++) {
            actors.get(i).tell(new Next(actors.get((i + 1) % ACTORS)));
        }
    }

    private record Next(ActorRef<Object> actor) {}

    /** Waits for its neighbour, and then sends the first token. */
    private static Behavior<Object> waiting() {
        return Behaviors.receive(Object.class)
                .onMessage(Next.class, next -> {
                    next.actor().tell("token");
                    return passingTo(next.actor());
                })
                .build();
    }

    private static Behavior<Object> passingTo(ActorRef<Object> next) {
        return Behaviors.receiveMessage(token -> {
            next.tell(token);
            return Behaviors.same();
        });
    }

    /** A ring in which all are connected and every token is on its way. */
    Ring() {
        final BitSet connects = system.enabled();
        connects.stream().forEach(system::deliver);
    }

    /** Delivers {@code count} tokens, each drawn from those that could be delivered. */
    void deliver(int count) {
        for (int i = 0; i < count; i++) {
            final BitSet enabled = system.enabled();
            int channel = enabled.nextSetBit(0);
            for (int skip = random.nextInt(enabled.cardinality()); skip > 0; skip--) {
                channel = enabled.nextSetBit(channel + 1);
            }
            system.deliver(channel);
        }
    }

    @Override
    public void close() {
        system.close();
    }
}
