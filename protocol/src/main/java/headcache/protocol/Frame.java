package headcache.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A received frame that holds no head yet: how the driver builds its skb and what becomes of it.
 *
 * @param way the function the driver allocates with
 * @param verdict what GRO and the stack decide
 * @param flow the flow it belongs to; merging needs a held unit of the same flow
 * @param to the NIC, or the driver in its place, that forwards it or the task that receives it, for {@link Verdict#HOLD} and {@link
 *     Verdict#PASS}; null: dropped by the stack
 * @param queue the transmit queue of that NIC, 0 for a task
 */
public record Frame(
        WayIn way, Verdict verdict, int flow, @Nullable ActorName to, int queue) {}
