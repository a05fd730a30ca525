package headcache.protocol;

/** The name of the actor that boots, watches and drains the whole machine. */
public enum MachineName implements ActorName {
    /** There is one machine. */
    MACHINE;

    @Override
    public String toString() {
        return "machine";
    }
}
