package headcache.workload.conform;

/** Something that is compared between a recording and the model, and counted by itself. */
public enum Check {
    /** The cache itself. */
    RULE(
            "rule",
            "each get, put, bulk_alloc and bulk_free happens where it was recorded, with the same heads, order and count"),
    /** Cache or slab. */
    ROUTE("route", "a call takes the cache if and only if the kernel took it"),
    /** The end. */
    FINAL_COUNT("finalCount", "each cache holds as many heads at the end as were recorded"),
    /** All CPUs together. */
    PLACE("place", "each head is in one place at a time: in the slab, in the cache of one CPU, or in use"),
    /** Memory nodes. */
    HOME("home", "as many remote heads are got, put and delivered as were recorded"),
    /** What arrives at the slabs. */
    SLAB("slab", "each head that is freed arrives at the slab of its home node, in the recorded order"),
    /** The recording itself. */
    COMPLETE("complete", "seq counts without gaps, so that no row is missing");

    private final String label;
    private final String statement;

    Check(String label, String statement) {
        this.label = label;
        this.statement = statement;
    }

    /** Its name for people and programs. */
    public String label() {
        return label;
    }

    /** What holds if nothing is found. */
    public String statement() {
        return statement;
    }
}
