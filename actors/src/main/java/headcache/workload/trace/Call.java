package headcache.workload.trace;

import headcache.protocol.Op;
import headcache.protocol.SlabKind;

/**
 * What was called in the kernel when a row was recorded. Rows that differ in their objects and counts
 * only have the same call, so a recording has a few dozen.
 *
 * @param event the kind of row
 * @param function the function: the row's {@code site} or {@code via}; of a poll, its device; may be
 *     empty
 * @param caller of a put, who called the function; otherwise empty
 * @param kind which slab the object is of
 * @param context the context; a get or put is always the CPU's own turn
 * @param node of a single allocation, the requested node, or {@link Op#ANY_NODE}
 * @param budgetZero whether the consume function was called with budget 0
 */
public record Call(
        TraceEvent event,
        String function,
        String caller,
        SlabKind kind,
        TraceContext context,
        int node,
        boolean budgetZero) {

    /** As people read it: {@code put via=napi_consume_skb caller=net_rx_action}. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(event.label());
        append(text, event == TraceEvent.PUT || event == TraceEvent.BULK_FREE ? "via" : "site", function);
        append(text, "caller", caller);
        if (event == TraceEvent.SLAB_ALLOC || event == TraceEvent.SLAB_FREE) {
            append(text, "cache", kind == SlabKind.HEAD ? "head" : "fclone");
            append(text, "ctx", context.label());
            append(text, "node", node == Op.ANY_NODE ? "" : Integer.toString(node));
            append(text, "budget0", budgetZero ? "1" : "");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append(' ').append(key).append('=').append(value);
        }
    }
}
