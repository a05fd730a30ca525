package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.SlabReply;
import headcache.skb.Carried;
import headcache.step.EventKind;
import headcache.step.HeadTaker;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * What a slab has in hand in a step: whatever comes by message or from a page leaves by message or goes to a page. A
 * depot's magazines are its pages.
 * Above all, a request that fails sends home everything it had collected (I14).
 */
final class SlabLaws implements Laws {
    private final ActorName slab;
    private final Findings findings;
    private final HeadTaker taken = eachWith(this::take);
    private final HeadTaker given = eachWith(this::give);
    private int[] inHand = new int[32];
    private int count;
    private boolean failed;

    SlabLaws(ActorName slab, Findings findings) {
        this.slab = slab;
        this.findings = findings;
    }

    /** Heads and pairs alike; no skb comes to a slab. */
    private static HeadTaker eachWith(IntConsumer action) {
        return new HeadTaker() {
            @Override
            public void add(int head) {
                action.accept(head);
            }

            @Override
            public void addTwin(int pair) {
                action.accept(pair);
            }
        };
    }

    @Override
    public void took(Message message) {
        Carried.each(message, taken);
    }

    @Override
    public void did(EventKind kind, int head, int detail) {
        switch (kind) {
            case SLAB_OUT, DEPOT_OUT, DEPOT_REAPED -> take(head);
            case SLAB_IN, SLAB_HALF, DEPOT_IN -> give(head);
            default -> {}
        }
    }

    @Override
    public void sent(ActorName to, Message message) {
        Carried.each(message, given);
        if (message instanceof SlabReply.BulkAllocated answer) {
            failed = answer.heads().length == 0;
        } else if (message instanceof SlabReply.Allocated answer) {
            failed = answer.head() == Head.NONE;
        }
    }

    @Override
    public void ended() {
        if (count > 0) {
            findings.add(
                    failed ? Invariant.I14 : Invariant.I1,
                    inHand[0],
                    failed
                            ? "was collected for a request that failed, and " + slab + " did not send it home"
                            : "came to " + slab + " and went nowhere from there");
        }
        count = 0;
        failed = false;
    }

    private void take(int head) {
        if (count == inHand.length) {
            inHand = Arrays.copyOf(inHand, 2 * count);
        }
        inHand[count++] = head;
    }

    private void give(int head) {
        for (int i = 0; i < count; i++) {
            if (inHand[i] == head) {
                inHand[i] = inHand[--count];
                return;
            }
        }
        findings.add(Invariant.I2, head, slab + " gave it away, and did not have it or gave it away already");
    }
}
