package headcache.protocol;

/** The name of a depot, which stands between CPUs and slabs, counted from 0. */
public record DepotId(int index) implements ActorName {
    @Override
    public String toString() {
        return "depot-" + index;
    }
}
