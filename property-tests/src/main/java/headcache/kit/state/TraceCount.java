package headcache.kit.state;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many classes of runs there are that differ in more than the order of independent deliveries, counted without
 * running any of them to the end more than once.
 *
 * <p>A search with sleep sets comes to the end once for each class. What it does from a state on depends on the state
 * and on what sleeps there, so the number is remembered for both. Source: Godefroid 1996.
 */
public final class TraceCount {
    private final Situations<?, ?> situations;
    private final int actors;
    private final Map<IntBuffer, Long> known = new HashMap<>();

    private TraceCount(Cast<?, ?> cast) {
        this.situations = new Situations<>(cast, List.of());
        this.actors = cast.actors();
    }

    /**
     * The number of classes of runs of {@code cast}, in which two deliveries depend on one another if they have the
     * same receiver.
     *
     * @throws ArithmeticException if there are more than a long can hold
     */
    public static long of(Cast<?, ?> cast) {
        final TraceCount count = new TraceCount(cast);
        return count.from(count.situations.first(), new BitSet());
    }

    private long from(int[] state, BitSet sleep) {
        final IntBuffer situation = IntBuffer.wrap(with(state, sleep));
        final Long before = known.get(situation);
        if (before != null) {
            return before;
        }
        long sum = 0;
        boolean isFinal = true;
        final BitSet asleep = (BitSet) sleep.clone();
        for (int actor = 0; actor < actors; actor++) {
            final int[] senders = situations.of(actor, state[actor]).senders;
            for (int place = 0; place < senders.length; place++) {
                isFinal = false;
                // By receiver first, so that all that depend on one another lie side by side.
                final int channel = actor * actors + senders[place];
                if (!asleep.get(channel)) {
                    final int[] after = state.clone();
                    situations.deliver(after, actor, place);
                    final BitSet still = (BitSet) asleep.clone();
                    still.clear(actor * actors, (actor + 1) * actors);
                    sum = Math.addExact(sum, from(after, still));
                    asleep.set(channel);
                }
            }
        }
        final long count = isFinal ? 1 : sum;
        known.put(situation, count);
        return count;
    }

    /** {@code state}, and the channels that sleep. */
    private static int[] with(int[] state, BitSet sleep) {
        final int[] both = Arrays.copyOf(state, state.length + sleep.cardinality());
        int at = state.length;
        for (int channel = sleep.nextSetBit(0); channel >= 0; channel = sleep.nextSetBit(channel + 1)) {
            both[at++] = channel;
        }
        return both;
    }
}
