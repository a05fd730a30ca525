package headcache.kit.search;

import headcache.kit.World;

/** A way to choose which runs of a world are tried, and in which order. */
public interface Strategy {

    /** Tries runs of {@code world} until all are tried, one goes wrong, or a limit is reached. */
    Explored explore(World world, Limits limits);

    /** What a search that finds nothing has shown, in one sentence. */
    String guarantee();

    /** Where it is described. */
    String source();
}
