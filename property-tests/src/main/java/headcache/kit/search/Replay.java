package headcache.kit.search;

import headcache.kit.World;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run done again, channel by channel. Where the world has changed since, it goes as far as it fits: a delivery that
 * is not possible is left out, and what is left at the end is not delivered.
 *
 * @param names the deliveries that were done, in order
 * @param skipped places in what was asked, from 0, of deliveries that were not possible
 * @param cause what went wrong, or null
 */
public record Replay(
        List<String> names, List<Integer> skipped, @Nullable Throwable cause) {

    /** Does again in {@code world} what {@code names} tell. */
    public static Replay of(World world, List<String> names) {
        world.reset();
        final List<String> done = new ArrayList<>();
        final List<Integer> skipped = new ArrayList<>();
        for (int i = 0; i < names.size() && world.failure() == null; i++) {
            final int channel = enabled(world, names.get(i));
            if (channel < 0) {
                skipped.add(i);
            } else {
                world.deliver(channel);
                done.add(names.get(i));
            }
        }
        if (world.failure() == null && world.enabled().isEmpty()) {
            world.atRest();
        }
        return new Replay(List.copyOf(done), List.copyOf(skipped), world.failure());
    }

    private static int enabled(World world, String name) {
        final BitSet enabled = world.enabled();
        return enabled.stream()
                .filter(channel -> world.name(channel).equals(name))
                .findFirst()
                .orElse(-1);
    }
}
