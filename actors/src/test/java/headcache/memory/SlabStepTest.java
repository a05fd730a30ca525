package headcache.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.MachineMessage.Reported;
import headcache.protocol.MachineName;
import headcache.protocol.NodeId;
import headcache.protocol.NodeReport;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage.BulkFree;
import headcache.protocol.SlabMessage.SingleFree;
import headcache.protocol.SlabReply;
import headcache.protocol.SlabReply.Freed;
import headcache.slab.SlabConfig;
import headcache.step.HeadMisuse;
import headcache.step.StateBytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What one node answers, counts and tells of its heads. */
final class SlabStepTest {
    private static final NodeId HERE = new NodeId(0);
    private static final NodeId ELSEWHERE = new NodeId(1);

    private final SlabNet net = SlabNet.withLimits(0, 2);

    @Test
    void whoAskedIsAnswered() {
        net.bulk(0, 2);
        assertThat(net.lastReply().to()).isEqualTo(SlabNet.CPU);
        net.single(0, SlabKind.HEAD, true, false);
        assertThat(net.lastReply()).isEqualTo(new SlabNet.Sent(SlabNet.CPU, new SlabReply.Allocated(2)));
    }

    @Test
    void aBulkRequestIsAllOrNothing() {
        net.out(0, 3);
        assertThat(net.bulk(0, 6)).isEmpty();
        assertThat(net.heads(0).inUse()).isEqualTo(3);
        assertThat(net.bulk(0, 5)).hasSize(5);
    }

    @Test
    void aFailedSingleRequestIsAnsweredWithNoHead() {
        net.out(0, 8);
        assertThat(net.single(0, SlabKind.HEAD, true, false)).isEqualTo(Head.NONE);
    }

    @Test
    void freesAreAcknowledgedIfWanted() {
        net.out(0, 4);
        bulkFree(HERE, false, 0);
        singleFree(HERE, 1, false, false);
        assertThat(net.replies()).isEmpty();
        bulkFree(HERE, true, 2);
        singleFree(HERE, 3, false, true);
        assertThat(net.replies())
                .containsExactly(
                        new SlabNet.Sent(SlabNet.CPU, Freed.FREED), new SlabNet.Sent(SlabNet.CPU, Freed.FREED));
    }

    @Test
    void everyHeadThatLeavesOrReturnsIsTold() {
        net.bulk(0, 3);
        bulkFree(HERE, true, 2, 0);
        singleFree(HERE, 1, false, true);
        assertThat(net.events())
                .containsExactly(
                        "SLAB_OUT n0/0 at 0",
                        "SLAB_OUT n0/1 at 0",
                        "SLAB_OUT n0/2 at 0",
                        "SLAB_IN n0/2 at 0",
                        "SLAB_IN n0/0 at 0",
                        "SLAB_IN n0/1 at 0");
    }

    @Test
    void aFailedRequestTellsOfTheHeadsItHad() {
        net.out(0, 7);
        assertThat(net.bulk(0, 2)).isEmpty();
        assertThat(net.events()).containsExactly("SLAB_OUT n0/7 at 0", "SLAB_IN n0/7 at 0");
    }

    @Test
    void aPairIsFreeWhenBothTwinsHaveCome() {
        final int pair = net.single(0, SlabKind.FCLONE, true, false);
        assertThat(pair).isEqualTo(Head.fclone(0, 0));
        singleFree(HERE, pair, true, false);
        assertThat(net.step(0).slab(SlabKind.FCLONE).inUse()).isEqualTo(1);
        singleFree(HERE, pair, true, false);
        assertThat(net.step(0).slab(SlabKind.FCLONE).inUse()).isZero();
        assertThat(net.events()).containsExactly("SLAB_OUT n0/f0 at 0", "SLAB_HALF n0/f0 at 0", "SLAB_IN n0/f0 at 0");
    }

    @Test
    void aPairWhoseCompanionWasNeverUsedIsFreeAtOnce() {
        final int pair = net.single(0, SlabKind.FCLONE, true, false);
        singleFree(HERE, pair, false, false);
        assertThat(net.step(0).slab(SlabKind.FCLONE).inUse()).isZero();
    }

