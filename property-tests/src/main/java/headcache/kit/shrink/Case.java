package headcache.kit.shrink;

import java.util.List;

/**
 * What a run is a run of, made of parts that can be left out one by one: commands, faults, actors, numbers that can be
 * smaller.
 *
 * @param <C> the kind of case itself
 */
public interface Case<C extends Case<C>> {

    /** All cases with one part less, or one number smaller; simpler ones first. */
    List<C> smaller();

    /** How large it is, 0 or more; each of {@link #smaller} is smaller by this as well. */
    long size();
}
