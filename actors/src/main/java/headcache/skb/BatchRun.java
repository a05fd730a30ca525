package headcache.skb;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.Head;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;
import org.jspecify.annotations.Nullable;

/** A batch and how far it has come. */
public final class BatchRun {
    private final CpuMessage.Batch batch;
    private final @Nullable Skb[] slots;
    private int cursor;

    /** Of a {@link Op.BuildBulk} under way: requests it has made of the slab, or skbs it has built one by one. */
    private int progress;

    private int failed;
    private int cancelled;

    /**
     * Starts {@code batch}. The message stays as it is: it may have to be sent on, and a search that goes
     * back to an earlier state finds it there.
     */
    public BatchRun(CpuMessage.Batch batch) {
        this.batch = batch;
        this.slots = batch.slots().clone();
    }

    private BatchRun(BatchRun other) {
        batch = other.batch;
        slots = other.slots.clone();
        cursor = other.cursor;
        progress = other.progress;
        failed = other.failed;
        cancelled = other.cancelled;
    }

    /** What is run. */
    public CpuMessage.Batch batch() {
        return batch;
    }

    /**
     * Runs until the link is busy or the batch has ended.
     *
     * @return whether it has ended, acknowledgements included
     * @throws IllegalArgumentException if an operation makes no sense here, as one that needs NAPI context in
     *     a task, or an allocation into a slot that is in use
     */
    public boolean run(SkbContext context, InterruptQueue interrupts, Out out) {
        final SlabLink link = context.link();
        final Op[] ops = batch.ops();
        while (!link.isBusy()) {
            if (cursor == ops.length) {
                return true;
            }
            if (execute(ops[cursor], context, interrupts, out)) {
                cursor++;
            }
        }
        return false;
    }

    /** Tells whoever sent the batch that it has ended. */
    public void answer(ActorName self, Out out) {
        out.send(batch.from(), new DriverMessage.BatchDone(self, slots, failed, cancelled));
    }

    /** Whether {@code op} has ended; if not, it goes on once the link is not busy. */
    private boolean execute(Op op, SkbContext context, InterruptQueue interrupts, Out out) {
        if (op instanceof Op.PollEnd) {
            return interrupts.endPoll(context, out);
        } else if (op instanceof Op.Allocate allocate) {
            allocate(allocate, context, out);
        } else if (op instanceof Op.Release release) {
            release(release, context, interrupts, out);
        } else if (op instanceof Op.Clone clone) {
            cloneSkb(clone, context, out);
        } else if (op instanceof Op.Share share) {
            share(share, context, out);
        } else if (op instanceof Op.Attach attach) {
            attach(attach, context, out);
        } else if (op instanceof Op.BuildBulk bulk) {
            return context.kernel().takes(CodePath.BULK_GET)
                    ? buildBulk(bulk, context, out)
                    : buildEach(bulk, context, out);
        }
        return !context.link().isWaiting();
    }

    private void allocate(Op.Allocate op, SkbContext context, Out out) {
        mustBeEmpty(op.slot());
        final Skb skb = context.allocator().allocate(op, out);
        if (skb != null) {
            slots[op.slot()] = skb;
        } else if (!context.link().isWaiting()) {
            failed++;
        }
    }

    private boolean buildBulk(Op.BuildBulk op, SkbContext context, Out out) {
        op.slots().forEach(this::mustBeEmpty);
        final int wanted = op.slots().size();
        final Skb[] skbs = context.allocator().buildBulk(wanted, progress, out);
        if (skbs == null) {
            progress++;
            return false;
        }
        for (int i = 0; i < skbs.length; i++) {
            slots[op.slots().get(i)] = skbs[i];
        }
        failed += wanted - skbs.length;
        progress = 0;
        return true;
    }

    /** A kernel without a bulk get builds one skb after the other. */
    private boolean buildEach(Op.BuildBulk op, SkbContext context, Out out) {
        while (progress < op.slots().size()) {
            final int slot = op.slots().get(progress);
            allocate(new Op.Allocate(WayIn.NAPI_BUILD_SKB, slot, 0, Op.ANY_NODE, false), context, out);
            if (context.link().isWaiting()) {
                return false;
            }
            progress++;
        }
        progress = 0;
        return true;
    }

    /** An skb that another one took the slot of would be lost without a word. */
    private void mustBeEmpty(int slot) {
        final Skb skb = slots[slot];
        if (skb != null) {
            throw new IllegalArgumentException("allocation into a slot that is in use: slot=" + slot + ", head="
                    + Head.name(skb.head()) + "; release it first");
        }
    }

