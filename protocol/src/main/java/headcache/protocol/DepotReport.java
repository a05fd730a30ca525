package headcache.protocol;

/**
 * The counters of a depot since boot.
 *
 * @param magazines full magazines now
 * @param heads heads in them
 * @param mostMagazines the most full magazines there ever were
 * @param fullGiven trades that gave a full magazine
 * @param passedOn trades for a full magazine that found none, and went on to a slab for one head
 * @param fullTaken trades that brought a full magazine
 * @param reaped full magazines whose heads went home, because the working set did not need them
 */
public record DepotReport(
        int magazines, int heads, int mostMagazines, long fullGiven, long passedOn, long fullTaken, long reaped)
        implements Report {

    /** Trades of magazines: each is one contact of a CPU. */
    public long trades() {
        return fullGiven + passedOn + fullTaken;
    }
}
