package headcache.kit.state;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
     * @param broken what the law says of the first state that breaks it, or null
     */
    public record Reached(
            long states,
            long deliveries,
            Set<ByteBuffer> finals,
            boolean complete,
            @Nullable String broken) {}

    /** Searches from {@code first} until all is seen, or {@code limit} states. */
    public static Reached from(State first, long limit) {
        return from(first, limit, state -> null);
    }

    /**
     * Searches from {@code first} until all is seen, or {@code limit} states, or a state that breaks {@code law}. Here
     * belong laws about several actors at once, which a search that leaves orders out would not see at every state.
     *
     * @param law what is wrong with a state, or null
     */
    public static <S extends State> Reached from(S first, long limit, Function<? super S, @Nullable String> law) {
        final Set<Key> seen = new HashSet<>();
        final Set<ByteBuffer> finals = new HashSet<>();
        final ArrayDeque<S> open = new ArrayDeque<>();
        long deliveries = 0;
        seen.add(new Key(first.key()));
        open.push(first);
        @Nullable String broken = null;
        while (!open.isEmpty() && seen.size() <= limit && broken == null) {
            final S state = open.pop();
            broken = law.apply(state);
            final BitSet enabled = state.enabled();
            if (enabled.isEmpty()) {
                finals.add(ByteBuffer.wrap(state.key()));
            }
            for (int channel = enabled.nextSetBit(0); channel >= 0; channel = enabled.nextSetBit(channel + 1)) {
                @SuppressWarnings("unchecked") // what comes after a state is of its kind
                final S next = (S) state.after(channel);
                deliveries++;
                if (seen.add(new Key(next.key()))) {
                    open.push(next);
                }
            }
        }
        return new Reached(seen.size(), deliveries, Set.copyOf(finals), open.isEmpty() && broken == null, broken);
    }
}
