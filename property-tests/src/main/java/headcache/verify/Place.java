package headcache.verify;

/** Where a head can be. It is in one of these at any time. */
public enum Place {
    /** Free on its page. */
    IN_SLAB("in the slab of"),
    /** The slab handed it out, and who asked has not taken it yet. */
    HANDED_OUT("in a message, handed out by"),
    /** Freed, and set aside for the CPU that owns it. */
    SET_ASIDE("set aside by"),
    /** Given back to the CPU that owns it, and not taken into its cache yet. */
    CAME_BACK("in the queue of"),
    /** In a full magazine. */
    IN_DEPOT("in a magazine of"),
    /** Parked. */
    IN_CACHE("in the cache of"),
    /** Allocated, and no skb is on it yet. */
    TAKEN("without an skb, taken by"),
    /** An skb lives on it, wherever that is. */
    IN_USE("in use, allocated by"),
    /** An skb that was read lives on it, on the defer list of the CPU that allocated it. */
    DEFERRED("on the defer list of"),
    /** Its skb has ended, and it is not given up yet. */
    ENDED("left over from an skb that ended on"),
    /** Given up, and the slab has not taken it yet. */
    GIVEN_UP("in a message, given up by"),
    /** It left a CPU for another one, its owner or the survivor, which has not taken it yet. */
    HANDED_OVER("in a message, handed over by");

    private final String words;

    Place(String words) {
        this.words = words;
    }

    /** The place as people read it; the holder's name follows. */
    String words() {
        return words;
    }
}
