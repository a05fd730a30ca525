package headcache.memory;

import headcache.protocol.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For each node the other nodes with memory, nearest first: the order in which a request that one node cannot serve
 * goes round ({@code zonelist}).
 *
 * <p>Every node knows all lists, because a request goes round in the order of the node that was asked first.
 */
public final class ZoneLists {
    private final NodeId[][] lists;

    private ZoneLists(NodeId[][] lists) {
        this.lists = lists;
    }

    /** The lists of a machine with one node. */
    public static ZoneLists single() {
        return of(new int[][] {{}});
    }

    /**
     * Lists as given.
     *
     * @param others for each node the others, in the order in which they are asked; nobody asks a memoryless node,
     *     so it is on no list, and its own is never used
     * @throws IllegalArgumentException if a list names a node twice, the node itself, or one there is not
     */
    public static ZoneLists of(int[][] others) {
        final NodeId[][] lists = new NodeId[others.length][];
        for (int node = 0; node < others.length; node++) {
            final boolean[] seen = new boolean[others.length];
            seen[node] = true;
            lists[node] = new NodeId[others[node].length];
            for (int i = 0; i < lists[node].length; i++) {
                final int other = others[node][i];
                if (other < 0 || other >= seen.length || seen[other]) {
                    throw new IllegalArgumentException("impossible zone list: node=" + node + ", place=" + i
                            + ", other=" + other + " must be another node, named once; list="
                            + Arrays.toString(others[node]) + ", nodes=" + others.length);
                }
                seen[other] = true;
                lists[node][i] = new NodeId(other);
            }
        }
        return new ZoneLists(lists);
    }

    /**
     * Lists of nodes that are equally far from one another: the following numbers first, then those from 0, as the
     * kernel breaks ties ({@code find_next_best_node}).
     *
     * @param hasMemory for each node whether it has memory
     */
    public static ZoneLists equallyFar(boolean... hasMemory) {
        final int nodes = hasMemory.length;
        final int[][] others = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            final List<Integer> list = new ArrayList<>();
            for (int step = 1; step < nodes; step++) {
                final int other = (node + step) % nodes;
                if (hasMemory[other]) {
                    list.add(other);
                }
            }
            others[node] = list.stream().mapToInt(Integer::intValue).toArray();
        }
        return of(others);
    }

    /** How many other nodes {@code node} has. */
    public int others(NodeId node) {
        return lists[node.index()].length;
    }

    /** The other node of {@code node} in {@code place}, 0 for the nearest. */
    public NodeId other(NodeId node, int place) {
        return lists[node.index()][place];
    }
}
