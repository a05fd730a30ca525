package headcache.metrics;

import headcache.protocol.ActorName;

/**
 * An operation on one head.
 *
 * @param who the CPU, or the task on it
 * @param what what was done
 * @param number how many operations of that kind {@code who} had done by then, this one included
 * @param asked whether a get had to ask the slab
 * @param fetched heads that the slab gave then
 * @param given heads that the CPU gave back in bulk, or posted to their owners, before its next operation
 * @param held heads in the cache afterwards, before any were given back; 0 past the cache
 */
public record Operation(ActorName who, What what, long number, boolean asked, int fetched, int given, int held) {
    /** What is done with a head. */
    public enum What {
        /** It is taken from the cache. */
        GET("get"),
        /** It cannot be had, neither from the cache nor by a refill. */
        FAILED_GET("failed get"),
        /** A bulk get takes it from the slab, past the cache, with others that the cache is short of. */
        SHORTFALL("get past the cache"),
        /** It is put into the cache. */
        PUT("put"),
        /** It is not put, but set aside for the CPU that owns it. */
        SET_ASIDE("set-aside"),
        /** It is taken from the slab, past the cache. */
        SINGLE_ALLOC("single allocation"),
        /** The slab has none. */
        FAILED_SINGLE_ALLOC("failed single allocation"),
        /** It is freed to the slab, past the cache. */
        SINGLE_FREE("single free"),
        /** It is sent to the CPU that allocated it, to be freed there. */
        HANDED_BACK("hand-back");

        private final String label;

        What(String label) {
            this.label = label;
        }

        /** In a word or two. */
        public String label() {
            return label;
        }
    }

    /** What a get finds that asks for a refill; only one of many heads at once finds any. */
    private String found() {
        final int before = held + 1 - fetched;
        return before == 0 ? "finds the cache empty" : "finds " + before + " in the cache, too few";
    }

    /** Where the head comes from or goes to, in a few words. */
    public String story() {
        return switch (what) {
            case GET ->
                asked
                        ? found() + ", fetches " + fetched + " in bulk, takes one: " + held + " left"
                        : "takes one of " + (held + 1) + " in the cache: " + held + " left";
            case FAILED_GET -> "finds the cache empty, and gets no refill";
            case SHORTFALL ->
                asked ? "fetches " + fetched + " in bulk past the cache, takes one" : "takes one of those";
            case PUT ->
                given > 0
                        ? "puts one: " + held + " in the cache, gives " + given + " back in bulk"
                        : "puts one: " + held + " in the cache";
            case SET_ASIDE ->
                given > 0
                        ? "sets one aside for its owner, posts " + given + " to their owners"
                        : "sets one aside for its owner";
            case SINGLE_ALLOC -> "takes one from the slab";
            case FAILED_SINGLE_ALLOC -> "asks the slab for one, which has none";
            case SINGLE_FREE -> "frees one to the slab";
            case HANDED_BACK -> "hands one back to the CPU that allocated it";
        };
    }
}
