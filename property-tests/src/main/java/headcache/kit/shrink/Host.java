package headcache.kit.shrink;

import headcache.kit.Semantics;
import headcache.kit.World;

/**
 * Sets up one case after the other, in one world if it can: to start an actor system takes longer than most runs.
 *
 * @param <C> the kind of case
 */
public interface Host<C> extends AutoCloseable {

    /** The world of {@code subject}, to be used until this is called again. */
    World show(C subject, Semantics semantics);

    @Override
    void close();
}