    @Test
    void aPairUsedAgainBeginsWithBothTwinsOut() {
        final int pair = net.single(0, SlabKind.FCLONE, true, false);
        singleFree(HERE, pair, true, false);
        singleFree(HERE, pair, true, false);
        assertThat(net.single(0, SlabKind.FCLONE, true, false)).isEqualTo(pair);
        singleFree(HERE, pair, true, false);
        assertThat(net.step(0).slab(SlabKind.FCLONE).inUse()).isEqualTo(1);
    }

    @Test
    void misuseOfPairsIsNamed() {
        final int pair = net.single(0, SlabKind.FCLONE, true, false);
        final int head = net.single(0, SlabKind.HEAD, true, false);
        assertThatThrownBy(() -> singleFree(HERE, head, true, false))
                .isInstanceOf(HeadMisuse.class)
                .hasMessage("WRONG_SLAB: head=n0/0 at=node-0: freed as one twin of a pair,"
                        + " but a plain head has no twin: half=true");
        singleFree(HERE, pair, true, false);
        assertThatThrownBy(() -> singleFree(HERE, pair, false, false))
                .hasMessage("DOUBLE_FREE: head=n0/f0 at=node-0: freed as a whole pair,"
                        + " but one twin of it came back before: half=false");
        singleFree(HERE, pair, true, false);
        assertThatThrownBy(() -> singleFree(HERE, pair, true, false)).hasMessageContaining("DOUBLE_FREE: head=n0/f0 ");
    }

    @Test
    void aPairNeverComesInABulkFree() {
        final int pair = net.single(0, SlabKind.FCLONE, true, false);
        assertThatThrownBy(() -> bulkFree(HERE, true, pair)).hasMessageContaining("WRONG_SLAB: head=n0/f0 ");
    }

    @Test
    void aReportGoesToWhoeverAsked() {
        net.tell(0, new CpuMessage.Report(MachineName.MACHINE));
        final ActorName to = net.lastReply().to();
        assertThat(to).isEqualTo(MachineName.MACHINE);
        assertThat(((Reported) net.lastReply().message()).who()).isEqualTo(HERE);
    }

    @Test
    void aReportCountsEverything() {
        net.bulk(0, 8);
        net.bulk(0, 1);
        net.single(0, SlabKind.HEAD, true, false);
        net.single(0, SlabKind.FCLONE, true, false);
        bulkFree(HERE, true, 0, 4, 1);
        bulkFree(ELSEWHERE, true, 5, 6);
        singleFree(ELSEWHERE, 7, false, true);
        assertThat(report(net, 0)).isEqualTo(new NodeReport(1, 2, 2, 2, 1, 2, 1, 2, 2, 5, 3, 1, 0, 3, 2, 0, 1));
    }

