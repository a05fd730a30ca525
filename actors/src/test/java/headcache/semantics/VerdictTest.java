package headcache.semantics;

import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.NO_COMPLETIONS;
import static headcache.semantics.StepBench.TASK;
import static headcache.semantics.StepBench.fragsFrame;
import static headcache.semantics.StepBench.frame;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Frame;
import headcache.protocol.Verdict;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What GRO and the stack make of a frame. The cache has heads 0 to 3, so the first frame lives on n0/3. */
class VerdictTest {
    private final StepBench bench = StepBench.oneCpu();

    @BeforeEach
    void parkFourHeads() {
        bench.park(4);
    }

    /** What became of the frames: allocations left out. */
    private List<String> poll(Frame... frames) {
        return bench.poll(NO_COMPLETIONS, frames).stream()
                .filter(line -> !line.matches("(GET|BORN|DATA_TAKEN) .*"))
                .toList();
    }

    @Test
    void shouldPassAFrameToATask() {
        assertThat(poll(frame(Verdict.PASS, 1, TASK, 0))).containsExactly("SENT n0/3");
        assertThat(bench.heads(TASK)).containsExactly("DATA_DROPPED n0/3", "DIED n0/3 kfree_skb", "SINGLE_FREE n0/3");
    }

    /** Where nobody waits for a frame, the stack drops it. */
    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"PASS", "DROP"})
    void shouldFreeADroppedFramePastTheCache(Verdict verdict) {
        assertThat(poll(frame(verdict, 1)))
                .containsExactly("DATA_DROPPED n0/3", "DIED n0/3 kfree_skb", "SINGLE_FREE n0/3");
    }

    @Test
    void shouldPutAStolenHeadAndPassTheAggregateOnWithItsData() {
        assertThat(poll(frame(Verdict.HOLD, 1, TASK, 0), frame(Verdict.MERGE_STOLEN, 1)))
                .containsExactly(
                        "DATA_ADOPTED n0/2 by n0/3", "DIED n0/2 napi_skb_free_stolen_head", "PUT n0/2 3", "SENT n0/3");
        assertThat(bench.heads(TASK))
                .containsExactly("DATA_DROPPED n0/3", "DATA_DROPPED n0/2", "DIED n0/3 kfree_skb", "SINGLE_FREE n0/3");
    }

    @Test
    void shouldReleaseAndPutAMergedFrame() {
        assertThat(poll(frame(Verdict.HOLD, 1, TASK, 0), frame(Verdict.MERGE_FREE, 1)))
                .containsExactly("DATA_DROPPED n0/2", "DIED n0/2 GRO_MERGED_FREE", "PUT n0/2 3", "SENT n0/3");
        assertThat(bench.heads(TASK)).containsExactly("DATA_DROPPED n0/3", "DIED n0/3 kfree_skb", "SINGLE_FREE n0/3");
    }

    @Test
    void shouldLinkAMemberAndFreeItWithTheAggregate() {
        assertThat(poll(frame(Verdict.HOLD, 1, TASK, 0), frame(Verdict.MERGE_LIST, 1), frame(Verdict.MERGE_LIST, 1)))
                .containsExactly("LINKED n0/2 to n0/3", "LINKED n0/1 to n0/3", "SENT n0/3");
        assertThat(bench.heads(TASK))
                .containsExactly(
                        "DATA_DROPPED n0/3",
                        "DATA_DROPPED n0/1",
                        "DIED n0/1 skb_release_data",
                        "SINGLE_FREE n0/1",
                        "DATA_DROPPED n0/2",
                        "DIED n0/2 skb_release_data",
                        "SINGLE_FREE n0/2",
                        "DIED n0/3 kfree_skb",
                        "SINGLE_FREE n0/3");
    }

    @Test
    void shouldUseAFrameOfTheFragsPathAgain() {
        assertThat(poll(frame(Verdict.HOLD, 1, TASK, 0), fragsFrame(Verdict.MERGE_REUSE, 1)))
                .containsExactly("REUSED n0/2", "SENT n0/3");
        assertThat(bench.report(CPU).puts()).isEqualTo(4);
    }

    /** Another path has no napi->skb to leave its frame in, and must not take that place from the frags path. */
    @Test
    void shouldPutAFrameOfAnotherPathInsteadOfUsingItAgain() {
        assertThat(poll(
                        frame(Verdict.HOLD, 1, TASK, 0),
                        fragsFrame(Verdict.MERGE_REUSE, 1),
                        frame(Verdict.MERGE_REUSE, 1)))
                .containsExactly(
                        "REUSED n0/2", "DATA_DROPPED n0/1", "DIED n0/1 GRO_MERGED_FREE", "PUT n0/1 2", "SENT n0/3");
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"MERGE_STOLEN", "MERGE_FREE", "MERGE_LIST", "MERGE_REUSE"})
    void shouldStartAUnitIfItsFlowHasNone(Verdict verdict) {
        assertThat(poll(frame(Verdict.HOLD, 1, TASK, 0), frame(verdict, 2, TASK, 0)))
                .containsExactly("SENT n0/3", "SENT n0/2");
        assertThat(bench.cpu(CPU).heads().count()).isEqualTo(2);
    }

    @Test
    void shouldPassTheFormerUnitOnIfItsFlowStartsAnother() {
        assertThat(poll(
                        frame(Verdict.HOLD, 1, TASK, 0),
                        frame(Verdict.HOLD, 2, TASK, 0),
                        frame(Verdict.HOLD, 1, TASK, 0),
                        frame(Verdict.MERGE_FREE, 1)))
                .containsExactly(
                        "DATA_DROPPED n0/0",
                        "DIED n0/0 GRO_MERGED_FREE",
                        "PUT n0/0 1",
                        "SENT n0/3", // passed on at once, then the flush: oldest unit first
                        "SENT n0/2",
                        "SENT n0/1");
    }

    @Test
    void shouldMergeIntoTheUnitOfItsOwnFlow() {
        assertThat(poll(
                        frame(Verdict.HOLD, 1, TASK, 0),
                        frame(Verdict.HOLD, 2, TASK, 0),
                        frame(Verdict.MERGE_STOLEN, 1),
                        frame(Verdict.MERGE_STOLEN, 2)))
                .contains("DATA_ADOPTED n0/1 by n0/3", "DATA_ADOPTED n0/1 by n0/2");
    }
}
