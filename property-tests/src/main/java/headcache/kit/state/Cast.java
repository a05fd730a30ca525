package headcache.kit.state;

import java.util.List;

/**
 * The actors of a system as plain steps: what each is at first, and what a message makes of it. There is nothing
 * else: what an actor does depends on its state and the message alone.
 *
 * <p>Whoever searches a cast calls it from one thread at a time, and never twice for the same state and message.
 *
 * @param <S> states of actors; never changed
 * @param <M> messages; never changed
 */
public interface Cast<S, M> {

    /** Takes what is sent. */
    interface Post<M> {

        /** Puts {@code message} behind whatever {@code from} has sent to {@code to} before. */
        void send(int from, int to, M message);
    }

    /** How many actors there are; they are numbered from 0. */
    int actors();

    /** What {@code actor} is at first. */
    S first(int actor);

    /** Sends what is on its way at first. */
    void begin(Post<M> post);

    /** What {@code actor} becomes by {@code message}, which must not change {@code before}; sends what it sends. */
    S after(int actor, S before, M message, Post<M> post);

    /** What tells a state of an actor from every other that behaves differently, with actors named by {@code names}. */
    byte[] stateKey(S state, Names names);

    /** What tells a message from every other, with actors named by {@code names}. */
    byte[] messageKey(M message, Names names);

    /**
     * The ways to exchange actors, other than not at all, that change nothing but names. They must form a group:
     * one after the other is another of them, or none.
     */
    default List<Names> symmetries() {
        return List.of();
    }
}
