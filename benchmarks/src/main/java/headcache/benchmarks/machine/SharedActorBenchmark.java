package headcache.benchmarks.machine;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import headcache.machine.RunningMachine.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Q: requests per second that one shared actor answers, asked by eight others, one request at a time
 * each. With m slab messages for each packet, no machine with one slab can do more than Q/m packets.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SharedActorBenchmark {
    private static final int ASKERS = 8;
    private static final int REQUESTS = 1 << 14;

    @SuppressWarnings("NullAway.Init") // JMH calls boot() first
    private ActorSystem<Go> system;

    private record Request(int number, ActorRef<Message> replyTo) {}

    private sealed interface Message {}

    private record Answer(int number) implements Message {}

    private record Go(int times, CountDownLatch done) implements Message {}

    private static Behavior<Request> shared() {
        return Behaviors.receive(Request.class)
                .onMessage(Request.class, request -> {
                    request.replyTo().tell(new Answer(request.number()));
                    return Behaviors.same();
                })
                .build();
    }

    private static final class Asker extends AbstractBehavior<Message> {
        private final ActorRef<Request> shared;
        private int left;
        private @Nullable CountDownLatch done;

        Asker(ActorContext<Message> context, ActorRef<Request> shared) {
            super(context);
            this.shared = shared;
        }

        @Override
        public Receive<Message> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Answer.class, answer -> next())
                    .onMessage(Go.class, go -> {
                        left = go.times();
                        done = go.done();
                        return next();
                    })
                    .build();
        }

        private Behavior<Message> next() {
            if (left > 0) {
                left--;
                shared.tell(new Request(left, getContext().getSelf()));
            } else if (done != null) {
                done.countDown();
            }
            return this;
        }
    }

    /** Starts the actors. */
    @Setup
    public void boot() {
        final Behavior<Go> guardian = Behaviors.setup(context -> {
            final ActorRef<Request> shared = context.spawn(shared(), "shared");
            final List<ActorRef<Message>> askers = new ArrayList<>();
            for (int i = 0; i < ASKERS; i++) {
                askers.add(context.spawn(Behaviors.setup(own -> new Asker(own, shared)), "asker-" + i));
            }
            return Behaviors.receive(Go.class)
                    .onMessage(Go.class, go -> {
                        askers.forEach(asker -> asker.tell(go));
                        return Behaviors.same();
                    })
                    .build();
        });
        system = ActorSystem.create(guardian, "shared", Threads.all().config());
    }

    /** Stops them. */
    @TearDown
    public void stop() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** A request and its answer. */
    @Benchmark
    @OperationsPerInvocation(REQUESTS * ASKERS)
    public void requestAndReply() throws InterruptedException {
        final CountDownLatch done = new CountDownLatch(ASKERS);
        system.tell(new Go(REQUESTS, done));
        done.await();
    }
}
