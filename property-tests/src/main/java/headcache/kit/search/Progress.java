package headcache.kit.search;

/** Is told now and then how far a search has come. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (runs, share) -> {};

    /**
     * Hears of a search.
     *
     * @param runs runs so far
     * @param share which part of all runs that is, from 0 to 1, estimated by how often the search could have chosen
     *     otherwise on its present way; {@link Double#NaN} if nothing is known of it
     */
    void at(long runs, double share);
}
