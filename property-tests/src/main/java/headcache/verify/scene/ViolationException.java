package headcache.verify.scene;

import headcache.verify.Invariant;

/** An invariant did not hold in a run. */
public final class ViolationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Invariant invariant;

    ViolationException(Invariant invariant, String facts) {
        super(facts);
        this.invariant = invariant;
    }

    /** Which one. */
    public Invariant invariant() {
        return invariant;
    }
}
