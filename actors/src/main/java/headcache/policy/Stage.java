package headcache.policy;

import headcache.cpu.CpuPolicy;

/**
 * A kernel on the way of the series, or beside it.
 *
 * @param name as reports have it: {@code patch 8}, {@code v2}
 * @param source where it is from: a commit, a message, a mail
 * @param kind how it came out
 * @param change what it changes, in a few words
 * @param why what that does to the heads, in one sentence
 * @param policy what CPUs do with it
 */
public record Stage(String name, String source, Kind kind, String change, String why, CpuPolicy policy) {
    /** How a stage came out. */
    public enum Kind {
        /** The kernel that the series was written against. */
        BEFORE,
        /** Merged; heads go other ways. */
        CHANGES,
        /** Merged; every head goes the way it went before. */
        REFACTORS,
        /** Posted in an earlier version, and dropped in review. */
        DROPPED,
        /** Only named in the mail, with the reason against it. */
        NAMED
    }
}
