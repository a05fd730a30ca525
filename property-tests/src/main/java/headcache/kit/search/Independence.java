package headcache.kit.search;

import headcache.kit.Semantics;
import headcache.kit.World;
import java.util.BitSet;

/** What a reduction takes for granted: deliveries to different actors do not depend on one another. */
final class Independence {
    private Independence() {}

    /**
     * Looks whether it can be taken for granted.
     *
     * @throws IllegalArgumentException if the semantics of {@code world} make deliveries wait for others
     */
    static void mustHold(World world) {
        if (world.semantics() != Semantics.PER_PAIR_FIFO) {
            throw new IllegalArgumentException("the reduction holds for " + Semantics.PER_PAIR_FIFO
                    + " only, because elsewhere deliveries to different actors depend on one another: semantics="
                    + world.semantics());
        }
    }

    /**
     * What the delivery of {@code channel} to {@code receiver} has just taken away of what was {@code enabled} before
     * it, such as a timer that was cancelled; it is in no run that goes on from here.
     *
     * @throws IllegalStateException if another actor would have got it
     */
    static BitSet lost(World world, BitSet enabled, int channel, int receiver) {
        final BitSet lost = (BitSet) enabled.clone();
        lost.clear(channel);
        lost.andNot(world.enabled());
        for (int other = lost.nextSetBit(0); other >= 0; other = lost.nextSetBit(other + 1)) {
            if (world.receiver(other) != receiver) {
                throw new IllegalStateException(
                        "a delivery took away what another actor would have got, so that they are not independent:"
                                + " delivered=" + world.name(channel) + ", lost=" + world.name(other)
                                + "; search without reduction");
            }
        }
        return lost;
    }
}
