package headcache.kit.shrink;

import headcache.kit.report.Report;
import headcache.kit.search.Found;

/**
 * A run that goes wrong and cannot be made smaller by any one step.
 *
 * @param subject what is left of the case
 * @param found the run, done twice and compared
 * @param rule the rule that it breaks
 * @param tried runs that were tried on the way
 * @param candidates runs with one part, one context switch or one delivery less: all were tried, and none breaks the rule
 * @param searched smaller cases whose runs were searched for one that breaks the rule
 * @param isMinimal whether every run of every case with one part less was tried, and none breaks the rule
 * @param survival whether the rule is broken inside one JVM too
 * @param <C> the kind of case
 */
public record Shrunk<C extends Case<C>>(
        C subject,
        Found found,
        String rule,
        int tried,
        int candidates,
        int searched,
        boolean isMinimal,
        Survival survival) {

    /** What can be told of it. */
    public Report report() {
        return found.report().with(smallest()).with("one JVM     " + survival.words());
    }

    private String smallest() {
        return "smallest    no part, context switch or delivery can be taken out: all " + candidates
                + " ways were tried; "
                + (isMinimal
                        ? "in no order of messages does less do it"
                        : "not every order of messages was tried with less");
    }
}
