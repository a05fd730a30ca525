package headcache.workload.recorded;

import headcache.workload.OpBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Guesses which skb a merged segment was merged into: the one that the CPU got last, in the same poll, and
 * did not merge. A recording does not say; with one flow in a poll the guess is right.
 */
final class GroUnits {
    private static final int NONE = OpBuffer.NONE;

    /** Of each CPU: what it got last, if that was not merged; and what it got last before that and did not merge. */
    private final int[] latest;

    private final int[] unit;
    private final BitSet ended = new BitSet();

    GroUnits(int cpus) {
        latest = new int[cpus];
        unit = new int[cpus];
        Arrays.fill(latest, NONE);
        Arrays.fill(unit, NONE);
    }

    void got(int cpu, int skb) {
        if (latest[cpu] != NONE) {
            unit[cpu] = latest[cpu];
        }
        latest[cpu] = skb;
    }

    /** {@code merged} was merged; the skb it went into, or {@link OpBuffer#NONE}. */
    int into(int cpu, int merged) {
        if (latest[cpu] == merged) {
            latest[cpu] = NONE;
        }
        final int into = latest[cpu] == NONE ? unit[cpu] : latest[cpu];
        return into == NONE || ended.get(into) ? NONE : into;
    }

    /** {@code skb} ended; nothing is merged into it any more. */
    void ended(int skb) {
        ended.set(skb);
    }

    void pollEnded(int cpu) {
        latest[cpu] = NONE;
        unit[cpu] = NONE;
    }
}
