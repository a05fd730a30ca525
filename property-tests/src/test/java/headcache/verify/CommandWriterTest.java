package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.slab.SlabConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What drafts mean. */
final class CommandWriterTest {
    private static final MachineConfig MACHINE =
            MachineConfig.of(new Topology(List.of(0, 1), List.of(false, true))).withHeads(new SlabConfig(2, 0, 4, 0));

    @Test
    void aFaultIsTheMessageThatItIsToWhomItBefalls() {
        assertThat(faults(0, 0))
                .containsExactly(
                        "cpu-0 offline PARK, survivor cpu-1",
                        "cpu-0 online",
                        "node-1 Failslab[times=1]",
                        "node-1 LimitPages[pages=0]",
                        "cpu-0 FailData[times=1]",
                        "node-1 PreferRemote[ratio=1024]");
        assertThat(faults(1, 4))
                .containsExactly(
                        "cpu-1 offline DRAIN, survivor cpu-0",
                        "cpu-1 online",
                        "node-1 Failslab[times=2]",
                        "node-1 LimitPages[pages=4]",
                        "cpu-1 FailData[times=2]",
                        "node-1 PreferRemote[ratio=0]");
    }

    private static List<String> faults(int where, int detail) {
        final List<CommandDraft> drafts = CommandWriter.FAULTS.stream()
                .map(what -> new CommandDraft(what, where, 0, 0, detail))
                .toList();
        return CommandWriter.commands(MACHINE, drafts).stream()
                .map(Command::toString)
                .toList();
    }
}
