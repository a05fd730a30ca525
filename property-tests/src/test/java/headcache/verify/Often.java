package headcache.verify;

import net.jqwik.api.statistics.Statistics;

/** Keeps a law from holding only because nothing ever happens. */
final class Often {
    private Often() {}

    /** Fails the property unless {@code happened} is true in at least {@code percent} of its tries. */
    static void require(String what, int percent, boolean happened) {
        Statistics.label(what).collect(happened);
        Statistics.label(what).coverage(coverage -> coverage.check(true).percentage(share -> share >= percent));
    }
}
