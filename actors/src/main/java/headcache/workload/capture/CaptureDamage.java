package headcache.workload.capture;

/**
 * Where a capture cannot be read any further, and why.
 *
 * @param frames how many frames before it were read
 * @param message what people read: the file, what is wrong where, and what is lost
 */
public record CaptureDamage(long frames, String message) {}
