package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.CpuReport;
import headcache.protocol.Head;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabReply;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.HeadMisuse;
import org.junit.jupiter.api.Test;

/** Refills: all or nothing, asked again by each get on empty, and never by a get that is not. */
class RefillTest {
    private static final Op GET = Op.allocate(WayIn.NAPI_BUILD_SKB, 0);

    private static Op get(int slot) {
        return Op.allocate(WayIn.NAPI_BUILD_SKB, slot);
    }

    @Test
    void shouldAskForExactly16OnlyWhenEmpty() {
        final StepBench bench = StepBench.oneCpu();
        final Op[] gets = new Op[33];
        for (int i = 0; i < gets.length; i++) {
            gets[i] = get(i);
        }

        assertThat(bench.run(gets))
                .filteredOn(line -> line.startsWith("REFILL") || line.startsWith("GET"))
                .startsWith("REFILL_ASKED 16", "REFILL n0/0-15 slots 0-15", "GET n0/15 15")
                .containsSubsequence("GET n0/0 0", "REFILL_ASKED 16", "REFILL n0/16-31 slots 0-15", "GET n0/31 15")
                .endsWith("GET n0/16 0", "REFILL_ASKED 16", "REFILL n0/32-47 slots 0-15", "GET n0/47 15");
        assertThat(bench.report(CPU).refills()).isEqualTo(3);
        assertThat(bench.report(CPU).fetched()).isEqualTo(48);
        assertThat(bench.report(CPU).recycled()).isZero();
    }

    @Test
    void shouldLeaveTheCacheEmptyAndAskAgainNextTime() {
        final StepBench bench = StepBench.oneCpuWith(15);

        assertThat(bench.run(get(0), get(1)))
                .containsExactly(
                        "REFILL_ASKED 16",
                        "REFILL_FAILED",
                        "GET_FAILED",
                        "REFILL_ASKED 16",
                        "REFILL_FAILED",
                        "GET_FAILED");
        final CpuReport report = bench.report(CPU);
        assertThat(report.gets()).isEqualTo(2);
        assertThat(report.failedGets()).isEqualTo(2);
        assertThat(report.failedRefills()).isEqualTo(2);
        assertThat(report.contacts()).isEqualTo(2);
        assertThat(report.singleAllocs()).isZero(); // no fallback to one
        assertThat(report.hitRate()).isZero(); // nothing was fetched, but nothing was served either
        assertThat(bench.out(NODE, SlabKind.HEAD)).isZero();
    }

    @Test
    void shouldSucceedAsSoonAsTheSlabHasEnough() {
        final StepBench bench = StepBench.oneCpuWith(16);
        bench.run(Op.allocate(WayIn.BUILD_SKB, 1));
        bench.run(GET);

        assertThat(bench.run(Op.release(WayOut.KFREE_SKB, 1), GET)).contains("REFILL_ASKED 16", "GET n0/15 15");
    }

    @Test
    void shouldServeAGetThatIsNotEmptyWithoutTheSlab() {
        final StepBench bench = StepBench.oneCpu();
        bench.park(1);

        bench.start(CPU, GET);

        assertThat(bench.inFlight()).isEmpty();
        assertThat(bench.answers()).containsExactly("BatchDone by cpu-0 failed 0 cancelled 0");
        assertThat(bench.report(CPU).recycled()).isEqualTo(1);
    }

    @Test
    void shouldTakeAnAnswerAsItIs() {
        final StepBench bench = StepBench.oneCpu();
        bench.start(CPU, GET);

        bench.send(CPU, new SlabReply.BulkAllocated(new int[] {Head.plain(0, 7), Head.plain(3, 9)}));

        assertThat(bench.heads(CPU)).contains("REFILL n0/7 slot 0", "REFILL n3/9 slot 1", "GET n3/9 1");
        assertThat(bench.report(CPU).remoteGets()).isEqualTo(1);
    }

    @Test
    void shouldNameAHeadThatTheSlabHandsOutTwice() {
        final StepBench bench = StepBench.oneCpu();
        bench.start(CPU, GET);

        assertThatThrownBy(() -> bench.send(CPU, new SlabReply.BulkAllocated(new int[] {5, 5})))
                .isInstanceOf(HeadMisuse.class)
                .hasMessageStartingWith("DOUBLE_FREE: head=n0/5 at=cpu-0: delivered by a refill");
    }
}
