package headcache.kit;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A system of actors that stands still until it is told which channel delivers next. Whoever explores it knows no
 * more of it than this.
 */
public interface World {

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

    /** What {@code channel} is called. */
    String name(int channel);

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
}
