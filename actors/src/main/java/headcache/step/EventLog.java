package headcache.step;

import java.util.Arrays;

/** The events of one step, in order; valid until the call it is handed to returns. */
public final class EventLog {
    private static final EventKind[] KINDS = EventKind.values();
    private static final int FIELDS = 3;

    private int[] fields = new int[16 * FIELDS];
    private int size;

    /** How many events there are. */
    public int size() {
        return size;
    }

    /** What event {@code i} was. */
    public EventKind kind(int i) {
        return KINDS[fields[i * FIELDS]];
    }

    /** The head of event {@code i}. */
    public int head(int i) {
        return fields[i * FIELDS + 1];
    }

    /** The detail of event {@code i}. */
    public int detail(int i) {
        return fields[i * FIELDS + 2];
    }

    /** Appends an event. */
    public void add(EventKind kind, int head, int detail) {
        final int at = size * FIELDS;
        if (at == fields.length) {
            fields = Arrays.copyOf(fields, fields.length * 2);
        }
        fields[at] = kind.ordinal();
        fields[at + 1] = head;
        fields[at + 2] = detail;
        size++;
    }

    /** Forgets all events, to be used for the next step. */
    public void clear() {
        size = 0;
    }
}
