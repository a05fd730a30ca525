package headcache.kit.search;

import headcache.kit.run.Difference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a search has seen.
 *
 * @param runs runs to the end
 * @param traces how many of them differ in more than the order of independent deliveries, told apart by 64 bits
 * @param blocked runs that were given up because all that was left had been explored in another order
 * @param cut runs that were longer than the limit
 * @param deliveries messages delivered, those of repeated beginnings included
 * @param longest deliveries of the longest run
 * @param finals how many runs ended in each final state
 * @param races pairs of messages that came to one actor one right after the other, though neither had to wait
 * @param bothOrders those of them that were seen in both orders
 * @param complete whether nothing was left out
 * @param share which part of all runs this is, from 0 to 1; an estimate unless complete, {@link Double#NaN} if nothing
 *     is known of it
 * @param difference where the first run, done twice more, was not the same to the event; null if it was, or if
 *     something went wrong
 * @param found the first run in which something went wrong, or null
 */
public record Explored(
        long runs,
        long traces,
        long blocked,
        long cut,
        long deliveries,
        int longest,
        Map<Object, Long> finals,
        long races,
        long bothOrders,
        boolean complete,
        double share,
        @Nullable Difference difference,
        @Nullable Found found) {

    /**
     * Asserts that nothing went wrong and nothing was left out. Of a world that is still open, {@code Check.mustHold} tells
     * more.
     *
     * @return this
     * @throws AssertionError if that is not so; it tells what went wrong, with a table and a diagram of the run
     */
    public Explored mustHold() {
        final Found wrong = found;
        if (wrong != null) {
            throw new AssertionError(wrong.toString(), wrong.cause());
        }
        if (difference != null) {
            throw new AssertionError("the same deliveries do not give the same run: " + difference);
        }
        if (!complete) {
            throw new AssertionError(
                    "a limit was reached, nothing has gone wrong so far: runs=" + runs + ", cut=" + cut);
        }
        return this;
    }
}
