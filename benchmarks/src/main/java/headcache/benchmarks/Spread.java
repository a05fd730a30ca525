package headcache.benchmarks;

import java.util.List;

/**
 * Where a few measurements lie.
 *
 * @param least the smallest
 * @param median the middle one; of an even number, the lower of the two in the middle
 * @param most the largest
 */
record Spread(double least, double median, double most) {

    /** The spread of {@code values}; not a number if there are none. */
    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        final List<Double> sorted = values.stream().sorted().toList();
        return new Spread(sorted.get(0), sorted.get((sorted.size() - 1) / 2), sorted.get(sorted.size() - 1));
    }
}
