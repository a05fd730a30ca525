package headcache.workload.conform;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.protocol.TaskId;
import headcache.step.EventKind;
import headcache.step.Out;
import headcache.step.StateBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PlaybackSlabStepTest {
    private static final CpuId CPU = new CpuId(0);
    private static final TaskId TASK = new TaskId(0);
    private static final NodeId NODE = NodeId.of(0);
    private static final int ROWS = 100;

    private final Playback cpu = new Playback();
    private final Playback task = new Playback();
    private final List<Message> sent = new ArrayList<>();
    private final Out out = new Out() {
        @Override
        public void send(ActorName to, Message message) {
            sent.add(message);
        }

        @Override
        public void event(EventKind kind, int head, int detail) {}
    };

    @Test
    void answersEachCallerWithWhatItWasGiven() {
        cpu.refills().add(new int[] {1, 2, 3});
        cpu.refills().add(new int[] {});
        cpu.singles().add(7);
        task.singles().add(8);
        final PlaybackSlabStep slab = slab();
        slab.on(new SlabMessage.SingleAlloc(TASK, SlabKind.HEAD, true, false), out);
        slab.on(new SlabMessage.BulkAlloc(CPU, 3), out);
        slab.on(new SlabMessage.BulkAlloc(CPU, 3), out);
        slab.on(new SlabMessage.SingleAlloc(CPU, SlabKind.HEAD, true, false), out);
        assertThat(sent).hasSize(4);
        assertThat(sent.get(0)).isEqualTo(new SlabReply.Allocated(8));
        assertThat(((SlabReply.BulkAllocated) sent.get(1)).heads()).containsExactly(1, 2, 3);
        assertThat(((SlabReply.BulkAllocated) sent.get(2)).heads()).isEmpty();
        assertThat(sent.get(3)).isEqualTo(new SlabReply.Allocated(7));
    }

    @Test
    void hasNothingBeyondTheRecordingAndNeverMoreThanIsAsked() {
        cpu.refills().add(new int[] {1, 2, 3});
        cpu.singles().add(Head.fclone(0, 4));
        final PlaybackSlabStep slab = slab();
        slab.on(new SlabMessage.BulkAlloc(CPU, 2), out);
        slab.on(new SlabMessage.BulkAlloc(CPU, 2), out);
        slab.on(new SlabMessage.SingleAlloc(CPU, SlabKind.HEAD, true, false), out);
        assertThat(((SlabReply.BulkAllocated) sent.get(0)).heads()).containsExactly(1, 2);
        assertThat(((SlabReply.BulkAllocated) sent.get(1)).heads()).isEmpty();
        assertThat(sent.get(2)).isEqualTo(new SlabReply.Allocated(Head.NONE));
    }

    @Test
    void findsNothingInWhatIsFreedAsRecorded() {
        recordFreed();
        final PlaybackSlabStep slab = slab();
        slab.on(new SlabMessage.BulkFree(CPU, NODE, new int[] {5, 6}, true), out);
        slab.on(new SlabMessage.SingleFree(CPU, NODE, 7, false, false), out);
        slab.finish(Requester.cpu(0));
        assertThat(slab.findings().first()).isEmpty();
        assertThat(sent).containsExactly(SlabReply.Freed.FREED);
    }

    @Test
    void findsWhatIsFreedInAnotherOrderNotAtAllOrTooMuch() {
        recordFreed();
        final PlaybackSlabStep slab = slab();
        slab.on(new SlabMessage.BulkFree(CPU, NODE, new int[] {6, 5}, true), out);
        assertThat(slab.findings().count(Check.SLAB)).isEqualTo(2);
        slab.finish(Requester.cpu(0));
        assertThat(slab.findings().count(Check.SLAB)).isEqualTo(3);
        slab.on(new SlabMessage.SingleFree(TASK, NODE, 9, false, true), out);
        assertThat(slab.findings().count(Check.SLAB)).isEqualTo(4);
        assertThat(slab.findings().first())
                .contains(new Mismatch(
                        Check.SLAB, 20, Mismatch.NO_CPU, "head n0/5 at node-0", "head n0/6 came instead, from cpu-0"));
    }

    @Test
    void aCopyPlaysOnByItself() {
        recordFreed();
        cpu.refills().add(new int[] {1});
        final PlaybackSlabStep slab = slab();
        final PlaybackSlabStep copy = slab.copy();
        assertThat(bytes(copy)).isEqualTo(bytes(slab));
        copy.on(new SlabMessage.BulkAlloc(CPU, 1), out);
        copy.on(new SlabMessage.SingleFree(CPU, NODE, 5, false, false), out);
        assertThat(bytes(copy)).isNotEqualTo(bytes(slab));
        slab.on(new SlabMessage.BulkAlloc(CPU, 1), out);
        slab.on(new SlabMessage.SingleFree(CPU, NODE, 5, false, false), out);
        assertThat(bytes(copy)).isEqualTo(bytes(slab));
        assertThat(((SlabReply.BulkAllocated) sent.get(1)).heads()).containsExactly(1);
    }

    private void recordFreed() {
        cpu.addFreed(5, 20);
        cpu.addFreed(6, 20);
        cpu.addFreed(7, 21);
    }

    private PlaybackSlabStep slab() {
        final TreeMap<Integer, Playback> playbacks = new TreeMap<>();
        playbacks.put(Requester.cpu(0), cpu);
        playbacks.put(Requester.task(0), task);
        return new PlaybackSlabStep(NODE, ROWS, playbacks);
    }

    private static byte[] bytes(PlaybackSlabStep slab) {
        final StateBytes bytes = new StateBytes();
        slab.encode(bytes);
        return bytes.toArray();
    }
}
