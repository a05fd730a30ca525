package headcache.kit;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.control.ControlledSystem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
