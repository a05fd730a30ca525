package headcache.protocol;

/** Which slab an object comes from. */
public enum SlabKind {
    /** {@code skbuff_head_cache}: plain heads. */
    HEAD,
    /** {@code skbuff_fclone_cache}: pairs of twins, which never enter a head cache. */
    FCLONE
}
