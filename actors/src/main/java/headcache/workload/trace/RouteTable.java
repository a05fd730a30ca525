package headcache.workload.trace;

import static headcache.workload.trace.RouteEntry.Since.V5_12;
import static headcache.workload.trace.RouteEntry.Since.V6_1;
import static headcache.workload.trace.TraceEvent.GET;
import static headcache.workload.trace.TraceEvent.PUT;
import static headcache.workload.trace.TraceEvent.SLAB_ALLOC;
import static headcache.workload.trace.TraceEvent.SLAB_FREE;

import headcache.protocol.AllocFlag;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which way into or out of the machine a kernel function is: the published mapping by which recordings
 * are replayed. The first line that matches counts.
 *
 * <p>Functions stand for what they do, whatever the row says became of it: {@code napi_build_skb} is the
 * same way in a {@code get} and in a {@code slab_alloc}, so a recording in which it went past the cache
 * disagrees with the model. Only {@code __alloc_skb} needs the row's event, because its flags are not
 * recorded.
 */
public final class RouteTable {
    private static final List<TraceEvent> ANY_ALLOC = List.of(GET, SLAB_ALLOC);
    private static final List<TraceEvent> ANY_FREE = List.of(PUT, SLAB_FREE);
    private static final int NAPI_RX = AllocFlag.NAPI.bit() | AllocFlag.RX.bit();

    private static final List<RouteEntry> ENTRIES = List.of(
            in(ANY_ALLOC, WayIn.NAPI_BUILD_SKB, 0, null, V5_12, "", "napi_build_skb", "__napi_build_skb"),
            in(
                    ANY_ALLOC,
                    WayIn.NAPI_ALLOC_SKB_FRAG,
                    0,
                    null,
                    V5_12,
                    "page-fragment path; for small buffers (1 KiB fragments) only since 6.1",
                    "__napi_alloc_skb",
                    "napi_alloc_skb"),
            in(ANY_ALLOC, WayIn.NAPI_GET_FRAGS, 0, null, V5_12, "", "napi_get_frags"),
            in(
                    List.of(GET),
                    WayIn.ALLOC_SKB_FLAGS,
                    NAPI_RX,
                    null,
                    V5_12,
                    "kmalloc path of napi_alloc_skb, the only caller with the NAPI flag",
                    "__alloc_skb"),
            in(
                    List.of(SLAB_ALLOC),
                    WayIn.ALLOC_SKB_FLAGS,
                    AllocFlag.FCLONE.bit(),
                    SlabKind.FCLONE,
                    V5_12,
                    "sending side of TCP",
                    "__alloc_skb"),
            in(
                    List.of(SLAB_ALLOC),
                    WayIn.ALLOC_SKB_FLAGS,
                    0,
                    SlabKind.HEAD,
                    V5_12,
                    "alloc_skb and all that calls it, without the NAPI flag",
                    "__alloc_skb"),
            in(ANY_ALLOC, WayIn.BUILD_SKB, 0, null, V5_12, "", "build_skb", "__build_skb", "build_skb_around"),
            in(ANY_ALLOC, WayIn.NETDEV_ALLOC_SKB, 0, null, V5_12, "", "__netdev_alloc_skb", "netdev_alloc_skb"),
            in(ANY_ALLOC, WayIn.SKB_CLONE, 0, null, V5_12, "a clone that found no free companion", "skb_clone"),
            new RouteEntry(
                    ANY_FREE,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    true,
                    new Route.Out(WayOut.NAPI_CONSUME_SKB_BUDGET_0),
                    V5_12,
                    "not in NAPI context, whoever calls"),
            put(
                    WayOut.HAND_BACK,
                    V6_1,
                    "a socket's deferred hand-back, put by the CPU that allocated it",
                    "napi_consume_skb",
                    "net_rx_action",
                    "skb_defer_free_flush"),
            put(WayOut.NAPI_CONSUME_SKB, V5_12, "transmit completion in a driver's poll", "napi_consume_skb"),
            put(WayOut.GRO_STOLEN_HEAD, V5_12, "", "napi_skb_free_stolen_head"),
            put(WayOut.KFREE_SKB_DEFER, V5_12, "the completion queue", "__kfree_skb_defer", "net_tx_action"),
            put(WayOut.GRO_MERGED_FREE, V5_12, "", "__kfree_skb_defer", "napi_gro_receive", "napi_gro_frags"),
            out(
                    WayOut.NAPI_CONSUME_SKB,
                    TraceContext.SOFTIRQ,
                    V5_12,
                    "transmit completion in a driver's poll; twins go to their own slab",
                    "e1000_unmap_and_free_tx_resource"),
            out(WayOut.GRO_LIST_MEMBER, null, V5_12, "freed with its aggregate", "skb_release_data"),
            out(WayOut.KFREE_SKB, null, V6_1, "registration of a poll function", "napi_get_frags_check"),
            out(
                    WayOut.KFREE_SKB,
                    null,
                    V5_12,
                    "kfree_skb or consume_skb by a protocol",
                    "__neigh_event_send",
                    "__tcp_close",
                    "arp_process",
                    "icmp_rcv",
                    "icmpv6_rcv",
                    "ip_rcv_core",
                    "kfree_skb_list",
                    "ndisc_rcv",
                    "raw_recvmsg",
                    "skb_free_datagram",
                    "tcp_ack",
                    "tcp_add_backlog",
                    "tcp_data_queue",
                    "tcp_rcv_established",
                    "tcp_rcv_state_process",
                    "tcp_recvmsg_locked",
                    "tcp_v4_rcv",
                    "tcp_v6_rcv",
                    "udp_queue_rcv_one_skb",
                    "udp_rcv",
                    "udp_recvmsg",
                    "udpv6_recvmsg"),
            out(
                    WayOut.KFREE_SKB,
                    null,
                    V5_12,
                    "kfree_skb or consume_skb by netlink, a device or the transmit path",
                    "__dev_queue_xmit",
                    "__netif_receive_skb_core",
                    "netlink_broadcast",
                    "netlink_recvmsg",
                    "netlink_unicast",
                    "packet_rcv",
                    "tpacket_rcv",
                    "unix_stream_read_generic",
                    "validate_xmit_skb"));

