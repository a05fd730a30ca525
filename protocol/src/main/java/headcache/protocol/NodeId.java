package headcache.protocol;

/** The name of a memory node, counted from 0. */
public record NodeId(int index) implements ActorName {
    @Override
    public String toString() {
        return "node-" + index;
    }
}
