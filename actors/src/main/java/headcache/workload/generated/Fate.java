package headcache.workload.generated;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of the frames that a driver takes. */
public enum Fate {
    /** Each is sent, and its skb consumed by a later poll of the same CPU. */
    FORWARDED("forwarded one by one, and consumed by a later poll of the same CPU"),
    /** GRO makes units of them, which are sent and consumed so. */
    MERGED("merged by GRO to units of up to 17, which are forwarded"),
    /** Each is read and freed by a task on the same CPU, past the cache. */
    DELIVERED("delivered to a task on the same CPU, which frees them past the cache"),
    /** GRO makes units of them, which software cuts into as many pieces again, each on a head from the slab. */
    SEGMENTED("merged by GRO to units of up to 17, which software cuts into pieces again when it sends them");

    private final String summary;

    Fate(String summary) {
        this.summary = summary;
    }

    /** The fate that commands call {@code name}, if there is one. */
    public static Optional<Fate> named(String name) {
        return Arrays.stream(values()).filter(fate -> fate.label().equals(name)).findFirst();
    }

    /** Its name, as commands take it: {@code forwarded}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What becomes of the frames, in a few words. */
    public String summary() {
        return summary;
    }
}
