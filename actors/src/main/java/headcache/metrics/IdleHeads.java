package headcache.metrics;

import java.util.OptionalDouble;

/**
 * Heads that are out of the slab and in no skb that anybody uses: those that lie in the caches of all CPUs, in depots and on
 * defer lists, and on their way between.
 *
 * <p>Two bounds of what a policy keeps follow from them. <i>Blow-up</i> is Hoard's: the most heads that were ever out of the
 * slab, divided by the most that were ever in skbs. The <i>working set</i> is the magazines': in a window of
 * {@value #WINDOW} operations, the most idle heads less the fewest, which are the ones that were never needed in it.
 */
final class IdleHeads {
    /** Operations of one window. */
    static final int WINDOW = 1000;

    private long out;
    private long live;
    private long peakOut;
    private long peakLive;
    private long peakIdle;
    private long sum;
    private long operations;
    private int inWindow;
    private long fewest = Long.MAX_VALUE;
    private long most;
    private long swings;
    private long windows;

    /** A head left the slab. */
    void leftSlab() {
        out++;
        peakOut = Math.max(peakOut, out);
    }

    /** A head returned to the slab. */
    void cameHome() {
        out--;
    }

    /** An operation took a head for an skb. */
    void took() {
        live++;
        peakLive = Math.max(peakLive, live);
        done();
    }

    /** An operation freed the head of an skb. */
    void freed() {
        live--;
        done();
    }

    /** An skb that was read waits on a defer list to be freed. */
    void deferred() {
        live--;
    }

    /** An operation freed the head of an skb that had waited so. */
    void freedDeferred() {
        done();
    }

    private void done() {
        final long idle = now();
        peakIdle = Math.max(peakIdle, idle);
        fewest = Math.min(fewest, idle);
        most = Math.max(most, idle);
        sum += idle;
        operations++;
        inWindow++;
        if (inWindow == WINDOW) {
            inWindow = 0;
            swings += most - fewest;
            windows++;
            fewest = Long.MAX_VALUE;
            most = 0;
        }
    }

    /** Idle heads at this moment. */
    long now() {
        return out - live;
    }

    /** The most idle heads after any operation. */
    OptionalDouble peak() {
        return operations == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) peakIdle);
    }

    /** Idle heads in the mean over operations. */
    OptionalDouble mean() {
        return Ratio.of(sum, operations);
    }

    /** The working set in the mean over windows; nothing if the run was shorter than one. */
    OptionalDouble workingSet() {
        return Ratio.of(swings, windows);
    }

    /** The most heads out of the slab for each head in an skb when those were most. */
    OptionalDouble blowUp() {
        return Ratio.of(peakOut, peakLive);
    }
}
