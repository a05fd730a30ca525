package headcache.kit;

import org.jspecify.annotations.Nullable;

/**
 * What a rule says of a run.
 *
 * @param rule its name
 * @param law what must hold, in one line
 * @param broken how it was broken, or null if it holds
 */
public record Statement(String rule, String law, @Nullable String broken) {}
