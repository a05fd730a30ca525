package headcache.workload.packets;

import headcache.workload.capture.Frame;
import headcache.workload.capture.Gro;
import headcache.workload.capture.GroUnit;
import headcache.workload.capture.Treatment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the model makes of the frames that a NIC received.
 *
 * @param treatments what becomes of the head of each frame
 * @param units what is handed up, in order
 */
record ModelNic(List<Treatment> treatments, List<GroUnit> units) {
    /** Receives {@code frames} in polls of these sizes; frames beyond the last poll are received in one more. */
    static ModelNic receive(List<Frame> frames, Iterable<Integer> polls) {
        final List<GroUnit> units = new ArrayList<>();
        final List<Treatment> treatments = new ArrayList<>();
        final Gro gro = new Gro(units::add);
        final Iterator<Frame> next = frames.iterator();
        for (final int size : polls) {
            for (int i = 0; i < size && next.hasNext(); i++) {
                treatments.add(gro.receive(next.next()));
            }
            gro.endPoll();
        }
        next.forEachRemaining(frame -> treatments.add(gro.receive(frame)));
        gro.endPoll();
        return new ModelNic(treatments, units);
    }

    /** The kernel function for which the driver takes the head of {@code frame}: short frames are copied. */
    static String site(Frame frame) {
        return frame.isShort() ? "__napi_alloc_skb" : "napi_build_skb";
    }

    /** How many frames are treated as {@code treatment}. */
    int count(Treatment treatment) {
        return (int) treatments.stream().filter(treatment::equals).count();
    }
}
