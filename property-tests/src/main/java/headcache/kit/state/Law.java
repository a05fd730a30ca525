package headcache.kit.state;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of all actors at once, at every state. It is told in parts, one for each actor with what is on its
 * way to it, so that a part is made once however many states it occurs in.
 *
 * @param <S> states of actors
 * @param <M> messages
 * @param <P> what a part says; threads share it, so it must not change
 */
public interface Law<S, M, P> {

    /** What is to be known of {@code actor} in {@code state} to whom {@code inbox} is on its way, by sender. */
    P part(int actor, S state, SortedMap<Integer, List<M>> inbox);

    /** What is wrong when actors, by number, are as {@code parts} say; null if nothing is. */
    @Nullable
    String broken(List<P> parts);
}
