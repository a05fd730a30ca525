package headcache.kit.state;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * How many classes of runs there are that differ in more than the order of independent deliveries, counted without
 * running any of them to the end more than once.
 *
 * <p>A search with sleep sets comes to the end once for each class. What it does from a state on depends on the state
 * and on what sleeps there, so the number is remembered for both. Source: Godefroid 1996.
 */
public final class TraceCount {
    private final Map<Situation, Long> known = new HashMap<>();

    private record Situation(Key state, BitSet sleep) {}

    private TraceCount() {}

    /**
     * The number of classes of runs from {@code first}, in which two deliveries depend on one another if they have
     * the same receiver.
     *
     * @throws ArithmeticException if there are more than a long can hold
     */
    public static long from(State first) {
        return new TraceCount().count(first, new BitSet());
    }

    private long count(State state, BitSet sleep) {
        final BitSet enabled = state.enabled();
        if (enabled.isEmpty()) {
            return 1;
        }
        final Situation situation = new Situation(new Key(state.key()), sleep);
        final Long before = known.get(situation);
        if (before != null) {
            return before;
        }
        long sum = 0;
        final BitSet asleep = (BitSet) sleep.clone();
        for (int channel = enabled.nextSetBit(0); channel >= 0; channel = enabled.nextSetBit(channel + 1)) {
            if (!asleep.get(channel)) {
                sum = Math.addExact(sum, count(state.after(channel), independent(state, asleep, channel)));
                asleep.set(channel);
            }
        }
        known.put(situation, sum);
        return sum;
    }

    private static BitSet independent(State state, BitSet asleep, int channel) {
        final BitSet left = (BitSet) asleep.clone();
        final int receiver = state.receiver(channel);
        for (int other = left.nextSetBit(0); other >= 0; other = left.nextSetBit(other + 1)) {
            if (state.receiver(other) == receiver) {
                left.clear(other);
            }
        }
        return left;
    }
}
