package headcache.kit.search;

import headcache.kit.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every state of a world, each once, told apart by a key. Actors cannot be copied, so a state is come back to by
 * doing again the run that led to it.
 *
 * <p>That makes it slow, and good for one thing: what it counts comes from the actors alone, and so is a check of an
 * engine that counts states in another way.
 */
public final class StatefulSearch {
    private final World world;
    private final Supplier<?> key;
    private final long limit;
    private final Set<Object> seen = new HashSet<>();
    private final Set<Object> finals = new HashSet<>();

    /** For each state on the way from the first one to where the search is, what was not tried there. */
    private final Deque<BitSet> open = new ArrayDeque<>();

    /** The deliveries on that way. */
    private final List<Integer> path = new ArrayList<>();

    private long deliveries;

    /**
     * What there is.
     *
     * @param states states, the first included
     * @param deliveries ways from one to the next
     * @param finals what tells the states from one another in which nothing is left to deliver, see {@link World#state}
     * @param complete whether nothing was left out
     * @param failure what went wrong first, or null
     */
    public record Seen(
            long states,
            long deliveries,
            Set<Object> finals,
            boolean complete,
            @Nullable Throwable failure) {}

    private StatefulSearch(World world, Supplier<?> key, long limit) {
        this.world = world;
        this.key = key;
        this.limit = limit;
    }

    /**
     * Searches until all is seen, something goes wrong, or there are more than {@code limit} states.
     *
     * @param world what is searched; it is not asked what shows {@link World#atRest at rest}
     * @param key what tells the state that {@code world} is in from all others, what is on its way included
     */
    public static Seen of(World world, Supplier<?> key, long limit) {
        return new StatefulSearch(world, key, limit).search();
    }

    private Seen search() {
        world.reset();
        boolean there = arrive();
        while (!open.isEmpty() && world.failure() == null && seen.size() <= limit) {
            final int channel = open.element().nextSetBit(0);
            if (channel < 0) {
                open.pop();
                there = false;
                if (!path.isEmpty()) {
                    path.remove(path.size() - 1);
                }
                continue;
            }
            if (!there) {
                world.reset();
                path.forEach(world::deliver);
            }
            open.element().clear(channel);
            world.deliver(channel);
            deliveries++;
            there = arrive();
            if (there) {
                path.add(channel);
            }
        }
        return new Seen(seen.size(), deliveries, Set.copyOf(finals), open.isEmpty(), world.failure());
    }

    /** Looks at the state that the world is in; whether it is new. */
    private boolean arrive() {
        if (!seen.add(key.get())) {
            return false;
        }
        final BitSet enabled = world.enabled();
        if (enabled.isEmpty()) {
            finals.add(world.state());
        }
        open.push(enabled);
        return true;
    }
}
