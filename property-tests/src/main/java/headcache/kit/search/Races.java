package headcache.kit.search;

import headcache.kit.run.HappensBefore;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Which messages were in a race: they came to one actor one right after the other, and nothing made the one wait for
 * the other.
 */
final class Races {
    private static final int BITS = 16;
    private static final long MASK = (1L << (2 * BITS)) - 1;

    private final Set<Long> orders = new HashSet<>();

    /** For each channel, how many of its messages the present run has delivered. */
    private int[] delivered = new int[64];

    /** For each step of the present run, its message: the channel, and its place among that channel's. */
    private int[] messages = new int[64];

    /** Looks at a whole run. */
    void add(HappensBefore run) {
        Arrays.fill(delivered, 0);
        for (int step = 0; step < run.length(); step++) {
            final int channel = run.channel(step);
            room(step, channel);
            messages[step] = channel << BITS | delivered[channel]++;
            final int before = run.previous(step);
            if (before >= 0 && run.channel(before) != channel && !run.isBeforeOrSame(before, run.sender(step))) {
                orders.add((long) messages[before] << (2 * BITS) | messages[step]);
            }
        }
    }

    private void room(int step, int channel) {
        if (step == messages.length) {
            messages = Arrays.copyOf(messages, 2 * step);
        }
        if (channel >= delivered.length) {
            delivered = Arrays.copyOf(delivered, 2 * channel);
        }
    }

    /** Pairs of messages that were in a race in some run. */
    long pairs() {
        return orders.size() - both();
    }

    /** Those of them that were seen in both orders. */
    long both() {
        return orders.stream()
                        .filter(order -> orders.contains((order & MASK) << (2 * BITS) | order >>> (2 * BITS)))
                        .count()
                / 2;
    }
}
