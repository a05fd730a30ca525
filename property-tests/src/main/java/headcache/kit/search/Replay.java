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
        final HappensBefore run = new HappensBefore();
        run.clear(world.sent());
        final List<String> done = new ArrayList<>();
        final List<Integer> skipped = new ArrayList<>();
        @Nullable Throwable cause = world.failure();
        for (int i = 0; i < names.size() && cause == null; i++) {
            final int channel = enabled(world, names.get(i));
            if (channel < 0) {
                skipped.add(i);
            } else {
                world.deliver(channel);
                run.add(channel, world.receiver(channel), world.sent());
                done.add(names.get(i));
                final Throwable unordered = Tally.unordered(world, run);
                cause = world.failure() == null ? unordered : world.failure();
            }
        }
        return new Replay(List.copyOf(done), List.copyOf(skipped), cause == null ? atEnd(world) : cause);
    }

    private static @Nullable Throwable atEnd(World world) {
        if (world.enabled().isEmpty()) {
            world.ended();
            if (world.failure() == null) {
                world.atRest();
            }
        }
        return world.failure();
    }

    private static int enabled(World world, String name) {
        final BitSet enabled = world.enabled();
        return enabled.stream()
                .filter(channel -> world.name(channel).equals(name))
                .findFirst()
                .orElse(-1);
    }
}