    private void cloneSkb(Op.Clone op, SkbContext context, Out out) {
        final Skb skb = slots[op.slot()];
        if (skb == null) {
            cancelled++;
            return;
        }
        mustBeEmpty(op.into());
        final Skb clone = context.allocator().cloneOf(skb, out);
        if (clone != null) {
            slots[op.into()] = clone;
            if (clone.head() == skb.head()) {
                slots[op.slot()] = skb.asPaired();
            }
        } else if (!context.link().isWaiting()) {
            failed++;
        }
    }

    private void share(Op.Share op, SkbContext context, Out out) {
        final Skb skb = slots[op.slot()];
        if (skb == null) {
            cancelled++;
            return;
        }
        context.checkInUse(skb.head(), "skb_get");
        slots[op.slot()] = skb.withUsers(skb.users() + 1);
        out.event(EventKind.SHARED, skb.head(), skb.users() + 1);
    }

    private void attach(Op.Attach op, SkbContext context, Out out) {
        final Skb skb = slots[op.slot()];
        if (skb == null) {
            cancelled++;
            return;
        }
        context.checkInUse(skb.head(), "attaching " + op.what());
        if (!skb.isHolding(op.what())) {
            slots[op.slot()] = skb.holding(op.what());
            out.event(EventKind.HOLD, skb.head(), op.what().ordinal());
        }
    }

    private void release(Op.Release op, SkbContext context, InterruptQueue interrupts, Out out) {
        final Skb skb = slots[op.slot()];
        if (skb == null) {
            cancelled++;
            return;
        }
        slots[op.slot()] = released(op, skb, context.releaser(), interrupts, out);
    }

    /** What is left of {@code skb}: with one reference less, emptied for reuse, or null. */
    private @Nullable Skb released(Op.Release op, Skb skb, SkbReleaser releaser, InterruptQueue interrupts, Out out) {
        final WayOut way = op.way();
        switch (way) {
            case NAPI_CONSUME_SKB -> {
                return releaser.napiConsumeSkb(skb, way, out);
            }
            case HAND_BACK -> {
                return releaser.attemptDeferFree(skb, out);
            }
            case NAPI_CONSUME_SKB_BUDGET_0, KFREE_SKB -> {
                return releaser.kfreeSkb(skb, way, out);
            }
            case DEV_KFREE_SKB_IRQ -> {
                return interrupts.devKfreeSkbIrq(skb, out);
            }
            case GRO_FRAGS_REUSE -> {
                return releaser.reuse(skb, out);
            }
            case KFREE_SKB_DEFER -> releaser.kfreeSkbDefer(skb, out);
            case GRO_MERGED_FREE -> releaser.freeMerged(skb, out);
            case GRO_STOLEN_HEAD -> steal(op, skb, releaser, out);
            case GRO_LIST_MEMBER -> link(op, skb, releaser, out);
        }
        return null;
    }

    /** Without a known aggregate there is no list to be linked to: the frame ends by itself. */
    private void link(Op.Release op, Skb skb, SkbReleaser releaser, Out out) {
        final Skb aggregate = op.into() == Op.NO_SLOT ? null : slots[op.into()];
        if (aggregate == null) {
            releaser.kfreeSkb(skb, WayOut.GRO_LIST_MEMBER, out);
        } else {
            slots[op.into()] = releaser.link(skb, aggregate, out);
        }
    }

    private void steal(Op.Release op, Skb skb, SkbReleaser releaser, Out out) {
        final Skb aggregate = op.into() == Op.NO_SLOT ? null : slots[op.into()];
        if (aggregate == null) {
            releaser.freeStolenHead(skb, Head.NONE, out);
        } else {
            releaser.freeStolenHead(skb, aggregate.head(), out);
            slots[op.into()] = aggregate.adopting(skb.data());
        }
    }

    /** Adds the heads of the skbs in the slots. */
    public void count(HeadSums inUse) {
        inUse.add(slots, 0);
    }

    /** An independent copy. */
    public BatchRun copy() {
        return new BatchRun(this);
    }

    /** Writes what is left to do, the slots, and what the answer will count. */
    public void encode(StateBytes bytes) {
        final Op[] ops = batch.ops();
        Encoding.put(bytes, batch.from());
        bytes.put(failed);
        bytes.put(cancelled);
        bytes.put(ops.length - cursor);
        bytes.put(progress);
        for (int i = cursor; i < ops.length; i++) {
            Encoding.put(bytes, ops[i]);
        }
        bytes.put(slots.length);
        for (final Skb skb : slots) {
            Encoding.put(bytes, skb);
        }
    }
}
