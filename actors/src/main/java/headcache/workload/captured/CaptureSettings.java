package headcache.workload.captured;

import headcache.nic.IndirectionTable;
import java.util.OptionalLong;

/**
 * What is made of a capture's frames, which the capture itself does not tell.
 *
 * @param cpus CPUs of the machine, 1 or more
 * @param queues receive queues, 1 or more; queue {@code q} is polled on CPU {@code q} modulo the CPUs
 * @param destination where units go
 * @param hop how far from the CPU that took it a unit ends: the CPU with the number of that one plus this, modulo the
 *     CPUs
 * @param own the address of the NIC, 48 bits: frames with this source were sent by it, and do not arrive; if it is not
 *     known, all arrive
 * @param window how long after the first frame of a poll others may join it, in nanoseconds: what an interrupt waits
 *     ({@code ethtool -C rx-usecs})
 */
public record CaptureSettings(int cpus, int queues, Destination destination, int hop, OptionalLong own, long window) {
    /** What drivers commonly wait, in nanoseconds. */
    public static final long WINDOW = 50_000;

    /** Two CPUs with a queue each; what arrives on one leaves by the other. */
    public static final CaptureSettings DEFAULT =
            new CaptureSettings(2, 2, Destination.FORWARD, 1, OptionalLong.empty(), WINDOW);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a parameter is out of its range
     */
    public CaptureSettings {
        if (queues < 1 || queues > IndirectionTable.PLACES) {
            throw new IllegalArgumentException(
                    "impossible NIC: queues=" + queues + " must be 1 to " + IndirectionTable.PLACES);
        }
        if (hop < 0 || window < 0) {
            throw new IllegalArgumentException(
                    "impossible way of frames: hop=" + hop + " window=" + window + " must be 0 or more");
        }
    }

    int cpuOf(int queue) {
        return queue % cpus;
    }

    /** The CPU where what {@code cpu} takes ends. */
    int endOf(int cpu) {
        return (cpu + hop) % cpus;
    }
}
