package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuId;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs in which laws once saw what was not there. */
final class ProgramLawsTest {
    private static final CpuId CPU0 = new CpuId(0);

    @Test
    void oneTwinEndsWhileTheOtherIsOnAListOfGro() {
        final List<Command> commands = List.of(
                call(Op.allocate(WayIn.NAPI_BUILD_SKB, 0)),
                call(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 1)),
                call(new Op.Clone(1, 2)),
                call(new Op.Release(WayOut.GRO_LIST_MEMBER, 1, 0)),
                call(Op.release(WayOut.KFREE_SKB, 2)),
                call(new Op.Share(0)));

        assertThat(ProgramLaws.outcome(
                                new Scenario(MachineConfig.of(Topology.even(1, 1)), commands, StepNetwork.OLDEST_FIRST))
                        .broken())
                .isEmpty();
    }

    private static Command call(Op op) {
        return new Command.Call(CPU0, op, true);
    }
}
