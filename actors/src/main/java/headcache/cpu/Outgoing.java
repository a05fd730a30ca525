package headcache.cpu;

import headcache.protocol.ActorName;
import headcache.protocol.Head;
import headcache.protocol.NicMessage;
import headcache.protocol.Skb;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import headcache.skb.Encoding;
import headcache.step.EventKind;
import headcache.step.Out;
import headcache.step.StateBytes;
import java.util.ArrayList;

/** The skbs that a poll hands on, gathered so that each receiver gets one message. */
final class Outgoing {

    private record Bundle(ActorName to, int queue, ArrayList<Skb> skbs) {}

    private final ArrayList<Bundle> bundles = new ArrayList<>(4);

    void add(ActorName to, int queue, Skb skb) {
        for (final Bundle bundle : bundles) {
            if (bundle.queue == queue && bundle.to.equals(to)) {
                bundle.skbs.add(skb);
                return;
            }
        }
        final Bundle bundle = new Bundle(to, queue, new ArrayList<>());
        bundle.skbs.add(skb);
        bundles.add(bundle);
    }

    void send(Out out) {
        for (final Bundle bundle : bundles) {
            final Skb[] skbs = bundle.skbs.toArray(new Skb[0]);
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

    Outgoing copy() {
        final Outgoing copy = new Outgoing();
        for (final Bundle bundle : bundles) {
            copy.bundles.add(new Bundle(bundle.to, bundle.queue, new ArrayList<>(bundle.skbs)));
        }
        return copy;
    }

    void encode(StateBytes bytes) {
        bytes.put(bundles.size());
        for (final Bundle bundle : bundles) {
            Encoding.put(bytes, bundle.to);
            bytes.put(bundle.queue);
            bytes.put(bundle.skbs.size());
            for (final Skb skb : bundle.skbs) {
                Encoding.put(bytes, skb);
            }
        }
    }
}
