package headcache.cpu;

import headcache.protocol.CpuMessage;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;
import org.jspecify.annotations.Nullable;

/** An item of work that a CPU accepted, and how far it has come. */
interface Work {

    /**
     * Runs until the slab link is busy or the work has ended; called again when the slab has answered.
     *
     * @return whether it has ended, acknowledgements included
     */
    boolean run(CpuStep cpu, Out out);

    /** The message it came with, to be sent on to a survivor; null for a softirq that the CPU raised itself. */
    @Nullable
    CpuMessage message();

    /** It is not run, for the CPU is offline: a softirq that the CPU raised itself, and that nobody else can run. */
    default void lapse(CpuStep cpu) {}

    /** Adds the heads that it has in hand: what it was given and has not passed on or put. */
    void count(HeadSums inUse);

    /** An independent copy. */
    Work copy();

    /** Writes what is left to do. */
    void encode(StateBytes bytes);
}
