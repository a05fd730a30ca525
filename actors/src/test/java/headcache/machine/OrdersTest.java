package headcache.machine;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.MachineActor.AwaitReady;
import headcache.machine.MachineActor.BringOnline;
import headcache.machine.MachineActor.DrainAll;
import headcache.machine.MachineActor.Shutdown;
import headcache.machine.MachineActor.TakeOffline;
import headcache.machine.MachineActor.TakeSnapshot;
import headcache.machine.MachineReply.Drained;
import headcache.machine.MachineReply.Refused;
import headcache.machine.MachineReply.Switched;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.MachineMessage.Reported;
import headcache.protocol.MachineName;
import headcache.protocol.NicReport;
import headcache.protocol.OfflinePolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders from outside: one after the other, refused if they make no sense. */
class OrdersTest {
    private final MachineKit kit = MachineKit.booted();

    private void off(int cpu) {
        kit.order(replyTo -> new TakeOffline(new CpuId(cpu), OfflinePolicy.PARK, replyTo));
    }

    private void on(int cpu) {
        kit.order(replyTo -> new BringOnline(new CpuId(cpu), replyTo));
    }

    private void switched(int cpu, boolean online) {
        kit.tell(new MachineMessage.Switched(new CpuId(cpu), online));
    }

    private static CpuMessage.Offline offline(int survivor) {
        return new CpuMessage.Offline(MachineName.MACHINE, OfflinePolicy.PARK, new CpuId(survivor));
    }

    @Test
    void shouldNameTheNextCpuThatIsOnlineAsSurvivor() {
        off(1);
        assertThat(kit.told("cpu-1")).containsExactly(offline(2));
        switched(1, false);
        off(0);
        assertThat(kit.told("cpu-0")).containsExactly(offline(2));
        switched(0, false);
        on(0);
        switched(0, true);
        off(2);
        assertThat(kit.told("cpu-2")).containsExactly(offline(0));
        switched(2, false);

        assertThat(kit.replies())
                .containsExactly(
                        new Switched(new CpuId(1), false),
                        new Switched(new CpuId(0), false),
                        new Switched(new CpuId(0), true),
                        new Switched(new CpuId(2), false));
    }

    @Test
    void shouldRefuseASwitchThatMakesNoSense() {
        off(3);
        off(-1);
        on(3);
        on(0);
        off(0);
        switched(0, false);
        off(0);
        off(1);
        switched(1, false);
        off(2);

        assertThat(kit.replies())
                .containsExactly(
                        new Refused("no such CPU: cpu=3, cpus=3"),
                        new Refused("no such CPU: cpu=-1, cpus=3"),
                        new Refused("no such CPU: cpu=3, cpus=3"),
                        new Refused("already online: cpu=0"),
                        new Switched(new CpuId(0), false),
                        new Refused("already offline: cpu=0"),
                        new Switched(new CpuId(1), false),
                        new Refused("the last CPU stays online: cpu=2"));
        assertThat(kit.told("cpu-2")).isEmpty();
    }

    @Test
    void shouldBeginAnOrderWhenTheOneBeforeIsAnswered() {
        off(0);
        off(1);
        kit.order(DrainAll::new);
        kit.order(AwaitReady::new);
        assertThat(kit.told("cpu-1")).isEmpty();

        switched(0, false);
        assertThat(kit.told("cpu-1")).containsExactly(offline(2));
        switched(1, false);
        for (int cpu = 0; cpu < 3; cpu++) {
            assertThat(kit.told("cpu-" + cpu)).endsWith(new CpuMessage.Drain(MachineName.MACHINE));
        }
        assertThat(kit.replies()).hasSize(2);
        for (int cpu = 2; cpu >= 0; cpu--) {
            kit.tell(new MachineMessage.Drained(new CpuId(cpu)));
        }
        assertThat(kit.replies()).hasSize(2).startsWith(Drained.DRAINED);
    }

    @Test
    void shouldReportPartsInTheirOrderWhateverTheOrderOfTheAnswers() {
        kit.order(TakeSnapshot::new);
        final List<String> answers = new ArrayList<>(MachineKit.PARTS);
        Collections.reverse(answers);
        for (final String part : answers) {
            assertThat(kit.replies()).isEmpty();
            assertThat(kit.told(part)).containsExactly(new CpuMessage.Report(MachineName.MACHINE));
            kit.tell(new Reported(kit.name(part), new NicReport(answers.indexOf(part), 0, 0, 0, 0)));
        }

        assertThat(kit.replies())
                .singleElement()
                .isInstanceOfSatisfying(
                        MachineReply.Snapshot.class,
                        snapshot -> assertThat(snapshot.reports().keySet())
                                .extracting(Object::toString)
                                .containsExactlyElementsOf(MachineKit.PARTS));
    }

    @Test
    void shouldStopWhenWhatWasOrderedBeforeIsDone() {
        off(0);
        kit.order(Shutdown::new);
        assertThat(kit.machine().isAlive()).isTrue();

        switched(0, false);

        assertThat(kit.machine().isAlive()).isFalse();
    }
}
