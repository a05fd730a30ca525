package headcache.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A GRO unit that a NAPI instance holds until its flush.
 *
 * @param flow the flow whose frames it takes up
 * @param skb the aggregate
 * @param to where it goes at the flush; null: dropped by the stack
 * @param queue the transmit queue of a NIC it goes to
 */
public record HeldUnit(int flow, Skb skb, @Nullable ActorName to, int queue) {}
