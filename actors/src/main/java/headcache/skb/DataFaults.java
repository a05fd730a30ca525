package headcache.skb;

import headcache.protocol.WayIn;
import headcache.step.StateBytes;

/** Fault injection into allocations of data: the next ones fail, as many as were set. */
public final class DataFaults {
    private int due;

    DataFaults() {}

    private DataFaults(int due) {
        this.due = due;
    }

    /** Lets the next {@code times} fail; instead of what was set before. */
    public void set(int times) {
        due = times;
    }

    /** Whether the data that {@code way} allocates now fails; who brings a buffer, or shares one, allocates none. */
    boolean strike(WayIn way) {
        if (due == 0 || way == WayIn.NAPI_BUILD_SKB || way == WayIn.BUILD_SKB || way == WayIn.SKB_CLONE) {
            return false;
        }
        due--;
        return true;
    }

    DataFaults copy() {
        return new DataFaults(due);
    }

    /** Writes how many are due. */
    public void encode(StateBytes bytes) {
        bytes.put(due);
    }
}
