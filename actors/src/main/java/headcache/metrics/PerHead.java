package headcache.metrics;

import headcache.protocol.Head;
import java.util.Arrays;

/**
 * A number for each plain head, 0 at first.
 *
 * <p>Memory: 4 bytes for each head up to the highest that was ever given a number; so it follows the machine's memory
 * and not the length of the workload.
 */
final class PerHead {
    private static final int FEWEST = 1024;

    private int[][] nodes = {};

    /** The number of {@code head}. */
    int get(int head) {
        final int node = Head.node(head);
        final int index = Head.index(head);
        return node < nodes.length && index < nodes[node].length ? nodes[node][index] : 0;
    }

    /** Gives {@code head} the number {@code value}. */
    void set(int head, int value) {
        final int node = Head.node(head);
        final int index = Head.index(head);
        if (node >= nodes.length || index >= nodes[node].length) {
            grow(node, index);
        }
        nodes[node][index] = value;
    }

    private void grow(int node, int index) {
        if (node >= nodes.length) {
            final int known = nodes.length;
            nodes = Arrays.copyOf(nodes, node + 1);
            Arrays.fill(nodes, known, nodes.length, new int[0]);
        }
        if (index >= nodes[node].length) {
            nodes[node] = Arrays.copyOf(nodes[node], Math.max(FEWEST, Integer.highestOneBit(index) * 2));
        }
    }
}
