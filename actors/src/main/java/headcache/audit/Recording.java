package headcache.audit;

import headcache.audit.AuditMessage.Arrived;
import headcache.protocol.ActorName;
import headcache.protocol.Message;
import headcache.skb.Carried;
import headcache.step.HeadCount;
import headcache.step.HeadSums;
import headcache.step.StateBytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** An actor's part of a cut that is under way: what was here, and what has come since by channels that are open. */
final class Recording {
    private final HeadCount here;
    private final BitSet open;
    private final int[] messages;
    private final HeadSums[] heads;

    /** Begins with what is {@code here} and {@code channels} open channels. */
    Recording(HeadCount here, int channels) {
        this.here = here;
        this.open = new BitSet(channels);
        this.open.set(0, channels);
        this.messages = new int[channels];
        this.heads = new HeadSums[channels];
        for (int channel = 0; channel < channels; channel++) {
            heads[channel] = new HeadSums();
        }
    }

    private Recording(Recording other) {
        here = other.here;
        open = (BitSet) other.open.clone();
        messages = other.messages.clone();
        heads = other.heads.clone();
        for (int channel = 0; channel < heads.length; channel++) {
            heads[channel] = heads[channel].copy();
        }
    }

    HeadCount here() {
        return here;
    }

    boolean isOpen(int channel) {
        return open.get(channel);
    }

    /** Takes the marker of {@code channel}. */
    void close(int channel) {
        if (!open.get(channel)) {
            throw new IllegalStateException("a second marker of one cut: channel=" + channel);
        }
        open.clear(channel);
    }

    /** Counts what came by {@code channel}, if it was sent before the sender's cut. */
    void arrived(int channel, Message message) {
        if (open.get(channel)) {
            messages[channel]++;
            Carried.each(message, heads[channel]);
        }
    }

    boolean isComplete() {
        return open.isEmpty();
    }

    /** What was under way from each of {@code senders}; channels that were empty are left out. */
    List<Arrived> arrived(List<ActorName> senders) {
        final List<Arrived> arrived = new ArrayList<>();
        for (int channel = 0; channel < messages.length; channel++) {
            if (messages[channel] > 0) {
                arrived.add(new Arrived(senders.get(channel), messages[channel], heads[channel]));
            }
        }
        return List.copyOf(arrived);
    }

    Recording copy() {
        return new Recording(this);
    }

    void encode(StateBytes bytes) {
        SumBytes.put(bytes, here);
        for (int channel = 0; channel < messages.length; channel++) {
            bytes.put(open.get(channel));
            bytes.put(messages[channel]);
            SumBytes.put(bytes, heads[channel]);
        }
    }
}
