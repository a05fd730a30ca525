package headcache.protocol;

/** The name of a CPU, counted from 0. */
public record CpuId(int index) implements ActorName {
    @Override
    public String toString() {
        return "cpu-" + index;
    }
}
