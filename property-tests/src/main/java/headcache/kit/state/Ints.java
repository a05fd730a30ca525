package headcache.kit.state;

import java.util.Arrays;

/** Numbers compared by content. */
final class Ints {
    private final int[] values;
    private final int hash;

    Ints(int[] values) {
        this.values = values;
        this.hash = Arrays.hashCode(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ints ints && hash == ints.hash && Arrays.equals(values, ints.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
