package headcache.memory;

import headcache.protocol.NodeId;
import headcache.slab.SlabConfig;

/**
 * What the slab of one node is made with.
 *
 * @param node the node
 * @param zones the order in which nodes are asked, the same for all nodes of a machine
 * @param heads the slab of plain heads
 * @param pairs the slab of fclone pairs
 * @param remoteNodeDefragRatio how readily partial pages of other nodes are preferred to a new page here, 0 (never)
 *     to 1024 (always); a roll of 0 to 1023 that is at most this much says yes. The kernel's default is {@value
 *     #DEFAULT_RATIO}, which its sysfs file shows as 100
 * @param seed of the dice
 */
public record NodeConfig(
        NodeId node, ZoneLists zones, SlabConfig heads, SlabConfig pairs, int remoteNodeDefragRatio, long seed) {
    /** What {@code remote_node_defrag_ratio} is unless somebody sets it: yes 1,001 times in 1,024. */
    public static final int DEFAULT_RATIO = 1000;

    /**
     * Checks the ratio.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public NodeConfig {
        if (remoteNodeDefragRatio < 0 || remoteNodeDefragRatio > Dice.SIDES) {
            throw new IllegalArgumentException("impossible slab: remoteNodeDefragRatio=" + remoteNodeDefragRatio
                    + " must be 0 to " + Dice.SIDES + ", at=" + node);
        }
    }
}
