package headcache.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A figure that somebody published: a number, a range, or a bound.
 *
 * @param least the least that it may be, negative infinity if nothing is said
 * @param most the most that it may be, infinity if nothing is said
 */
public record Measured(double least, double most) {
    /** How far a prediction may be off and still count as right: the spread that such measurements have themselves. */
    public static final double TOLERANCE = 0.15;

    /** The number {@code value}. */
    public static Measured of(double value) {
        return new Measured(value, value);
    }

    /** Something from {@code least} to {@code most}. */
    public static Measured between(double least, double most) {
        return new Measured(least, most);
    }

    /** {@code least} or more, or {@code least} or less if it is negative: at least so large an effect. */
    public static Measured atLeast(double least) {
        return least < 0
                ? new Measured(Double.NEGATIVE_INFINITY, least)
                : new Measured(least, Double.POSITIVE_INFINITY);
    }

    /** Worse, by how much was not said. */
    public static Measured worse() {
        return new Measured(Double.NEGATIVE_INFINITY, -Double.MIN_VALUE);
    }

    /** The end of the range that is finite and nearest to 0. */
    private double nearest() {
        return Math.abs(least) < Math.abs(most) ? least : most;
    }

    /** How far {@code predicted} lies from what was measured, as a share of that; 0 within the range. */
    public double off(double predicted) {
        if (predicted >= least && predicted <= most) {
            return 0;
        }
        final double bound = predicted < least ? least : most;
        return (Math.abs(predicted) - Math.abs(bound)) / Math.abs(bound);
    }

    /** Whether {@code predicted} lies on the same side of 0. */
    public boolean agreesInSign(double predicted) {
        return predicted != 0 && Math.signum(nearest()) == Math.signum(predicted);
    }

    /** As people write it: {@code 34}, {@code 35..70}, {@code 20 or more}; a negative bound reads {@code -20 or less}. */
    @Override
    public String toString() {
        if (equals(worse())) {
            return "worse";
        }
        if (least == most) {
            return number(least);
        }
        if (Double.isInfinite(most)) {
            return number(least) + " or more";
        }
        return Double.isInfinite(least) ? number(most) + " or less" : number(least) + ".." + number(most);
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
