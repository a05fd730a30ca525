package headcache.verify;

import headcache.step.HeadMisuse;

/**
 * A law that does not hold in a run.
 *
 * @param law an invariant ({@code I4}), a rule of misuse, or a kind of exception
 * @param facts what happened, for people
 */
public record Broken(String law, String facts) {

    static Broken of(Violation violation) {
        return new Broken(violation.invariant().name(), violation.toString());
    }

    static Broken of(Invariant invariant, String facts) {
        return new Broken(invariant.name(), invariant + " " + invariant.title() + ": " + facts);
    }

    static Broken of(RuntimeException wrong) {
        return new Broken(
                wrong instanceof HeadMisuse misuse
                        ? misuse.rule().name()
                        : wrong.getClass().getName(),
                String.valueOf(wrong.getMessage()));
    }
}
