package headcache.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A data buffer that an aggregate took over from a merged frame, and the ones taken over before it.
 *
 * @param data the name of the data: the head it was first allocated with
 * @param next the fragments taken over earlier, or null
 */
public record Fragment(int data, @Nullable Fragment next) {}
