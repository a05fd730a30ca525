package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The four ends that GRO has for a frame's head. Slot 0 has the aggregate n0/15, slot 1 the frame n0/14. */
class GroEndsTest {
    private static final Op STEAL = new Op.Release(WayOut.GRO_STOLEN_HEAD, 1, 0);
    private static final Op LINK = new Op.Release(WayOut.GRO_LIST_MEMBER, 1, 0);
    private static final Op FREE_AGGREGATE = Op.release(WayOut.NAPI_CONSUME_SKB, 0);

    private final StepBench bench = StepBench.oneCpu();

    @BeforeEach
    void receiveTwoFrames() {
        bench.run(Op.allocate(WayIn.NAPI_BUILD_SKB, 0), Op.allocate(WayIn.NAPI_BUILD_SKB, 1));
    }

    @Test
    void shouldPutAStolenHeadAndKeepItsDataInTheAggregate() {
        assertThat(bench.run(STEAL))
                .containsExactly("DATA_ADOPTED n0/14 by n0/15", "DIED n0/14 napi_skb_free_stolen_head", "PUT n0/14 15");
        assertThat(bench.run(FREE_AGGREGATE))
                .containsExactly(
                        "DATA_DROPPED n0/15", "DATA_DROPPED n0/14", "DIED n0/15 napi_consume_skb", "PUT n0/15 16");
    }

    @Test
    void shouldPutAStolenHeadWhoseAggregateIsNotKnown() {
        assertThat(bench.run(Op.release(WayOut.GRO_STOLEN_HEAD, 1)))
                .containsExactly("DATA_ADOPTED n0/14 by none", "DIED n0/14 napi_skb_free_stolen_head", "PUT n0/14 15");
        assertThat(bench.run(FREE_AGGREGATE)).startsWith("DATA_DROPPED n0/15", "DIED n0/15 napi_consume_skb");
    }

    @Test
    void shouldReleaseAndPutAMergedFrame() {
        assertThat(bench.run(new Op.Release(WayOut.GRO_MERGED_FREE, 1, 0)))
                .containsExactly("DATA_DROPPED n0/14", "DIED n0/14 GRO_MERGED_FREE", "PUT n0/14 15");
        assertThat(bench.run(FREE_AGGREGATE))
                .containsExactly("DATA_DROPPED n0/15", "DIED n0/15 napi_consume_skb", "PUT n0/15 16");
    }

    @Test
    void shouldUseAnSkbOfTheFragsPathAgain() {
        assertThat(bench.run(Op.release(WayOut.GRO_FRAGS_REUSE, 1))).containsExactly("REUSED n0/14");
        assertThat(bench.skb(1).head()).isEqualTo(14);
        assertThat(bench.report(CPU).puts()).isZero();
        assertThat(bench.run(Op.release(WayOut.NAPI_CONSUME_SKB, 1)))
                .containsExactly("DATA_DROPPED n0/14", "DIED n0/14 napi_consume_skb", "PUT n0/14 15");
    }

    @Test
    void shouldFreeAMemberSinglyWithItsAggregate() {
        assertThat(bench.run(LINK)).containsExactly("LINKED n0/14 to n0/15");
        assertThat(bench.isEmpty(1)).isTrue();

        assertThat(bench.run(FREE_AGGREGATE))
                .containsExactly(
                        "DATA_DROPPED n0/15",
                        "DATA_DROPPED n0/14",
                        "DIED n0/14 skb_release_data",
                        "SINGLE_FREE n0/14",
                        "DIED n0/15 napi_consume_skb",
                        "PUT n0/15 15");
        assertThat(bench.out(NODE, SlabKind.HEAD)).isEqualTo(15);
    }

    /** A recording may not say who the aggregate was. */
    @Test
    void shouldFreeAMemberByItselfIfItsAggregateIsNotKnown() {
        assertThat(bench.run(Op.release(WayOut.GRO_LIST_MEMBER, 1)))
                .containsExactly("DATA_DROPPED n0/14", "DIED n0/14 skb_release_data", "SINGLE_FREE n0/14");
    }

    @Test
    void shouldFreeMembersOfMembers() {
        bench.run(Op.allocate(WayIn.NAPI_BUILD_SKB, 2), new Op.Release(WayOut.GRO_LIST_MEMBER, 2, 1), LINK);

        assertThat(bench.run(FREE_AGGREGATE))
                .containsSubsequence(
                        "DIED n0/13 skb_release_data",
                        "SINGLE_FREE n0/13",
                        "DIED n0/14 skb_release_data",
                        "SINGLE_FREE n0/14",
                        "DIED n0/15 napi_consume_skb",
                        "PUT n0/15 14");
    }

    @ParameterizedTest
    @CsvSource({"GRO_STOLEN_HEAD", "GRO_MERGED_FREE"})
    void shouldKeepATwinOutOfTheCache(WayOut way) {
        bench.run(Op.allocate(WayIn.ALLOC_SKB_FCLONE, 2));

        assertThat(bench.run(new Op.Release(way, 2, 0)))
                .endsWith("DIED n0/f0 " + way.kernelName(), "SINGLE_FREE n0/f0");
        assertThat(bench.out(NODE, SlabKind.FCLONE)).isZero();
    }

    /** GRO merges frames, not aggregates: what an aggregate took over could not be told any more. */
    @ParameterizedTest
    @CsvSource({
        "GRO_STOLEN_HEAD, GRO_STOLEN_HEAD",
        "GRO_STOLEN_HEAD, GRO_LIST_MEMBER",
        "GRO_FRAGS_REUSE, GRO_STOLEN_HEAD",
        "GRO_FRAGS_REUSE, GRO_LIST_MEMBER"
    })
    void shouldRefuseToMergeAnAggregate(WayOut merge, WayOut made) {
        bench.run(new Op.Release(made, 1, 0), Op.allocate(WayIn.NAPI_BUILD_SKB, 2));

        assertThatThrownBy(() -> bench.run(new Op.Release(merge, 0, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(merge.kernelName() + " takes a frame, not an aggregate: head=n0/15");
    }
}
