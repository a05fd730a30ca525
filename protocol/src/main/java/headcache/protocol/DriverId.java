package headcache.protocol;

/** The name of an actor that feeds the machine from outside, counted from 0. */
public record DriverId(int index) implements ActorName {
    @Override
    public String toString() {
        return "driver-" + index;
    }
}
