package headcache.step;

import headcache.protocol.Head;

/** A head was used in a way that no correct machine uses it: the analogue of a KASAN report. */
public final class HeadMisuse extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Which rule was broken. */
    public enum Rule {
        /** A parked or free head was given up a second time. */
        DOUBLE_FREE,
        /** An skb was used whose head is parked. */
        USE_AFTER_FREE,
        /** A head came to a cache or slab that it does not belong to. */
        WRONG_SLAB
    }

    private final Rule rule;
    private final int head;

    /**
     * Reports a misuse.
     *
     * @param rule the rule that was broken
     * @param head the head
     * @param where who noticed, for people: {@code cpu-0}
     * @param facts what happened, with values
     * @param history what is known of the head's past, or the empty string
     */
    public HeadMisuse(Rule rule, int head, String where, String facts, String history) {
        super(rule + ": head=" + Head.name(head) + " at=" + where + ": " + facts
                + (history.isEmpty() ? "" : "; history: " + history));
        this.rule = rule;
        this.head = head;
    }

    /** The rule that was broken. */
    public Rule rule() {
        return rule;
    }

    /** The head. */
    public int head() {
        return head;
    }
}
