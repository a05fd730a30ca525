package headcache.kit.run;

import headcache.kit.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries of a run come before which, whatever the order of independent ones: a delivery comes after the
 * one that sent its message, after the former delivery to its receiver, and after all that came before these.
 *
 * <p>Two runs whose deliveries are ordered alike by this are the same Mazurkiewicz trace. Source: Lamport 1978.
 */
public final class HappensBefore {
    /** No delivery: sent when the run began. */
    public static final int NONE = -1;

    /** Not sent by a delivery that is known of: a timer, which its own actor has set at some time before. */
    public static final int UNKNOWN = -2;

    private static final int WORD = 64;

    private final List<Sends> sends = new ArrayList<>();
    private int[] channels = new int[64];
    private int[] receivers = new int[64];
    private int[] senders = new int[64];
    private int[] previous = new int[64];
    private long[][] past = new long[64][];
    private int[] last = new int[16];
    /** For each thing, the last delivery that touched it. */
    private int[] touches = new int[16];

    private int length;

    /** For each message of a channel, by which delivery it was sent; the delivered ones stay. */
    private static final class Sends {
        int[] steps = new int[8];
        int sent;
        int delivered;

        int nextSender() {
            return delivered < sent ? steps[delivered] : UNKNOWN;
        }
    }

    /** The order of a run without deliveries. */
    public HappensBefore() {
        Arrays.fill(last, NONE);
        Arrays.fill(touches, NONE);
    }

    /** Begins a new run, at whose beginning {@code sent} were sent to. */
    public void clear(int[] sent) {
        length = 0;
        Arrays.fill(last, NONE);
        Arrays.fill(touches, NONE);
        for (final Sends of : sends) {
            of.sent = 0;
            of.delivered = 0;
        }
        send(sent, NONE);
    }

    /** Adds the next delivery, from {@code channel} to {@code receiver}, which sent to {@code sent}. */
    public void add(int channel, int receiver, int[] sent) {
        grow(receiver);
        final long[] before = freshPast(length);
        learn(before, last[receiver]);
        final Sends of = sendsOf(channel);
        learn(before, of.nextSender());
        senders[length] = of.nextSender();
        previous[length] = last[receiver];
        of.delivered++;
        channels[length] = channel;
        receivers[length] = receiver;
        last[receiver] = length;
        send(sent, length);
        length++;
    }

    /** What is wrong if the last delivery touched what another one did that does not happen before it, or null. */
    public @Nullable Throwable unordered(World world) {
        for (final int thing : world.touched()) {
            final int before = touch(thing);
            if (before != NONE) {
                return world.unordered(thing, before + 1, length);
            }
        }
        return null;
    }

    /**
     * Says that the last delivery touched {@code thing}.
     *
     * @return the delivery that touched it before, if that does not happen before this one; otherwise {@link #NONE}
     */
    private int touch(int thing) {
        if (thing >= touches.length) {
            final int former = touches.length;
            touches = Arrays.copyOf(touches, Math.max(2 * former, thing + 1));
            Arrays.fill(touches, former, touches.length, NONE);
        }
        final int before = touches[thing];
        touches[thing] = length - 1;
        return before == NONE || isBeforeOrSame(before, length - 1) ? NONE : before;
    }

    /** How many deliveries there were. */
    public int length() {
        return length;
    }

    /** The channel of delivery {@code step}, which is counted from 0. */
    public int channel(int step) {
        return channels[step];
    }

    /** Who got delivery {@code step}. */
    public int receiver(int step) {
        return receivers[step];
    }

    /** Which delivery sent the message of {@code step}, or {@link #NONE} or {@link #UNKNOWN}. */
    public int sender(int step) {
        return senders[step];
    }

    /** The delivery to the same receiver before {@code step}, or {@link #NONE}. */
    public int previous(int step) {
        return previous[step];
    }

    /** The last delivery to {@code receiver}, or {@link #NONE}. */
    public int lastTo(int receiver) {
        return receiver < last.length ? last[receiver] : NONE;
    }

    /** Which delivery sent the message that {@code channel} delivers next, or {@link #NONE} or {@link #UNKNOWN}. */
    public int senderOfNext(int channel) {
        return sendsOf(channel).nextSender();
    }

    /** Whether delivery {@code first} comes before delivery {@code second} or is the same. */
    public boolean isBeforeOrSame(int first, int second) {
        return first == second || isBefore(first, second);
    }

    /** Whether delivery {@code first} comes before delivery {@code second}. */
    public boolean isBefore(int first, int second) {
        return second >= 0 && contains(past[second], first);
    }

    /** A number that runs have in common, in practice, if and only if each actor got its messages in the same order. */
    public long trace() {
        long trace = 0;
        for (int receiver = 0; receiver < last.length; receiver++) {
            if (last[receiver] != NONE) {
                long order = mix(receiver + 1);
                for (int step = 0; step <= last[receiver]; step++) {
                    order = receivers[step] == receiver ? mix(order + channels[step]) : order;
                }
                trace = mix(trace ^ order);
            }
        }
        return trace;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        final long once = ((value + 0x9E3779B97F4A7C15L) ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        final long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }

    private static boolean contains(long[] set, int step) {
        return step / WORD < set.length && (set[step / WORD] >>> step & 1) != 0;
    }

    private void learn(long[] before, int step) {
        if (step >= 0) {
            final long[] known = past[step];
            for (int i = 0; i <= step / WORD; i++) {
                before[i] |= known[i];
            }
            before[step / WORD] |= 1L << step;
        }
    }

    private long[] freshPast(int step) {
        if (step == past.length) {
            past = Arrays.copyOf(past, 2 * step);
            channels = Arrays.copyOf(channels, 2 * step);
            receivers = Arrays.copyOf(receivers, 2 * step);
            senders = Arrays.copyOf(senders, 2 * step);
            previous = Arrays.copyOf(previous, 2 * step);
        }
        final int words = step / WORD + 1;
        final long[] former = past[step];
        if (former == null) {
            past[step] = new long[words];
        } else {
            Arrays.fill(former, 0);
        }
        return past[step];
    }

    private void grow(int receiver) {
        if (receiver >= last.length) {
            final int length = last.length;
            last = Arrays.copyOf(last, Math.max(2 * length, receiver + 1));
            Arrays.fill(last, length, last.length, NONE);
        }
    }

    private Sends sendsOf(int channel) {
        while (sends.size() <= channel) {
            sends.add(new Sends());
        }
        return sends.get(channel);
    }

    private void send(int[] sent, int step) {
        for (final int channel : sent) {
            final Sends of = sendsOf(channel);
            if (of.sent == of.steps.length) {
                of.steps = Arrays.copyOf(of.steps, 2 * of.sent);
            }
            of.steps[of.sent++] = step;
        }
    }
}
