package headcache.middle;

import headcache.protocol.DepotId;
import headcache.protocol.Head;
import headcache.step.HeadMisuse;

/** What is brought to a depot or a barn must be full. */
final class FullMagazine {
    private FullMagazine() {}

    static void check(int[] heads, int rounds, DepotId depot) {
        if (heads.length != rounds) {
            throw new HeadMisuse(
                    HeadMisuse.Rule.WRONG_SLAB,
                    heads.length == 0 ? Head.NONE : heads[0],
                    depot.toString(),
                    "given in a magazine that is not full: heads=" + heads.length + ", rounds=" + rounds,
                    "");
        }
    }
}
