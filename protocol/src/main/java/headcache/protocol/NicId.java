package headcache.protocol;

/** The name of a network interface, counted from 0. */
public record NicId(int index) implements ActorName {
    @Override
    public String toString() {
        return "nic-" + index;
    }
}
