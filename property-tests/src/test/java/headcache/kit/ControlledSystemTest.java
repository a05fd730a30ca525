package headcache.kit;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.control.ControlledSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A controlled system delivers what it is told to and nothing else. */
final class ControlledSystemTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void anActorGetsMessagesOnlyWhenTheyAreDelivered() {
        try (ControlledSystem world = new ControlledSystem(
                Semantics.PER_PAIR_FIFO,
                context -> {
                    seen.clear();
                    final ActorRef<String> b = context.spawn(noting("b", null), "b");
                    final ActorRef<String> a = context.spawn(noting("a", b), "a");
                    a.tell("1");
                    a.tell("2");
                },
                () -> List.copyOf(seen))) {
            for (int run = 0; run < 3; run++) {
                assertThat(names(world)).containsExactly("start -> a");
                assertThat(seen).isEmpty();
                world.deliver(world.enabled().nextSetBit(0));
                assertThat(seen).containsExactly("a:1");
                assertThat(names(world)).containsExactly("start -> a", "a -> b");
                world.deliver(world.enabled().nextSetBit(0));
                world.deliver(world.enabled().nextSetBit(0));
                assertThat(seen).containsExactly("a:1", "a:2", "b:1");
                world.deliver(world.enabled().nextSetBit(0));
                assertThat(world.enabled().isEmpty()).isTrue();
                world.reset();
            }
        }
    }

    @Test
    void aSystemThatIsRewoundHasItsActorsAndNothingOnTheWay() {
        final List<ActorRef<String>> spawned = new ArrayList<>();
        try (ControlledSystem world = new ControlledSystem(
                Semantics.LOCAL_CAUSAL,
                context -> {
                    final ActorRef<String> b = context.spawn(noting("b", null), "b");
                    spawned.add(context.spawn(noting("a", b), "a"));
                },
                () -> List.copyOf(seen))) {
            for (int run = 0; run < 3; run++) {
                assertThat(names(world)).isEmpty();
                assertThat(world.sent()).isEmpty();
                spawned.get(0).tell("1");
                spawned.get(0).tell("2");
                world.deliver(world.enabled().nextSetBit(0));
                assertThat(names(world)).containsExactly("start -> a", "a -> b");
                assertThat(world.rewind()).isTrue();
                assertThat(world.letter()).isNull();
            }
            assertThat(seen).containsExactly("a:1", "a:1", "a:1");
            assertThat(spawned).hasSize(1);
        }
    }

    /** In each of these runs something is left behind that no message can undo. */
    @ParameterizedTest
    @ValueSource(strings = {"crash", "stop", "spawn", "timer", "escape"})
    void aSystemWhoseActorsAreOthersThanAtFirstIsNotRewound(String what) {
        try (ControlledSystem world = new ControlledSystem(
                Semantics.PER_PAIR_FIFO,
                context -> context.spawn(unsettled(), "actor").tell(what),
                () -> List.copyOf(seen))) {
            world.deliver(world.enabled().nextSetBit(0));
            assertThat(world.rewind()).isFalse();
            assertThat(world.letter()).isEqualTo(what);
            world.reset();
            assertThat(names(world)).containsExactly("start -> actor");
            assertThat(world.rewind()).isTrue();
        }
    }

    private static Behavior<String> unsettled() {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.receiveMessage(message -> {
            final ActorRef<String> self = context.getSelf();
            switch (message) {
                case "crash" -> throw new IllegalStateException("on purpose");
                case "stop" -> {
                    return Behaviors.stopped();
                }
                case "spawn" -> context.spawn(Behaviors.empty(), "child");
                case "escape" ->
                    CompletableFuture.runAsync(() -> self.tell("from another thread"))
                            .join();
                default -> timers.startSingleTimer("tick", Duration.ofSeconds(1));
            }
            return Behaviors.same();
        })));
    }

    private static List<String> names(World world) {
        final BitSet enabled = world.enabled();
        return enabled.stream().mapToObj(world::name).toList();
    }

    private Behavior<String> noting(String name, @Nullable ActorRef<String> next) {
        return Behaviors.receive(String.class)
                .onAnyMessage(message -> {
                    seen.add(name + ":" + message);
                    if (next != null) {
                        next.tell(message);
                    }
                    return Behaviors.same();
                })
                .build();
    }
}
