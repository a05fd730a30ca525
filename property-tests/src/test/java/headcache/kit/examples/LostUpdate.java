package headcache.kit.examples;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import headcache.kit.Broken;
import headcache.kit.Semantics;
import headcache.kit.World;
import headcache.kit.control.ControlledSystem;
import headcache.kit.shrink.Case;
import headcache.kit.shrink.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Clients that read a number, and write it back with one added: what two of them add at once is counted once.
 *
 * @param additions for each client, how often it adds one
 */
record LostUpdate(List<Integer> additions) implements Case<LostUpdate> {

    private sealed interface Message {}

    private record Read(ActorRef<Integer> from) implements Message {}

    private record Write(int value) implements Message {}

    @Override
    public List<LostUpdate> smaller() {
        return IntStream.range(0, additions.size())
                .filter(client -> additions.get(client) > 0)
                .mapToObj(client -> {
                    final List<Integer> fewer = new ArrayList<>(additions);
                    fewer.set(client, additions.get(client) - 1);
                    return new LostUpdate(List.copyOf(fewer));
                })
                .toList();
    }

    @Override
    public long size() {
        return sum();
    }

    private int sum() {
        return additions.stream().mapToInt(Integer::intValue).sum();
    }

    /** All cases in one actor system. */
    static final class Stage implements Host<LostUpdate> {
        private LostUpdate subject = new LostUpdate(List.of());
        private int number;
        private @Nullable ControlledSystem system;

        @Override
        public World show(LostUpdate shown, Semantics semantics) {
            subject = shown;
            final ControlledSystem known = system;
            if (known == null) {
                final ControlledSystem fresh =
                        new ControlledSystem(semantics, this::spawn, () -> number, this::checkNothingIsLost);
                system = fresh;
                return fresh;
            }
            known.assume(semantics);
            return known;
        }

        private void spawn(ActorContext<Void> context) {
            number = 0;
            final ActorRef<Message> register = context.spawn(register(), "register");
            for (int client = 0; client < subject.additions().size(); client++) {
                if (subject.additions().get(client) > 0) {
                    context.spawn(client(register, subject.additions().get(client)), "client-" + client);
                }
            }
        }

        private Behavior<Message> register() {
            return Behaviors.receiveMessage(message -> {
                if (message instanceof Read read) {
                    read.from().tell(number);
                } else if (message instanceof Write write) {
                    number = write.value();
                }
                return Behaviors.same();
            });
        }

        private static Behavior<Integer> client(ActorRef<Message> register, int times) {
            return Behaviors.setup(context -> {
                register.tell(new Read(context.getSelf()));
                return adding(register, times);
            });
        }

        private static Behavior<Integer> adding(ActorRef<Message> register, int left) {
            return Behaviors.receive((context, value) -> {
                register.tell(new Write(value + 1));
                if (left == 1) {
                    return Behaviors.ignore();
                }
                register.tell(new Read(context.getSelf()));
                return adding(register, left - 1);
            });
        }

        private void checkNothingIsLost() {
            if (number != subject.sum()) {
                throw new Broken("no update is lost", "number=" + number + ", additions=" + subject.sum());
            }
        }

        @Override
        public void close() {
            final ControlledSystem known = system;
            if (known != null) {
                known.close();
            }
        }
    }
}
