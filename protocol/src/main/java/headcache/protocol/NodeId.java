package headcache.protocol;

/** The name of a memory node, counted from 0. */
public record NodeId(int index) implements ActorName {
    private static final NodeId[] KNOWN = known();

    /** The name of node {@code index}, 0 to 255, without making a new one. */
    public static NodeId of(int index) {
        return KNOWN[index];
    }

    private static NodeId[] known() {
        final NodeId[] names = new NodeId[Head.NODE_LIMIT];
        for (int i = 0; i < names.length; i++) {
            names[i] = new NodeId(i);
        }
        return names;
    }

    @Override
    public String toString() {
        return "node-" + index;
    }
}
