package headcache.workload.packets;

import headcache.workload.BadInputException;
import headcache.workload.capture.Treatment;
import headcache.workload.packets.KernelNic.KernelHead;
import headcache.workload.trace.Call;
import headcache.workload.trace.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames in a recording: which get belongs to which NIC's frame, and what became of its head.
 *
 * <p>The gets and transmit completions between two polls of a CPU belong to the NIC of the second poll; only the get
 * at a NIC's registration belongs to no frame.
 */
final class KernelSide {
    private static final String STOLEN = "napi_skb_free_stolen_head";
    private static final String TRANSMITTED = "e1000_unmap_and_free_tx_resource";
    private static final String LIST_FREED = "skb_release_data";
    private static final String REGISTRATION = "napi_get_frags_check";

    private final Recording recording;
    private final Map<String, KernelNic> nics = new TreeMap<>();
    private final List<KernelPoll> polls = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final @Nullable KernelHead[] inUse;

    private KernelSide(Recording recording) {
        this.recording = recording;
        this.inUse = new KernelHead[recording.objectLimit()];
        for (int cpu = 0; cpu < recording.cpus(); cpu++) {
            pending.add(new Pending());
        }
    }

    /**
     * Reads {@code recording} from beginning to end.
     *
     * @throws BadInputException if a poll's frames are not as many as its gets
     */
    static KernelSide of(Recording recording) {
        final KernelSide side = new KernelSide(recording);
        for (int row = 0; row < recording.size(); row++) {
            side.row(row);
        }
        return side;
    }

    /** What it tells of each device. */
    Map<String, KernelNic> nics() {
        return nics;
    }

    /** The polls of all devices, in order. */
    List<KernelPoll> polls() {
        return polls;
    }

    private void row(int row) {
        switch (recording.event(row)) {
            case GET -> get(row);
            case PUT -> put(row);
            case SLAB_FREE -> slabFree(row);
            case POLL -> poll(row);
            case SLAB_ALLOC, BULK_ALLOC, BULK_FREE -> {}
        }
    }

    private void get(int row) {
        final int object = recording.object(row);
        if (object != Recording.NO_OBJECT) {
            final KernelHead head = new KernelHead(call(row).function());
            inUse[object] = head;
            pending.get(recording.cpu(row)).gets.add(head);
        }
    }

    private void put(int row) {
        final int object = recording.object(row);
        final KernelHead head = inUse[object];
        if (head != null && call(row).function().equals(STOLEN)) {
            head.treatment = Treatment.MERGED;
        }
        if (call(row).caller().equals(TRANSMITTED)) {
            pending.get(recording.cpu(row)).completions.add(head == null ? new KernelHead("") : head);
        }
        inUse[object] = null;
    }

    private void slabFree(int row) {
        final int object = recording.object(row);
        final KernelHead head = inUse[object];
        if (head != null && call(row).function().equals(LIST_FREED)) {
            head.treatment = Treatment.LIST_MEMBER;
        }
        if (head != null && call(row).function().equals(REGISTRATION)) {
            pending.forEach(of -> of.gets.remove(head));
        }
        inUse[object] = null;
    }

    private void poll(int row) {
        final String device = call(row).function();
        final KernelNic nic = nics.computeIfAbsent(device, name -> new KernelNic());
        final Pending its = pending.get(recording.cpu(row));
        if (its.gets.size() != recording.work(row)) {
            throw new BadInputException(
                    recording.file(),
                    recording.line(row),
                    "a poll received more or fewer frames than there are gets since the poll before",
                    "dev",
                    device,
                    "work",
                    recording.work(row),
                    "gets",
                    its.gets.size());
        }
        nic.poll(device, its.gets, its.completions);
        polls.add(new KernelPoll(device, its.completions.size(), its.gets.size()));
        its.gets.clear();
        its.completions.clear();
    }

    private Call call(int row) {
        return recording.call(recording.callId(row));
    }

    /** What happened on a CPU since its last poll. */
    private static final class Pending {
        final List<KernelHead> gets = new ArrayList<>();
        final List<KernelHead> completions = new ArrayList<>();
    }
}
