package headcache.workload.conform;

import headcache.workload.trace.Recording;
import headcache.workload.trace.TraceEvent;

/** Rows of a recording as people read them. */
final class RowText {
    private static final int SHOWN = 8;

    private RowText() {}

    /** {@code put object=17 count=64 via=napi_consume_skb caller=net_rx_action}. */
    static String of(Recording recording, int row) {
        final TraceEvent event = recording.event(row);
        final String call = recording.call(recording.callId(row)).toString();
        final String rest = call.substring(event.label().length());
        return switch (event) {
            case GET, PUT -> event.label() + object(recording, row) + " count=" + recording.count(row) + rest;
            case SLAB_ALLOC, SLAB_FREE -> event.label() + object(recording, row) + rest;
            case BULK_ALLOC -> event.label() + list("", recording.objects(row)) + rest;
            case BULK_FREE ->
                event.label() + list("", recording.objects(row)) + list("kept ", recording.kept(row)) + rest;
            case POLL ->
                event.label() + " work=" + recording.work(row) + " budget=" + recording.budget(row)
                        + rest.replace(" site=", " dev=");
        };
    }

    private static String object(Recording recording, int row) {
        return recording.object(row) == Recording.NO_OBJECT ? " failed" : " object=" + recording.object(row);
    }

    /** {@code n=16 [33;32;27 ... 53]}. */
    static String list(String what, int[] objects) {
        final StringBuilder text = new StringBuilder(" ")
                .append(what)
                .append("n=")
                .append(objects.length)
                .append(" [");
        for (int i = 0; i < objects.length; i++) {
            if (objects.length > SHOWN && i == SHOWN - 1) {
                text.append(" ... ").append(objects[objects.length - 1]);
                break;
            }
            text.append(i == 0 ? "" : ";").append(objects[i]);
        }
        return text.append(']').toString();
    }
}
