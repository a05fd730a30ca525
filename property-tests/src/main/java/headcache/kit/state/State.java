package headcache.kit.state;

import java.util.BitSet;

/**
 * A state of a system of actors: what each of them is, and what is on its way. It never changes; a delivery makes
 * another.
 */
public interface State {

    /** The channels that can deliver, by number; the caller may change the set. */
    BitSet enabled();

    /** The number of the actor that {@code channel} leads to. */
    int receiver(int channel);

    /** The state after the oldest message of {@code channel} was delivered. */
    State after(int channel);

    /** What tells it from every state that behaves differently; may be shared, must not be changed. */
    byte[] key();
}
