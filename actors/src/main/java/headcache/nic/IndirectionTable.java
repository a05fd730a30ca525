package headcache.nic;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which queue of a NIC each hash of a flow goes to: the hash's low bits choose a place in the table.
 *
 * @param queues the queue in each place; as many places as a power of two
 */
public record IndirectionTable(List<Integer> queues) {
    /** Places in the table of most NICs. */
    public static final int PLACES = 128;

    /** Checks the number of places, and that every queue is named from 0 on. */
    public IndirectionTable {
        queues = List.copyOf(queues);
        if (Integer.bitCount(queues.size()) != 1) {
            throw new IllegalArgumentException(
                    "impossible indirection table: places=" + queues.size() + " must be a power of two");
        }
        if (queues.stream().anyMatch(queue -> queue < 0)) {
            throw new IllegalArgumentException("impossible indirection table: a queue is below 0: queues=" + queues);
        }
    }

    /**
     * {@value #PLACES} places dealt to {@code queues} queues in turn, as drivers do ({@code
     * ethtool_rxfh_indir_default}).
     *
     * @throws IllegalArgumentException if there are no queues, or more than places
     */
    public static IndirectionTable even(int queues) {
        if (queues < 1 || queues > PLACES) {
            throw new IllegalArgumentException(
                    "impossible indirection table: queues=" + queues + " must be 1 to " + PLACES);
        }
        return new IndirectionTable(
                IntStream.range(0, PLACES).mapToObj(place -> place % queues).toList());
    }

    /** The queue that frames with {@code hash} go to. */
    public int queue(int hash) {
        return queues.get(hash & (queues.size() - 1));
    }
}
