package headcache.kit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A system of actors that stands still until it is told which channel delivers next. Whoever explores it knows no
 * more of it than this.
 */
public interface World extends AutoCloseable {
    /** No things. */
    int[] NOTHING = {};

    /** What is assumed of the order of messages. */
    Semantics semantics();

    /** Begins a new run, with everything as it was at first. */
    void reset();

    /** The channels that can deliver now, by number; the caller may change the set. */
    BitSet enabled();

    /** Delivers the oldest message of {@code channel}, which must be enabled. */
    void deliver(int channel);

    /** The channels that the last delivery, or the beginning of the run, sent to; one entry for each message. */
    int[] sent();

    /** The number of the actor that {@code channel} leads to. */
    int receiver(int channel);

    /** What {@code channel} is called: {@code sender -> receiver}. */
    String name(int channel);

    /**
     * The things that the last delivery touched, by number from 0 on, each once: whatever must have one owner at a
     * time, who hands it on by message. Two deliveries that touch one thing must not be independent of one another,
     * so searches check that the one happens before the other.
     */
    default int[] touched() {
        return NOTHING;
    }

    /** What is wrong if deliveries number {@code first} and {@code second}, from 1 on, touched {@code thing} in no order. */
    default Throwable unordered(int thing, int first, int second) {
        return new IllegalStateException("touched in no order: thing=" + thing + ", deliveries=" + first + " and "
                + second + "; neither depends on the other, so they can come at once");
    }

    /** Looks at a run that has just come to its end, whatever others ended in the same state. */
    default void ended() {}

    /**
     * Looks for what shows only when nothing is left to deliver; called for the first run that ends in a state, when
     * {@link #state} has been read.
     */
    default void atRest() {}

    /** What has gone wrong in this run, or null. */
    @Nullable
    Throwable failure();

    /** What tells this state from others; two runs that end in equal states have equal values here. */
    Object state();

    /**
     * Begins a new run in which other deliveries may be possible.
     *
     * @return whether this world can do so; if not, nothing has changed
     */
    default boolean assume(Semantics semantics) {
        return semantics == semantics();
    }

    /** The message that was delivered last, as people read it; the empty string if the world does not tell. */
    default String message() {
        return "";
    }

    /** What the last delivery, or the beginning of the run, sent, in order. */
    default List<Sent> sends() {
        return Arrays.stream(sent())
                .mapToObj(channel -> new Sent(name(channel).replaceFirst("^.* -> ", ""), ""))
                .toList();
    }

    /** What an observer inside saw of the last delivery, in order, a line each. */
    default List<String> observed() {
        return List.of();
    }

    /** What tells one way to go wrong from another: the name of the rule that was broken. */
    default String rule(Throwable cause) {
        return cause instanceof Broken broken ? broken.rule() : cause.getClass().getName();
    }

    /** What each rule that is looked after says of the run so far, in which {@code cause} went wrong, or null; it may be silent. */
    default List<Statement> statements(@Nullable Throwable cause) {
        return List.of();
    }

    @Override
    default void close() {}
}
