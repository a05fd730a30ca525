package headcache.verify;

/**
 * What must always hold of heads, whoever serves them.
 *
 * <p>The names are those that tests, reports and lessons use.
 */
public enum Invariant {
    /** No head is lost. */
    I1("conservation", "at rest every head is in exactly one of: slab, a CPU's cache, a message, a live skb"),
    /** No head is twice anywhere. */
    I2("one place", "no head is in two places or given up twice: not in two caches, not cached and in use"),
    /** No head has two owners. */
    I3("no aliasing", "two live skbs never share a head, and the data of a stolen head is the aggregate's alone"),
    /** The array is never left. */
    I4("bounds", "after every put a cache holds 0 to capacity - 1 heads; a spill leaves capacity - spill"),
    /** Last in, first out. */
    I5("order", "the head put last is got first; a spill takes the end that the policy names"),
    /** Nothing hangs on a parked head. */
    I6("bare on entry", "what an skb holds is released exactly once, before its head is given up"),
    /** Nothing is inherited. */
    I7("clean on exit", "a head handed out carries nothing from its former life"),
    /** Each to its own slab. */
    I8("origin", "only plain heads enter a cache; fclone pairs go to their own slab"),
    /** Nobody else still reads it. */
    I9("exclusive", "only a head whose last reference was just dropped is given up"),
    /** No lock is needed. */
    I10("owner access", "only the owning CPU, in its own turn, touches its cache"),
    /** When and how much. */
    I11("slab traffic", "a refill only when empty, all of it or nothing; a spill only when full, all of it"),
    /** Homes are for ever. */
    I12("home", "a freed head returns to its own page on its home node, whoever frees it"),
    /** The heads of the dead. */
    I13("offline", "no head vanishes when a CPU goes offline, and no message to it is lost"),
    /** As if nothing had been asked. */
    I14("failure", "a failed bulk allocation changes nothing; failed data gives the head back"),
    /** Nothing waits for ever. */
    I15("liveness", "every head that is given up gets home in the end; nobody waits for ever"),
    /** Misuse is seen. */
    I16("observability", "a use or a second free of a parked head is noticed"),
    /** Who may use the cache. */
    I17("entry conditions", "the cache is used if and only if the entry conditions hold"),
    /** As if it were called, not told. */
    REFINEMENT("refinement", "each CPU does what the sequential machine does with the same work and the same answers"),
    /** Neither twice nor unasked. */
    ANSWERED("answered once", "no answer comes twice or unasked; that none is missing is I15");

    private final String title;
    private final String law;

    Invariant(String title, String law) {
        this.title = title;
        this.law = law;
    }

    /** Its name in two or three words. */
    public String title() {
        return title;
    }

    /** What it says, in one line. */
    public String law() {
        return law;
    }
}
