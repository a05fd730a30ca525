package headcache.protocol;

import org.jspecify.annotations.Nullable;

/** What whoever feeds the machine is told. Drivers come from outside, so they may know other messages too. */
public non-sealed interface DriverMessage extends Message {

    /** Begin, and tell {@code from} from time to time how far you have come, and when you are at the end. */
    record Start(ActorName from) implements DriverMessage {}

    /**
     * A batch has been done.
     *
     * @param who where it ran
     * @param slots the batch's slots as they are now; handed over
     * @param failed allocations that failed
     * @param cancelled operations that found their slot empty
     */
    record BatchDone(ActorName who, @Nullable Skb[] slots, int failed, int cancelled) implements DriverMessage {}

    /**
     * How far a driver has come: what the machine has done so far of what it was told.
     *
     * @param who the driver
     * @param packets allocations done, failed ones included
     * @param operations operations done, cancelled ones included
     * @param batches batches done
     * @param failed allocations that failed
     * @param cancelled operations on an skb whose allocation had failed
     * @param ended whether that was all
     */
    record Progress(
            DriverId who, long packets, long operations, long batches, long failed, long cancelled, boolean ended)
            implements DriverMessage {}
}
