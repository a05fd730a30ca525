package headcache.workload.packets;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts differences, and keeps the first in words. */
final class Tally {
    private int differences;
    private @Nullable String first;

    /** Compares two lists place by place; a place that one of them lacks is a difference. */
    static Tally of(String what, List<?> kernel, List<?> model) {
        final Tally tally = new Tally();
        for (int i = 0; i < Math.max(kernel.size(), model.size()); i++) {
            tally.compare(what + " " + (i + 1), at(kernel, i), at(model, i));
        }
        return tally;
    }

    void compare(String place, Object kernel, Object model) {
        if (!kernel.equals(model)) {
            differences++;
            if (first == null) {
                first = place + ": kernel " + kernel + ", model " + model;
            }
        }
    }

    int differences() {
        return differences;
    }

    Optional<String> first() {
        return Optional.ofNullable(first);
    }

    private static Object at(List<?> list, int index) {
        return index < list.size() ? list.get(index) : "none";
    }
}
