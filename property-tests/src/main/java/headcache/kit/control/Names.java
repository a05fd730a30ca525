package headcache.kit.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for actors and channels that stay the same from run to run: an actor is known by its path, a channel by
 * its two ends.
 */
final class Names {
    /** Behind the path of an actor; no path has a blank in it. */
    private static final String TIMER = " timer";

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> actors = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();
    private int[][] channelOf = new int[0][0];

    /** The number of the actor at {@code path}. */
    int actor(String path) {
        final Integer known = numbers.get(path);
        if (known != null) {
            return known;
        }
        final int number = actors.size();
        numbers.put(path, number);
        actors.add(path);
        grow();
        return number;
    }

    String actor(int number) {
        return actors.get(number);
    }

    int actors() {
        return actors.size();
    }

    /** The number of the one that tells {@code actor} of its timers. */
    int timerOf(int actor) {
        return actor(actors.get(actor) + TIMER);
    }

    /** Whose timers {@code number} tells of; itself, if it is an actor. */
    int ownerOfTimer(int number) {
        final String name = actors.get(number);
        return name.endsWith(TIMER) ? actor(name.substring(0, name.length() - TIMER.length())) : number;
    }

    /** The number of the channel from one actor to another. */
    int channel(int from, int to) {
        final int known = channelOf[from][to];
        if (known > 0) {
            return known - 1;
        }
        channels.add(new Channel(from, to, name(from), name(to)));
        channelOf[from][to] = channels.size();
        return channels.size() - 1;
    }

    Channel channel(int number) {
        return channels.get(number);
    }

    int channels() {
        return channels.size();
    }

    /** The one that starts a run has no path below the scenario's. */
    private String name(int actor) {
        return actors.get(actor).isEmpty() ? "start" : actors.get(actor);
    }

    private void grow() {
        if (actors.size() > channelOf.length) {
            final int size = Math.max(8, 2 * channelOf.length);
            final int[][] wider = new int[size][size];
            for (int from = 0; from < channelOf.length; from++) {
                System.arraycopy(channelOf[from], 0, wider[from], 0, channelOf.length);
            }
            channelOf = wider;
        }
    }
}
