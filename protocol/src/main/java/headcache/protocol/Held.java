package headcache.protocol;

/** A thing that an skb can hold a reference to, besides its data. Each is released exactly once. */
public enum Held {
    /** The routing decision ({@code skb_dst_drop}). */
    DST,
    /** The connection tracking entry ({@code nf_conntrack_put}). */
    CONNTRACK,
    /** The owning socket, given back by the skb's destructor. */
    SOCKET,
    /** The extensions ({@code skb_ext_put}): bridge, IPsec and MPTCP state. */
    EXTENSIONS;

    private static final Held[] ALL = values();

    /** This thing's bit in {@link Skb#holds()}. */
    public int bit() {
        return 1 << ordinal();
    }

    /** The thing whose ordinal is {@code ordinal}, without copying the array of values. */
    public static Held of(int ordinal) {
        return ALL[ordinal];
    }
}
