package headcache.kit.search;

import java.util.List;

/**
 * A run in which something went wrong.
 *
 * @param channels which channel delivered, delivery by delivery
 * @param names what these channels are called
 * @param cause what went wrong
 */
public record Found(List<Integer> channels, List<String> names, Throwable cause) {}
