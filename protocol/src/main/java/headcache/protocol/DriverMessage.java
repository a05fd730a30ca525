package headcache.protocol;

import org.jspecify.annotations.Nullable;

/** What whoever feeds the machine is told. Drivers come from outside, so they may know other messages too. */
public non-sealed interface DriverMessage extends Message {

    /**
     * A batch has been done.
     *
     * @param who where it ran
     * @param slots the batch's slots as they are now; handed over
     * @param failed allocations that failed
     * @param cancelled operations that found their slot empty
     */
    record BatchDone(ActorName who, @Nullable Skb[] slots, int failed, int cancelled) implements DriverMessage {}
}
