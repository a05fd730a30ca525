package headcache.kit;

/**
 * A failure that says by name which rule was broken, so that a run that was made smaller can be held to the same rule.
 * Any other exception goes by the name of its class.
 */
public final class Broken extends AssertionError {
    private final String rule;

    /**
     * Reports a broken rule.
     *
     * @param rule its name
     * @param facts what happened, with values
     */
    public Broken(String rule, String facts) {
        super(rule + ": " + facts);
        this.rule = rule;
    }

    /** The name of the rule. */
    public String rule() {
        return rule;
    }
}
