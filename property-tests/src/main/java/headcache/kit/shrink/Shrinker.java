package headcache.kit.shrink;

import headcache.kit.Semantics;
import headcache.kit.World;
import headcache.kit.search.DelayBound;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;
import headcache.kit.search.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a run that goes wrong as small as it can be, where a run is smaller if its case is, or if that is the same and
 * it has fewer context switches (see {@link headcache.kit.run.Trail}), or if those are as many and it has fewer
 * deliveries. Only what breaks the same rule counts.
 *
 * <p>First each single thing is taken out as long as the rest still fails: a part of the case, a context switch, a
 * delivery. Then smaller cases are searched for any run that fails, and the case itself for one with the fewest delays.
 * It ends when every single removal was tried on what is left and none fails, which is what one-minimal means. Source:
 * Zeller, Hildebrandt, <i>Simplifying and isolating failure-inducing input</i>, IEEE TSE 2002.
 *
 * @param <C> the kind of case
 */
public final class Shrinker<C extends Case<C>> {
    private static final Limits EACH = Limits.NONE.withTime(Duration.ofSeconds(2));

    /** More delays than runs of small cases need; each one more is tried only if fewer do not suffice. */
    private static final int DELAYS = 4;

    private final Host<C> host;
    private final Semantics semantics;
    private int tried;
    private int searched;
    private boolean isMinimal;

    /** Shrinks runs under {@code semantics} that {@code host} can set up. */
    public Shrinker(Host<C> host, Semantics semantics) {
        this.host = host;
        this.semantics = semantics;
    }

    /**
     * Shrinks a run of {@code whole}.
     *
     * @param names its deliveries
     * @throws IllegalArgumentException if nothing goes wrong in it
     */
    public Shrunk<C> shrink(C whole, List<String> names) {
        tried = 0;
        searched = 0;
        final Trial<C> first = Trial.of(host, whole, semantics, names);
        final String rule = first.rule();
        if (rule == null) {
            throw new IllegalArgumentException("nothing goes wrong in this run: deliveries=" + names.size());
        }
        Trial<C> best = withoutSingles(first);
        Trial<C> better = bySearch(best, rule);
        while (better != null) {
            best = withoutSingles(better);
            better = bySearch(best, rule);
        }
        final Found found =
                Found.of(host.show(best.subject(), semantics), best.trail().names());
        return new Shrunk<>(
                best.subject(),
                found,
                rule,
                tried,
                best.candidates(),
                searched,
                isMinimal,
                survival(best.subject(), found, rule));
    }

    /** What is left when no single thing can be taken out; all were tried on it. */
    private Trial<C> withoutSingles(Trial<C> larger) {
        Trial<C> best = larger;
        int from = 0;
        Optional<Trial.Smaller<C>> next = best.smaller(host, from).findFirst();
        while (next.isPresent()) {
            tried += next.get().tried();
            best = next.get().trial();
            from = next.get().at();
            next = best.smaller(host, from).findFirst();
        }
        tried += best.candidates();
        return best;
    }

    /** A smaller run in any order of messages, or null. */
    private @Nullable Trial<C> bySearch(Trial<C> best, String rule) {
        isMinimal = true;
        for (final C fewer : best.subject().smaller()) {
            searched++;
            final World world = host.show(fewer, semantics);
            final Explored explored = search().explore(world, EACH);
            final Found found = explored.found();
            isMinimal &= explored.complete();
            if (found != null && world.rule(found.cause()).equals(rule)) {
                return Trial.of(host, fewer, semantics, found.names());
            }
        }
        return best.trail().switches().isEmpty() ? null : calmer(best);
    }

    private Strategy search() {
        return semantics == Semantics.PER_PAIR_FIFO ? DynamicReduction.full() : DynamicReduction.none();
    }

    private @Nullable Trial<C> calmer(Trial<C> best) {
        final Found found = new DelayBound(DELAYS)
                .explore(host.show(best.subject(), semantics), EACH)
                .found();
        if (found == null) {
            return null;
        }
        final Trial<C> calm = Trial.of(host, best.subject(), semantics, found.names());
        return best.isSameAndLarger(calm) ? calm : null;
    }

    private Survival survival(C subject, Found found, String rule) {
        return semantics == Semantics.PER_PAIR_FIFO
                ? Survival.in(host.show(subject, Semantics.LOCAL_CAUSAL), found, rule, EACH)
                : Survival.AS_IT_IS;
    }
}
