package headcache.workload;

import headcache.machine.Topology;
import java.util.List;

/**
 * Operations on skbs by CPU and context, in one order over all CPUs in which they can be done one after the
 * other. It does not say whether cache or slab serves an operation; that is up to the machine.
 *
 * <p>Skbs have numbers, which are used again after the skb's end. Every skb ends, so a workload can be
 * repeated. All streams of a workload give the same operations.
 */
public interface Workload {

    /** Its name, as commands take it. */
    String name();

    /** What it is like, in a sentence. */
    String summary();

    /** The machine it is for; it may run on any that has at least these CPUs and nodes. */
    Topology topology();

    /** How many skbs begin and end in it. */
    long packets();

    /** The kinds of its operations. */
    OpKinds kinds();

    /** What should be known when its figures are read, one line each. */
    List<String> notes();

    /** Its operations from the beginning. */
    OpStream open();
}