    private RouteTable() {}

    /** The lines, in the order in which they are tried. */
    public static List<RouteEntry> entries() {
        return ENTRIES;
    }

    /** The way that {@code call} takes; empty for a poll, a bulk call, and a function that is not in the table. */
    public static Optional<Route> find(Call call) {
        for (final RouteEntry entry : ENTRIES) {
            if (entry.matches(call)) {
                return Optional.of(
                        entry.route() instanceof Route.In in
                                ? new Route.In(in.way(), in.flags(), call.node())
                                : entry.route());
            }
        }
        return Optional.empty();
    }

    /**
     * The way on which a call is replayed whose function is not in the table: the plainest one that ends
     * where the recording says it ended. Nothing is compared then but objects and counts.
     */
    public static Route fallback(Call call) {
        return switch (call.event()) {
            case GET -> new Route.In(WayIn.NAPI_BUILD_SKB, 0, Op.ANY_NODE);
            case SLAB_ALLOC ->
                new Route.In(
                        WayIn.ALLOC_SKB_FLAGS,
                        call.kind() == SlabKind.FCLONE ? AllocFlag.FCLONE.bit() : 0,
                        call.node());
            case PUT -> new Route.Out(WayOut.KFREE_SKB_DEFER);
            case SLAB_FREE -> new Route.Out(WayOut.KFREE_SKB);
            case BULK_ALLOC, BULK_FREE, POLL -> throw new IllegalArgumentException("not a call of its own: " + call);
        };
    }

    private static RouteEntry in(
            List<TraceEvent> events,
            WayIn way,
            int flags,
            @Nullable SlabKind kind,
            RouteEntry.Since since,
            String note,
            String... functions) {
        final Route route = new Route.In(way, flags, Op.ANY_NODE);
        return new RouteEntry(events, List.of(functions), List.of(), kind, null, false, route, since, note);
    }

    private static RouteEntry put(WayOut way, RouteEntry.Since since, String note, String function, String... callers) {
        final Route route = new Route.Out(way);
        return new RouteEntry(ANY_FREE, List.of(function), List.of(callers), null, null, false, route, since, note);
    }

    private static RouteEntry out(
            WayOut way, @Nullable TraceContext context, RouteEntry.Since since, String note, String... functions) {
        final Route route = new Route.Out(way);
        return new RouteEntry(
                List.of(SLAB_FREE), List.of(functions), List.of(), null, context, false, route, since, note);
    }
}
