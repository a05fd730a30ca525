package headcache.protocol;

import org.jspecify.annotations.Nullable;

/** What whoever feeds the machine is told. */
public sealed interface DriverMessage extends Message
        permits DriverMessage.BatchDone, NicMessage.PollDone, MachineMessage.Drained, MachineMessage.Switched, Connect {

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
