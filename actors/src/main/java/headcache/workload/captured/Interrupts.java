package headcache.workload.captured;

import java.util.Arrays;

/** When each of some queues is polled: a while after something came, unless it was polled before. */
final class Interrupts {
    private static final long NEVER = Long.MAX_VALUE;

    private final long[] due;

    Interrupts(int queues) {
        due = new long[queues];
        Arrays.fill(due, NEVER);
    }

    /** {@code queue} is to be polled at {@code time}, unless it is anyway. */
    void raise(int queue, long time) {
        if (due[queue] == NEVER) {
            due[queue] = time;
        }
    }

    /** {@code queue} is polled. */
    void clear(int queue) {
        due[queue] = NEVER;
    }

    /** When {@code queue} is polled, if it is. */
    long due(int queue) {
        return due[queue];
    }

    /** The queue that is polled next, the first of several; -1 if none is by {@code time}. */
    int next(long time) {
        int next = -1;
        for (int queue = 0; queue < due.length; queue++) {
            if (due[queue] <= time && due[queue] != NEVER && (next < 0 || due[queue] < due[next])) {
                next = queue;
            }
        }
        return next;
    }
}
