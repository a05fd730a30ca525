package headcache.protocol;

import org.jspecify.annotations.Nullable;

/**
 * An skb on the frag_list of an aggregate, and those linked before it.
 *
 * @param skb the member; it keeps its own head until the aggregate is freed
 * @param next the members linked earlier, or null
 */
public record Member(Skb skb, @Nullable Member next) {}
