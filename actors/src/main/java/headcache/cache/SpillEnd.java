package headcache.cache;

/** Which end of a full head cache a spill takes its heads from. */
public enum SpillEnd {
    /** The heads that were put last, the one just put included: what v5.12 does. */
    NEWEST,
    /** The heads that were put first; the others move down to slot 0. */
    OLDEST
}
