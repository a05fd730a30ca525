package headcache.demos.cli;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that set the parameters of the head caches; without them they are those of v5.12. */
final class CacheOptions {

    @Option(
            names = "--capacity",
            paramLabel = "N",
            description = "Heads that a cache holds before it spills (default: ${DEFAULT-VALUE}).")
    private int capacity = CachePolicy.LINUX_5_12.capacity();

    @Option(
            names = "--refill",
            paramLabel = "N",
            description = "Heads that an empty cache asks the slab for (default: ${DEFAULT-VALUE}).")
    private int refill = CachePolicy.LINUX_5_12.refill();

    @Option(
            names = "--spill",
            paramLabel = "N",
            description = "Heads that a full cache gives back (default: ${DEFAULT-VALUE}).")
    private int spill = CachePolicy.LINUX_5_12.spill();

    @Option(
            names = "--spill-end",
            paramLabel = "END",
            description = "Which heads those are: newest or oldest (default: newest).")
    private SpillEnd spillEnd = CachePolicy.LINUX_5_12.spillEnd();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before anything is asked
    private CommandSpec spec;

    /**
     * Puts the options together.
     *
     * @throws ParameterException if no cache can have them
     */
    CachePolicy policy() {
        try {
            return new CachePolicy(capacity, refill, spill, spillEnd);
        } catch (final IllegalArgumentException impossible) {
            throw new ParameterException(spec.commandLine(), String.valueOf(impossible.getMessage()), impossible);
        }
    }

    /** The options that say the same, each with a blank before it; none for v5.12. */
    String asWords() {
        final CachePolicy usual = CachePolicy.LINUX_5_12;
        return (capacity == usual.capacity() ? "" : " --capacity " + capacity)
                + (refill == usual.refill() ? "" : " --refill " + refill)
                + (spill == usual.spill() ? "" : " --spill " + spill)
                + (spillEnd == usual.spillEnd() ? "" : " --spill-end oldest");
    }
}
