package headcache.cpu;

import headcache.protocol.ActorName;
import headcache.protocol.Head;
import headcache.protocol.NicMessage;
import headcache.protocol.Skb;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import headcache.skb.Encoding;
import headcache.step.EventKind;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;
import java.util.ArrayList;
import java.util.Arrays;

/** The skbs that a poll hands on, gathered so that each receiver gets one message. */
final class Outgoing {

    private static final class Bundle {
        final ActorName to;
        final int queue;
        Skb[] skbs;
        int count;

        Bundle(ActorName to, int queue, int room) {
            this.to = to;
            this.queue = queue;
            this.skbs = new Skb[room];
        }

        boolean isFor(ActorName other, int otherQueue) {
            return queue == otherQueue && (to == other || to.equals(other));
        }

        void add(Skb skb) {
            if (count == skbs.length) {
                skbs = Arrays.copyOf(skbs, 2 * count);
            }
            skbs[count++] = skb;
        }

        Skb[] take() {
            return count == skbs.length ? skbs : Arrays.copyOf(skbs, count);
        }
    }

    private final int room;
    private final ArrayList<Bundle> bundles = new ArrayList<>(2);

    /** Expects most bundles to have {@code room} skbs. */
    Outgoing(int room) {
        this.room = Math.max(1, room);
    }

    void add(ActorName to, int queue, Skb skb) {
        for (int i = 0; i < bundles.size(); i++) {
            final Bundle bundle = bundles.get(i);
            if (bundle.isFor(to, queue)) {
                bundle.add(skb);
                return;
            }
        }
        final Bundle bundle = new Bundle(to, queue, room);
        bundle.add(skb);
        bundles.add(bundle);
    }

    void send(Out out) {
        for (final Bundle bundle : bundles) {
            final Skb[] skbs = bundle.take();
            for (final Skb skb : skbs) {
                out.event(EventKind.SENT, skb.head(), Head.NONE);
            }
            if (bundle.to instanceof TaskId) {
                out.send(bundle.to, new TaskMessage.Deliver(skbs));
            } else {
                out.send(bundle.to, new NicMessage.Transmit(bundle.queue, skbs));
            }
        }
        bundles.clear();
    }

    void count(HeadSums inUse) {
        for (final Bundle bundle : bundles) {
            for (int i = 0; i < bundle.count; i++) {
                inUse.add(bundle.skbs[i]);
            }
        }
    }

    Outgoing copy() {
        final Outgoing copy = new Outgoing(room);
        for (final Bundle bundle : bundles) {
            for (int i = 0; i < bundle.count; i++) {
                copy.add(bundle.to, bundle.queue, bundle.skbs[i]);
            }
        }
        return copy;
    }

    void encode(StateBytes bytes) {
        bytes.put(bundles.size());
        for (final Bundle bundle : bundles) {
            Encoding.put(bytes, bundle.to);
            bytes.put(bundle.queue);
            bytes.put(bundle.count);
            for (int i = 0; i < bundle.count; i++) {
                Encoding.put(bytes, bundle.skbs[i]);
            }
        }
    }
}
