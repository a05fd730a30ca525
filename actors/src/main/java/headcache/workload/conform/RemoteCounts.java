package headcache.workload.conform;

import headcache.protocol.Head;
import headcache.workload.trace.TraceEvent;

/**
 * How many heads of other nodes a CPU got, put and was delivered.
 *
 * <p>Of gets and puts the recorded side is counted here; the model counts them itself.
 */
final class RemoteCounts {
    private final int memoryNode;
    private long gets;
    private long puts;
    private long recordedDelivered;
    private long modelDelivered;

    RemoteCounts(int memoryNode) {
        this.memoryNode = memoryNode;
    }

    /** A recorded get or put. */
    void moved(TraceEvent event, int head) {
        if (isRemote(head)) {
            if (event == TraceEvent.GET) {
                gets++;
            } else {
                puts++;
            }
        }
    }

    void recordedDelivered(int head) {
        recordedDelivered += isRemote(head) ? 1 : 0;
    }

    void modelDelivered(int head) {
        modelDelivered += isRemote(head) ? 1 : 0;
    }

    long gets() {
        return gets;
    }

    long puts() {
        return puts;
    }

    long recordedDelivered() {
        return recordedDelivered;
    }

    long modelDelivered() {
        return modelDelivered;
    }

    private boolean isRemote(int head) {
        return head != Head.NONE && Head.node(head) != memoryNode;
    }
}
