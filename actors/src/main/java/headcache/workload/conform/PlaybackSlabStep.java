package headcache.workload.conform;

import headcache.protocol.ActorName;
import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.step.EventKind;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The slab of a node that answers what the kernel's slab answered: for each CPU and task the heads that
 * a recording says it was given, in order. What is freed is compared with what was recorded.
 *
 * <p>It speaks the protocol of the real slab, so its callers cannot tell the difference. Asked for more
 * than was recorded, it has nothing.
 */
final class PlaybackSlabStep implements Step<SlabMessage> {
    private static final int[] NOTHING = {};

    private final NodeId node;
    private final int rows;
    private final SortedMap<Integer, Playback> playbacks;
    private final Findings findings = new Findings();

    /**
     * A slab at boot.
     *
     * @param node which one
     * @param rows how many rows the recording has
     * @param playbacks what each {@link Requester} was given and gave
     */
    PlaybackSlabStep(NodeId node, int rows, SortedMap<Integer, Playback> playbacks) {
        this.node = node;
        this.rows = rows;
        this.playbacks = playbacks;
    }

    @Override
    public void on(SlabMessage message, Out out) {
        if (message instanceof SlabMessage.BulkAlloc bulk) {
            out.send(bulk.from(), new SlabReply.BulkAllocated(refill(bulk.from(), bulk.count(), out)));
        } else if (message instanceof SlabMessage.SingleAlloc single) {
            out.send(single.from(), new SlabReply.Allocated(single(single.from(), single.kind(), out)));
        } else if (message instanceof SlabMessage.BulkFree free) {
            for (final int head : free.heads()) {
                freed(free.from(), head, out);
            }
            acknowledge(free.from(), free.acknowledge(), out);
        } else if (message instanceof SlabMessage.SingleFree free) {
            freed(free.from(), free.head(), out);
            acknowledge(free.from(), free.acknowledge(), out);
        } else {
            throw new IllegalArgumentException("not for a slab that plays back: at=" + node + ", message=" + message);
        }
    }

    /** What was freed elsewhere, in another order, or not at all, so far as this slab knows. */
    Findings findings() {
        return findings;
    }

    /** Counts what {@code requester} was recorded to free here and never did. */
    void finish(int requester) {
        final Playback playback = playbacks.get(requester);
        while (playback != null && !playback.freed().isEmpty()) {
            differs(playback.freedRows().take(), playback.freed().take(), "it never came");
        }
    }

    private int[] refill(ActorName from, int count, Out out) {
        final int[] recorded = of(from).refills().poll();
        if (recorded == null) {
            return NOTHING;
        }
        final int[] heads = recorded.length > count ? Arrays.copyOf(recorded, count) : recorded;
        for (final int head : heads) {
            out.event(EventKind.SLAB_OUT, head, node.index());
        }
        return heads;
    }

    private int single(ActorName from, SlabKind kind, Out out) {
        final IntQueue recorded = of(from).singles();
        if (recorded.isEmpty() || Head.isFclone(recorded.peek()) != (kind == SlabKind.FCLONE)) {
            return Head.NONE;
        }
        out.event(EventKind.SLAB_OUT, recorded.peek(), node.index());
        return recorded.take();
    }

    private void freed(ActorName from, int head, Out out) {
        out.event(EventKind.SLAB_IN, head, node.index());
        final Playback playback = of(from);
        if (playback.freed().isEmpty()) {
            differs(rows, Head.NONE, "head " + Head.name(head) + " came from " + from);
            return;
        }
        final int row = playback.freedRows().take();
        final int recorded = playback.freed().take();
        if (recorded != head) {
            differs(row, recorded, "head " + Head.name(head) + " came instead, from " + from);
        }
    }

    private void differs(int row, int recorded, String instead) {
        if (findings.isFirst(Check.SLAB)) {
            final String expected = recorded == Head.NONE ? "nothing more" : "head " + Head.name(recorded);
            findings.add(new Mismatch(Check.SLAB, row, Mismatch.NO_CPU, expected + " at " + node, instead));
        } else {
            findings.addUntold(Check.SLAB);
        }
    }

    private static void acknowledge(ActorName to, boolean wanted, Out out) {
        if (wanted) {
            out.send(to, SlabReply.Freed.FREED);
        }
    }

    private Playback of(ActorName from) {
        return playbacks.computeIfAbsent(Requester.of(from), unknown -> new Playback());
    }

    @Override
    public PlaybackSlabStep copy() {
        final SortedMap<Integer, Playback> copies = new TreeMap<>();
        playbacks.forEach((requester, playback) -> copies.put(requester, playback.copy()));
        final PlaybackSlabStep copy = new PlaybackSlabStep(node, rows, copies);
        copy.findings.addAll(findings);
        return copy;
    }

    /** Counts nothing: it has no pages, and what it will deliver stands in the recording. */
    @Override
    public void count(HeadCount into) {}

    @Override
    public void encode(StateBytes bytes) {
        playbacks.forEach((requester, playback) -> {
            bytes.put((int) requester);
            bytes.put(playback.refills().size());
            bytes.put(playback.singles().remaining());
            bytes.put(playback.freed().remaining());
        });
    }
}
