package headcache.protocol;

/** What becomes of the heads that are parked on a CPU that goes offline. */
public enum OfflinePolicy {
    /** They stay, out of reach until the CPU returns. What the kernel does. */
    PARK,
    /** They go to the slab, as SLUB does with its own per-CPU pages. */
    DRAIN,
    /** They go to the survivor, as the kernel does with the completion queue. */
    HAND_OVER
}
