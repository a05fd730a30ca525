package headcache.step;

/**
 * Where the heads are that one actor has, at one moment: what an actor tells of itself in an audit.
 *
 * @param all heads on a slab's pages, wherever they are now
 * @param inSlab those of them that are free
 * @param inCache heads that are parked in a head cache, in a magazine of a depot, or between the caches of CPUs
 * @param inUse heads of skbs that the actor has, and heads it was given and has not laid anywhere yet
 */
public record HeadCount(HeadSums all, HeadSums inSlab, HeadSums inCache, HeadSums inUse) {

    /** Nothing counted yet. */
    public static HeadCount nothing() {
        return new HeadCount(new HeadSums(), new HeadSums(), new HeadSums(), new HeadSums());
    }
}
