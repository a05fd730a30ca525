package headcache.kit.state;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Every state that can be reached, each once. States are told apart by their whole keys, so none is lost to a hash.
 *
 * <p>It knows nothing of partial orders, and so is a check of those who do: the final states must be the same.
 */
public final class StateSearch {
    private StateSearch() {}

    /**
     * What there is.
     *
     * @param states states, the first included
     * @param deliveries ways from one to the next
     * @param finals keys of the states in which nothing is left to deliver
     * @param complete whether nothing was left out
     */
    public record Reached(long states, long deliveries, Set<ByteBuffer> finals, boolean complete) {}

    /** Searches from {@code first} until all is seen, or {@code limit} states. */
    public static Reached from(State first, long limit) {
        final Set<Key> seen = new HashSet<>();
        final Set<ByteBuffer> finals = new HashSet<>();
        final ArrayDeque<State> open = new ArrayDeque<>();
        long deliveries = 0;
        seen.add(new Key(first.key()));
        open.push(first);
        while (!open.isEmpty() && seen.size() <= limit) {
            final State state = open.pop();
            final BitSet enabled = state.enabled();
            if (enabled.isEmpty()) {
                finals.add(ByteBuffer.wrap(state.key()));
            }
            for (int channel = enabled.nextSetBit(0); channel >= 0; channel = enabled.nextSetBit(channel + 1)) {
                final State next = state.after(channel);
                deliveries++;
                if (seen.add(new Key(next.key()))) {
                    open.push(next);
                }
            }
        }
        return new Reached(seen.size(), deliveries, Set.copyOf(finals), open.isEmpty());
    }
}
