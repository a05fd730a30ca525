package headcache.verify;

import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.Twin;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one batch of calls does on the sequential machine, call by call. */
final class NaiveBatch {
    private final NaiveSkbs skbs;
    private final Script script;
    private final Consumer<Skb> interrupt;
    private final Runnable pollEnd;

    /**
     * A batch on a CPU.
     *
     * @param interrupt frees an skb as a hard interrupt does
     * @param pollEnd does what the kernel does at the end of a poll
     */
    NaiveBatch(NaiveSkbs skbs, Script script, Consumer<Skb> interrupt, Runnable pollEnd) {
        this.skbs = skbs;
        this.script = script;
        this.interrupt = interrupt;
        this.pollEnd = pollEnd;
    }

    /**
     * Does all of {@code batch} in order.
     *
     * @param given what is in its slots; it stays as it is
     * @return what its sender is told
     */
    Message run(CpuId id, CpuMessage.Batch batch, @Nullable Skb[] given) {
        final @Nullable Skb[] slots = given.clone();
        int failed = 0;
        int cancelled = 0;
        for (final Op op : batch.ops()) {
            if (op instanceof Op.Allocate allocate) {
                final Skb skb = skbs.allocate(allocate);
                failed += skb == null ? 1 : 0;
                slots[allocate.slot()] = skb == null ? slots[allocate.slot()] : skb;
            } else if (op instanceof Op.BuildBulk bulk) {
                failed += bulk.slots().size() - build(bulk, slots);
            } else if (op instanceof Op.PollEnd) {
                pollEnd.run();
            } else {
                final int slot = slotOf(op);
                final Skb skb = slots[slot];
                if (skb == null) {
                    cancelled++;
                } else if (op instanceof Op.Clone clone) {
                    failed += clone(clone, skb, slots) ? 0 : 1;
                } else {
                    slots[slot] = call(op, skb, slots);
                }
            }
            script.settle();
        }
        return new DriverMessage.BatchDone(id, slots, failed, cancelled);
    }

    /** How many were built. */
    private int build(Op.BuildBulk op, @Nullable Skb[] slots) {
        final List<@Nullable Skb> built = skbs.build(op.slots().size());
        for (int i = 0; i < built.size(); i++) {
            slots[op.slots().get(i)] = built.get(i);
        }
        return (int) built.stream().filter(Objects::nonNull).count();
    }

    private static int slotOf(Op op) {
        if (op instanceof Op.Clone clone) {
            return clone.slot();
        } else if (op instanceof Op.Share share) {
            return share.slot();
        }
        return op instanceof Op.Attach attach ? attach.slot() : ((Op.Release) op).slot();
    }

    private boolean clone(Op.Clone op, Skb skb, @Nullable Skb[] slots) {
        final Skb clone = skbs.cloneOf(skb);
        if (clone == null) {
            return false;
        }
        slots[op.into()] = clone;
        if (clone.twin() == Twin.COMPANION) {
            slots[op.slot()] = skb.asPaired();
        }
        return true;
    }

    /** What is left of {@code skb} after a call that needs no head. */
    private @Nullable Skb call(Op op, Skb skb, @Nullable Skb[] slots) {
        if (op instanceof Op.Share) {
            script.expect(EventKind.SHARED, skb.head(), skb.users() + 1);
            return skb.withUsers(skb.users() + 1);
        } else if (op instanceof Op.Attach attach) {
            if (!skb.isHolding(attach.what())) {
                script.expect(EventKind.HOLD, skb.head(), attach.what().ordinal());
            }
            return skb.holding(attach.what());
        }
        final Op.Release release = (Op.Release) op;
        final Skb aggregate = release.into() == Op.NO_SLOT ? null : slots[release.into()];
        switch (release.way()) {
            case NAPI_CONSUME_SKB -> {
                return skbs.consume(skb, release.way());
            }
            case HAND_BACK -> {
                return skbs.handBack(skb);
            }
            case KFREE_SKB, NAPI_CONSUME_SKB_BUDGET_0 -> {
                return skbs.kfree(skb, release.way());
            }
            case GRO_FRAGS_REUSE -> {
                return skbs.reuse(skb);
            }
            case DEV_KFREE_SKB_IRQ -> {
                if (skb.users() > 1) {
                    return skbs.unshare(skb);
                }
                interrupt.accept(skb);
            }
            case KFREE_SKB_DEFER -> skbs.recycle(skb, release.way());
            case GRO_MERGED_FREE -> skbs.merged(skb);
            case GRO_STOLEN_HEAD -> {
                skbs.stolen(skb, aggregate == null ? Head.NONE : aggregate.head());
                if (aggregate != null) {
                    slots[release.into()] = aggregate.adopting(skb.data());
                }
            }
            case GRO_LIST_MEMBER -> {
                if (aggregate == null) {
                    skbs.kfree(skb, WayOut.GRO_LIST_MEMBER);
                } else {
                    slots[release.into()] = skbs.link(skb, aggregate);
                }
            }
        }
        return null;
    }
}