    @Test
    void workForOtherNodesIsCountedWhereItIsDone() {
        final SlabNet two = SlabNet.withLimits(0, 1, 1);
        two.bulk(0, 6);
        two.bulk(0, 3);
        assertThat(report(two, 0)).isEqualTo(new NodeReport(1, 0, 4, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        // The second request found two heads here, one too few, and brought them back.
        assertThat(report(two, 1)).isEqualTo(new NodeReport(1, 2, 2, 1, 0, 0, 1, 0, 1, 2, 1, 0, 4, 2, 1, 1, 0));
    }

    @Test
    void theWalkOfARequestIsCountedWhereItEnds() {
        final SlabNet two = SlabNet.withLimits(0, 0, 1);
        two.bulk(0, 1);
        assertThat(report(two, 0).longestWalk()).isZero();
        assertThat(report(two, 1).longestWalk()).isEqualTo(1);
        final SlabNet three = SlabNet.withLimits(1024, 0, 0, 0);
        three.bulk(0, 1);
        assertThat(report(three, 1).longestWalk()).isZero();
        assertThat(report(three, 2).longestWalk()).isEqualTo(5);
    }

    @Test
    void headsThatAFailedRequestBringsHomeComeFromTheNodeItWasAskedAt() {
        final SlabNet two = SlabNet.withLimits(0, 1, 1);
        two.bulk(0, 9);
        assertThat(report(two, 0).bulkFreedHeads()).isEqualTo(4);
        assertThat(report(two, 0).remoteIn()).isZero();
        assertThat(report(two, 1).remoteOut()).isEqualTo(4);
        assertThat(report(two, 1).remoteIn()).isEqualTo(4);
    }

    @Test
    void headsOutArePartOfTheState() {
        final byte[] before = encoded(net.step(0));
        net.out(0, 1);
        assertThat(encoded(net.step(0))).isNotEqualTo(before);
    }

    @Test
    void aRollOfTheDiceIsPartOfTheState() {
        final SlabNet two = SlabNet.withLimits(500, 0, 0);
        final byte[] before = encoded(two.step(0));
        two.bulk(0, 1);
        assertThat(encoded(two.step(0))).isNotEqualTo(before);
    }

    @Test
    void theDiceAreRolledOnlyWhereThereIsAChoice() {
        final SlabNet two = SlabNet.withLimits(500, 0, 0);
        final byte[] before = encoded(two.step(0));
        two.single(0, SlabKind.HEAD, false, false);
        assertThat(encoded(two.step(0))).isEqualTo(before);
        final SlabNet alone = SlabNet.withLimits(500, 0);
        final byte[] alike = encoded(alone.step(0));
        alone.bulk(0, 1);
        assertThat(encoded(alone.step(0))).isEqualTo(alike);
    }

    @Test
    void aCopyGoesItsOwnWay() {
        final int pair = net.single(0, SlabKind.FCLONE, true, false);
        net.out(0, 2);
        final SlabStep copy = net.step(0).copy();
        final byte[] before = encoded(copy);
        assertThat(encoded(net.step(0))).isEqualTo(before);
        net.bulk(0, 1);
        singleFree(HERE, pair, true, false);
        assertThat(encoded(copy)).isEqualTo(before);
        assertThat(encoded(net.step(0))).isNotEqualTo(before);
        assertThat(copy.slab(SlabKind.HEAD).inUse()).isEqualTo(2);
    }

    @Test
    void howManyPairsAreHalfReturnedIsPartOfTheState() {
        final int pair = net.single(0, SlabKind.FCLONE, true, false);
        final byte[] none = encoded(net.step(0));
        singleFree(HERE, pair, true, false);
        final byte[] one = encoded(net.step(0));
        // What follows a slab in the state of a machine must not be taken for a pair of it.
        assertThat(Arrays.copyOf(one, none.length)).isNotEqualTo(none);
    }

    @Test
    void whichTwinsCameIsPartOfTheState() {
        final int first = net.single(0, SlabKind.FCLONE, true, false);
        final int second = net.single(0, SlabKind.FCLONE, true, false);
        final SlabStep other = net.step(0).copy();
        final byte[] before = encoded(other);
        singleFree(HERE, first, true, false);
        other.on(new SingleFree(SlabNet.CPU, HERE, second, true, false), net);
        assertThat(encoded(net.step(0))).isNotEqualTo(before).isNotEqualTo(encoded(other));
    }

    @Test
    void countersAreNoPartOfTheState() {
        final SlabNet wide = new SlabNet(0, new SlabConfig(4, 5, 2, 0));
        wide.out(0, 1);
        final byte[] before = encoded(wide.step(0));
        wide.free(wide.bulk(0, 1));
        assertThat(encoded(wide.step(0))).isEqualTo(before);
        assertThat(report(wide, 0).bulkAllocs()).isEqualTo(2);
    }

    private void bulkFree(NodeId fromNode, boolean acknowledge, int... heads) {
        net.tell(0, new BulkFree(SlabNet.CPU, fromNode, heads, acknowledge));
    }

    private void singleFree(NodeId fromNode, int head, boolean half, boolean acknowledge) {
        net.tell(0, new SingleFree(SlabNet.CPU, fromNode, head, half, acknowledge));
    }

    private static NodeReport report(SlabNet net, int node) {
        net.tell(node, new CpuMessage.Report(MachineName.MACHINE));
        return (NodeReport) ((Reported) net.lastReply().message()).report();
    }

    private static byte[] encoded(SlabStep step) {
        final StateBytes bytes = new StateBytes();
        step.encode(bytes);
        return bytes.toArray();
    }
}
