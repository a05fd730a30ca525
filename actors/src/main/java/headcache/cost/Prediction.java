package headcache.cost;

/**
 * What the model says of something that was measured.
 *
 * @param series which of several rows of measurements it belongs to; empty if there is one
 * @param what what was measured
 * @param measured what came out
 * @param predicted what the model says, in the model's unit
 * @param role what the two have to do with one another
 */
public record Prediction(String series, String what, Measured measured, double predicted, Role role) {
    /** Effects smaller than this are none, in whatever unit. */
    private static final double NOTHING = 0.05;

    /** What a measurement was used for. */
    public enum Role {
        /** The model was fitted to it, so that it proves nothing. */
        FITTED,
        /** The model did not know it. */
        PREDICTED,
        /** The model did not know it, and can say no more than better or worse. */
        SIGN
    }

    /** How a prediction came out. */
    public enum Outcome {
        /** It was none: see {@link Role#FITTED}. */
        FITTED("fitted"),
        /** Right within {@link Measured#TOLERANCE}; of a sign, right. */
        RIGHT("right"),
        /** The right sign, but too small an effect. */
        TOO_SMALL("too small"),
        /** The right sign, but too large an effect. */
        TOO_LARGE("too large"),
        /** An effect was measured, and the model knows of none. */
        NO_EFFECT("no effect"),
        /** The opposite was measured. */
        WRONG_SIGN("wrong sign");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** In a few words. */
        public String words() {
            return words;
        }
    }

    /** How it came out. */
    public Outcome outcome() {
        if (role == Role.FITTED) {
            return Outcome.FITTED;
        }
        if (Math.abs(predicted) < NOTHING) {
            return Outcome.NO_EFFECT;
        }
        if (!measured.agreesInSign(predicted)) {
            return Outcome.WRONG_SIGN;
        }
        final double off = measured.off(predicted);
        if (role == Role.SIGN || Math.abs(off) <= Measured.TOLERANCE) {
            return Outcome.RIGHT;
        }
        return off < 0 ? Outcome.TOO_SMALL : Outcome.TOO_LARGE;
    }
}
