package headcache.workload.capture;

/**
 * A frame as a capture has it.
 *
 * @param nanos when it was captured, nanoseconds since 1970
 * @param length how long it was on the wire, in bytes
 * @param bytes its beginning, as much as was captured; not to be changed
 */
public record CapturedFrame(long nanos, int length, byte[] bytes) {}
