package headcache.machine;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.MachineActor.AwaitReady;
import headcache.machine.MachineActor.DrainAll;
import headcache.machine.MachineActor.Shutdown;
import headcache.machine.MachineActor.TakeOffline;
import headcache.machine.MachineActor.TakeSnapshot;
import headcache.machine.MachineReply.Failed;
import headcache.protocol.CpuId;
import headcache.protocol.MachineMessage;
import headcache.protocol.MachineMessage.Connected;
import headcache.protocol.NicReport;
import headcache.protocol.OfflinePolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After a crash nothing more can be said of the machine, and everybody who asks is told so. */
class CrashTest {
    private final IllegalStateException cause = new IllegalStateException("planted");

    private final MachineKit kit = MachineKit.booted();

    @Test
    void shouldAnswerTheCurrentOrderAndThoseThatWaitAndThoseThatCome() {
        kit.order(DrainAll::new);
        kit.order(TakeSnapshot::new);

        kit.crash("node-1", cause);
        kit.order(AwaitReady::new);

        final Failed failed = new Failed("node-1", cause);
        assertThat(kit.replies()).containsExactly(failed, failed, failed);
        assertThat(kit.machine().isAlive()).isTrue();
    }

    @Test
    void shouldNotMindAnswersThatAreStillOnTheirWay() {
        for (final MachineMessage late : List.of(
                new MachineMessage.Switched(new CpuId(0), false),
                new MachineMessage.Drained(new CpuId(0)),
                new MachineMessage.Reported(new CpuId(0), new NicReport(0, 0, 0, 0, 0)))) {
            final MachineKit machine = MachineKit.booted();
            machine.order(replyTo -> new TakeOffline(new CpuId(0), OfflinePolicy.PARK, replyTo));
            machine.crash("node-1", cause);

            machine.tell(late);
            machine.order(AwaitReady::new);

            assertThat(machine.replies())
                    .as("%s", late)
                    .containsExactly(new Failed("node-1", cause), new Failed("node-1", cause));
        }
    }

    @Test
    void shouldLetNoDriverGoIfItCrashesDuringBoot() {
        final MachineKit booting = new MachineKit();
        booting.order(AwaitReady::new);

        booting.crash("cpu-0", cause);
        MachineKit.PARTS.forEach(part -> booting.tell(new Connected(booting.name(part))));

        assertThat(booting.replies()).containsExactly(new Failed("cpu-0", cause));
        assertThat(booting.told("driver-0")).isEmpty();
    }

    @Test
    void shouldTellOfTheFirstCrash() {
        kit.crash("cpu-1", cause);
        kit.crash("cpu-2", new IllegalStateException("second"));
        kit.stop("node-0");
        kit.order(AwaitReady::new);

        assertThat(kit.replies()).containsExactly(new Failed("cpu-1", cause));
    }

    @Test
    void shouldTakeAPartThatStopsByItselfForCrashed() {
        kit.stop("task-0");
        kit.order(AwaitReady::new);

        assertThat(kit.replies()).singleElement().isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.who()).isEqualTo("task-0");
            assertThat(failed.cause()).hasMessage("stopped by itself: at=task-0");
        });
    }

    @Test
    void shouldLetADriverEndButNotCrash() {
        kit.stop("driver-0");
        kit.order(AwaitReady::new);
        assertThat(kit.replies()).singleElement().isInstanceOf(MachineReply.Ready.class);

        kit.crash("driver-1", cause);
        kit.order(AwaitReady::new);
        assertThat(kit.replies()).containsExactly(new Failed("driver-1", cause));
    }

    @Test
    void shouldStopIfItIsOrderedTo() {
        kit.crash("cpu-0", cause);
        kit.order(Shutdown::new);

        assertThat(kit.replies()).containsExactly(new Failed("cpu-0", cause));
        assertThat(kit.machine().isAlive()).isFalse();
    }
}
