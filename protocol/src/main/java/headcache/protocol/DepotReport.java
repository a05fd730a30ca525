package headcache.protocol;

/**
 * The counters of a depot of magazines, or a barn of sheaves, since boot.
 *
 * @param magazines full magazines now
 * @param heads heads in them
 * @param mostMagazines the most full magazines there ever were
 * @param fullGiven trades that gave a full magazine
 * @param passedOn trades for a full magazine that found none, and went on to a slab
 * @param fullTaken trades that brought a full magazine
 * @param refused trades that brought a full sheaf for which a barn had no room
 * @param reaped full magazines whose heads went home, because the working set did not need them, or in a drain
 * @param empties empty sheaves that a barn has now; a depot does not count them
 */
public record DepotReport(
        int magazines,
        int heads,
        int mostMagazines,
        long fullGiven,
        long passedOn,
        long fullTaken,
        long refused,
        long reaped,
        int empties)
        implements Report {

    /** Trades of magazines: each is one contact of a CPU. */
    public long trades() {
        return fullGiven + passedOn + fullTaken + refused;
    }
}
