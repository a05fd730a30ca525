package headcache.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import headcache.machine.RunningMachine.MachineFailure;
import headcache.machine.RunningMachine.Threads;
import headcache.protocol.Directory;
import headcache.protocol.DriverMessage;
import headcache.protocol.MachineMessage;
import headcache.step.Tap;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A machine leaves nothing running behind, whether it stops in order or could not even boot. */
class ShutdownTest {
    private static final MachineConfig CONFIG = MachineConfig.of(Topology.even(2, 2));

    @Test
    void shouldAnswerWhenAllActorsHaveStopped() {
        final ActorTestKit kit = ActorTestKit.create();
        try {
            final TestProbe<MachineReply> replies = kit.createTestProbe();
            final ActorRef<MachineMessage> machine = kit.spawn(MachineActor.create(CONFIG.plan(Tap.NONE)));
            machine.tell(new MachineActor.AwaitReady(replies.getRef()));
            final Directory directory =
                    replies.expectMessageClass(MachineReply.Ready.class).directory();

            machine.tell(new MachineActor.Shutdown(replies.getRef()));

            assertThat(replies.receiveMessage()).isEqualTo(MachineReply.Stopped.STOPPED);
            directory.cpus().forEach(cpu -> replies.expectTerminated(cpu));
            directory.nodes().forEach(node -> replies.expectTerminated(node));
            directory.tasks().forEach(task -> replies.expectTerminated(task));
            replies.expectTerminated(machine);
        } finally {
            kit.shutdownTestKit();
        }
    }

    @Test
    void shouldStopTheActorSystemIfADriverCrashesDuringBoot() {
        final CompletableFuture<ActorSystem<Void>> system = new CompletableFuture<>();
        final Behavior<DriverMessage> crashing = Behaviors.setup(context -> {
            system.complete(context.getSystem());
            return Behaviors.receiveMessage(message -> {
                throw new IllegalStateException("planted");
            });
        });

        assertThatThrownBy(() -> RunningMachine.boot(
                        CONFIG.plan(Tap.NONE).withDrivers(List.of(crashing)),
                        Threads.DETERMINISTIC,
                        Duration.ofSeconds(20)))
                .isInstanceOf(MachineFailure.class)
                .hasMessage("driver-0 crashed: planted");
        assertThat(system.join().getWhenTerminated().toCompletableFuture()).isCompleted();
    }
}
