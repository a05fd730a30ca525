package headcache.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.SlabKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RouteTableTest {

    static List<String> bundled() {
        return TraceSource.BUNDLED;
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void knowsEveryCallOfTheRecordings(String name) {
        final Recording recording = RecordingReader.read(TraceSource.bundled(name));
        for (int id = 0; id < recording.callCount(); id++) {
            final Call call = recording.call(id);
            final boolean hasRoute = switch (call.event()) {
                case GET, PUT, SLAB_ALLOC, SLAB_FREE -> true;
                case BULK_ALLOC, BULK_FREE, POLL -> false;
            };
            assertThat(RouteTable.find(call).isPresent()).as(call.toString()).isEqualTo(hasRoute);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, napi_build_skb, '', HEAD, SOFTIRQ, false, napi_build_skb",
        "SLAB_ALLOC, napi_build_skb, '', HEAD, SOFTIRQ, false, napi_build_skb",
        "GET, __alloc_skb, '', HEAD, SOFTIRQ, false, __alloc_skb +RX +NAPI",
        "SLAB_ALLOC, __alloc_skb, '', FCLONE, TASK, false, __alloc_skb +FCLONE",
        "SLAB_ALLOC, __alloc_skb, '', HEAD, SOFTIRQ, false, __alloc_skb",
        "PUT, napi_consume_skb, net_rx_action, HEAD, SOFTIRQ, false, skb_attempt_defer_free",
        "PUT, napi_consume_skb, ixgbe_clean_tx_irq, HEAD, SOFTIRQ, false, napi_consume_skb",
        "PUT, __kfree_skb_defer, net_tx_action, HEAD, SOFTIRQ, false, __kfree_skb_defer",
        "PUT, __kfree_skb_defer, napi_gro_receive, HEAD, SOFTIRQ, false, GRO_MERGED_FREE",
        "SLAB_FREE, e1000_unmap_and_free_tx_resource, '', FCLONE, SOFTIRQ, false, napi_consume_skb",
        "SLAB_FREE, anything, '', HEAD, TASK, true, napi_consume_skb(0)",
        "SLAB_FREE, skb_release_data, '', HEAD, TASK, false, skb_release_data",
        "SLAB_FREE, napi_get_frags_check, '', HEAD, TASK, false, kfree_skb"
    })
    void findsTheWayOfACall(
            TraceEvent event,
            String function,
            String caller,
            SlabKind kind,
            TraceContext context,
            boolean budgetZero,
            String way) {
        final Call call = new Call(event, function, caller, kind, context, -1, budgetZero);
        assertThat(RouteTable.find(call).orElseThrow().label()).isEqualTo(way);
    }

    @Test
    void handsTheRequestedNodeOn() {
        final Call call =
                new Call(TraceEvent.SLAB_ALLOC, "__alloc_skb", "", SlabKind.HEAD, TraceContext.TASK, 3, false);
        final Route route = RouteTable.find(call).orElseThrow();
        assertThat(route)
                .isInstanceOfSatisfying(
                        Route.In.class, in -> assertThat(in.node()).isEqualTo(3));
    }

    @Test
    void marksWhatTheModelledKernelHasNot() {
        assertThat(RouteTable.entries())
                .filteredOn(entry -> entry.since() == RouteEntry.Since.V6_1)
                .extracting(RouteEntry::functions)
                .containsExactly(List.of("napi_consume_skb"), List.of("napi_get_frags_check"));
    }

    @Test
    void replaysUnknownFunctionsOnThePlainestWay() {
        final Call put = new Call(TraceEvent.PUT, "new_way_out", "x", SlabKind.HEAD, TraceContext.SOFTIRQ, -1, false);
        assertThat(RouteTable.find(put)).isEmpty();
        assertThat(RouteTable.fallback(put).isSoftirqOnly()).isTrue();
        final Call free = new Call(TraceEvent.SLAB_FREE, "new_rcv", "", SlabKind.HEAD, TraceContext.TASK, -1, false);
        assertThat(RouteTable.find(free)).isEmpty();
        assertThat(RouteTable.fallback(free).isSoftirqOnly()).isFalse();
    }
}
