package headcache.protocol;

/** Which part of an fclone pair an skb is. */
public enum Twin {
    /** Not part of a pair: an ordinary head, a plain clone's head included ({@code SKB_FCLONE_UNAVAILABLE}). */
    NONE,
    /** The first head of a pair ({@code SKB_FCLONE_ORIG}). */
    ORIGINAL,
    /** The second head of a pair, in use once the original was cloned ({@code SKB_FCLONE_CLONE}). */
    COMPANION
}
