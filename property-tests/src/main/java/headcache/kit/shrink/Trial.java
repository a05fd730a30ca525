package headcache.kit.shrink;

import headcache.kit.Semantics;
import headcache.kit.World;
import headcache.kit.report.Report;
import headcache.kit.run.Follower;
import headcache.kit.run.Trail;
import headcache.kit.search.Found;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run of a case that was tried.
 *
 * @param subject the case
 * @param semantics which deliveries were possible
 * @param trail which way the run went
 * @param rule the rule that was broken, or null
 * @param <C> the kind of case
 */
public record Trial<C extends Case<C>>(
        C subject,
        Semantics semantics,
        Trail trail,
        @Nullable String rule) {
    private static final Comparator<Trial<?>> BY_SIZE = Comparator.<Trial<?>>comparingLong(
                    trial -> trial.subject().size())
            .thenComparingInt(trial -> trial.trail().switches().size())
            .thenComparingInt(trial -> trial.trail().names().size());

    /** Does in a world of {@code host} what {@code names} ask for, and goes on to the end. */
    public static <C extends Case<C>> Trial<C> of(Host<C> host, C subject, Semantics semantics, List<String> names) {
        return of(host, semantics, new Candidate<>(subject, names, Candidate.NOWHERE));
    }

    /** Does a run in a world of {@code host} whose deliveries are drawn, all that are possible equally likely. */
    public static <C extends Case<C>> Trial<C> drawn(Host<C> host, C subject, Semantics semantics, long seed) {
        final World world = host.show(subject, semantics);
        return of(subject, world, new Follower(world).drawn(seed));
    }

    /**
     * Asserts that nothing went wrong.
     *
     * @throws AssertionError if something did; it tells all there is to be told of the run, which is done twice more
     */
    public void mustHold(Host<C> host) {
        mustHold(host, List.of());
    }

    /** Like {@link #mustHold(Host)}, with remarks such as how to do the run again. */
    public void mustHold(Host<C> host, List<String> remarks) {
        final Throwable cause = trail.cause();
        if (cause != null) {
            Report report =
                    Found.of(host.show(subject, semantics), trail.names()).report();
            for (final String remark : remarks) {
                report = report.with(remark);
            }
            throw new AssertionError(report.text(), cause);
        }
    }

    private static <C extends Case<C>> Trial<C> of(C subject, World world, Trail trail) {
        final Throwable cause = trail.cause();
        return new Trial<>(subject, world.semantics(), trail, cause == null ? null : world.rule(cause));
    }

    private static <C extends Case<C>> Trial<C> of(Host<C> host, Semantics semantics, Candidate<C> candidate) {
        final World world = host.show(candidate.subject(), semantics);
        return of(candidate.subject(), world, new Follower(world).toTheEnd(candidate.names(), candidate.stayAt()));
    }

    /** How many runs have one part, one context switch or one delivery less than this. */
    public int candidates() {
        return Candidate.of(this).size();
    }

    /**
     * The runs with one part, one context switch or one delivery less that break the same rule and are smaller; each is
     * tried when it is asked for.
     *
     * @param from which of the {@link #candidates} is tried first; those before it come last
     */
    public Stream<Smaller<C>> smaller(Host<C> host, int from) {
        final List<Candidate<C>> all = Candidate.of(this);
        return Stream.iterate(0, i -> i < all.size(), i -> i + 1)
                .map(i -> new Smaller<>((from + i) % all.size(), i + 1, again(host, all.get((from + i) % all.size()))))
                .filter(smaller -> isSameAndLarger(smaller.trial()));
    }

    /**
     * A smaller run that breaks the same rule.
     *
     * @param at which candidate it was
     * @param tried how many were tried, this one included
     * @param trial the run
     * @param <C> the kind of case
     */
    public record Smaller<C extends Case<C>>(int at, int tried, Trial<C> trial) {}

    private Trial<C> again(Host<C> host, Candidate<C> candidate) {
        return of(host, semantics, candidate);
    }

    /** Whether {@code other} breaks the same rule as this and is smaller. */
    public boolean isSameAndLarger(Trial<C> other) {
        return rule != null && Objects.equals(rule, other.rule) && BY_SIZE.compare(other, this) < 0;
    }
}
