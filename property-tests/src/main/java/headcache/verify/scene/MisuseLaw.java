package headcache.verify.scene;

import headcache.step.HeadMisuse;
import headcache.verify.Invariant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The law that a misuse breaks: actors look after three rules themselves, and each stands for invariants.
 *
 * @param invariants those of which one is broken
 * @param text what must hold instead
 */
record MisuseLaw(Set<Invariant> invariants, String text) {

    /** The law behind {@code rule}. */
    static MisuseLaw of(HeadMisuse.Rule rule) {
        return switch (rule) {
            case DOUBLE_FREE -> new MisuseLaw(EnumSet.of(Invariant.I2), "a head is given up once");
            case USE_AFTER_FREE -> new MisuseLaw(EnumSet.of(Invariant.I9), "nobody uses a head that is given up");
            case WRONG_SLAB ->
                new MisuseLaw(
                        EnumSet.of(Invariant.I8, Invariant.I12),
                        "a head comes only to a cache or slab that it belongs to");
        };
    }

    /** One line: {@code I2 one place: a head is given up once}. */
    @Override
    public String toString() {
        return invariants.stream()
                .map(invariant -> invariant + " " + invariant.title())
                .collect(Collectors.joining(" or ", "", ": " + text));
    }
}
