package headcache.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.machine.MachineActor.AwaitReady;
import headcache.machine.MachineReply.Ready;
import headcache.protocol.Connect;
import headcache.protocol.MachineMessage.Connected;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No actor is let go before all it may talk to know the directory. */
class BootTest {
    private final MachineKit kit = new MachineKit();

    @Test
    void shouldTellAllPartsAtOnceAndNoDriver() {
        for (final String part : MachineKit.PARTS) {
            assertThat(kit.told(part)).as(part).singleElement().isInstanceOf(Connect.class);
        }
        for (final String driver : MachineKit.DRIVERS) {
            assertThat(kit.told(driver)).as(driver).isEmpty();
        }
    }

    @Test
    void shouldLetNoDriverGoBeforeTheLastPartKnowsTheDirectory() {
        kit.order(AwaitReady::new);
        final List<String> late = new ArrayList<>(MachineKit.PARTS);
        while (!late.isEmpty()) {
            for (final String driver : MachineKit.DRIVERS) {
                assertThat(kit.told(driver)).as("%s before %s", driver, late).isEmpty();
            }
            kit.tell(new Connected(kit.name(late.remove(late.size() / 2))));
        }
        assertThat(kit.replies()).isEmpty();
        for (final String driver : MachineKit.DRIVERS) {
            assertThat(kit.told(driver)).singleElement().isInstanceOf(Connect.class);
            kit.tell(new Connected(kit.name(driver)));
        }
        assertThat(kit.replies()).singleElement().isInstanceOf(Ready.class);
    }

    @Test
    void shouldAnswerOnceItIsBooted() {
        final MachineKit booted = MachineKit.booted();

        booted.order(AwaitReady::new);

        assertThat(booted.replies()).singleElement().isInstanceOfSatisfying(Ready.class, ready -> {
            assertThat(ready.directory().cpus()).hasSize(3);
            assertThat(ready.directory().nodes()).hasSize(2);
            assertThat(ready.directory().tasks()).hasSize(3);
            assertThat(ready.directory().nics()).hasSize(1);
            assertThat(ready.directory().drivers()).hasSize(2);
        });
    }

    @Test
    void shouldNotBeToldTwiceByTheSamePart() {
        kit.tell(new Connected(kit.name("cpu-0")));

        assertThatThrownBy(() -> kit.tell(new Connected(kit.name("cpu-0"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("answered twice or unasked: from=cpu-0");
    }
}
