package headcache.protocol;

/** The name of a NAPI instance: a queue of a NIC, served by one CPU at a time. */
public record NapiId(int index) {
    @Override
    public String toString() {
        return "napi-" + index;
    }
}
