package headcache.verify;

import headcache.step.HeadMisuse;

/**
 * A law that does not hold in a run.
 *
 * @param law an invariant ({@code I4}), a rule of misuse, {@code refinement}, or a kind of exception
 * @param facts what happened, for people
 */
public record Broken(String law, String facts) {
    /** What is broken when a CPU does not do what the sequential machine does. */
    public static final String REFINEMENT = "refinement";

    static Broken of(Violation violation) {
        return new Broken(violation.invariant().name(), violation.toString());
    }

    static Broken of(Invariant invariant, String facts) {
        return new Broken(invariant.name(), invariant + " " + invariant.title() + ": " + facts);
    }

    static Broken of(RuntimeException wrong) {
        if (wrong instanceof RestlessException) {
            return of(Invariant.I15, String.valueOf(wrong.getMessage()));
        }
        return new Broken(
                wrong instanceof HeadMisuse misuse
                        ? misuse.rule().name()
                        : wrong.getClass().getName(),
                String.valueOf(wrong.getMessage()));
    }
}
