package headcache.kit.search;

import headcache.kit.run.HappensBefore;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/**
 * Deliveries that could have come before one of a run: those that do not depend on it, in their order, and then one
 * that was in a race with it.
 */
final class Beginning {
    private final HappensBefore run;
    private final int[] channels;
    private final int[] receivers;

    /** Steps of the run, of which the first {@link #length} count; {@link HappensBefore#NONE} for none of the run's. */
    private final int[] steps;

    private int length;

    private Beginning(HappensBefore run, int room) {
        this.run = run;
        this.channels = new int[room];
        this.receivers = new int[room];
        this.steps = new int[room];
    }

    /** What does not depend on step {@code before} of {@code run}, and then its step {@code last}. */
    static Beginning without(HappensBefore run, int before, int last) {
        final Beginning beginning = independent(run, before);
        beginning.add(last, run.channel(last), run.receiver(last));
        return beginning;
    }

    /** What does not depend on step {@code before} of {@code run}, and then a delivery that is not in it. */
    static Beginning withLost(HappensBefore run, int before, int channel, int receiver) {
        final Beginning beginning = independent(run, before);
        beginning.add(HappensBefore.NONE, channel, receiver);
        return beginning;
    }

    private static Beginning independent(HappensBefore run, int before) {
        final Beginning beginning = new Beginning(run, run.length() - before);
        for (int step = before + 1; step < run.length(); step++) {
            if (!run.isBefore(before, step)) {
                beginning.add(step, run.channel(step), run.receiver(step));
            }
        }
        return beginning;
    }

    private void add(int step, int channel, int receiver) {
        steps[length] = step;
        channels[length] = channel;
        receivers[length] = receiver;
        length++;
    }

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    int channel(int place) {
        return channels[place];
    }

    int receiver(int place) {
        return receivers[place];
    }

    /**
     * Whether some run with these deliveries, up to the order of independent ones, begins with the next of
     * {@code channel}: it is the first here that its receiver gets and nothing here sends it, or it is not here and
     * independent of all that are. (The field calls such deliveries weak initials.)
     */
    boolean canBegin(int channel, int receiver) {
        for (int place = 0; place < length; place++) {
            if (receivers[place] == receiver) {
                return channels[place] == channel && !isSentHere(place);
            }
        }
        return true;
    }

    private boolean isSentHere(int place) {
        final int sender = steps[place] == HappensBefore.NONE ? HappensBefore.NONE : run.sender(steps[place]);
        for (int earlier = 0; sender >= 0 && earlier < place; earlier++) {
            if (steps[earlier] == sender) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of {@code some} can begin, so that all such runs are explored already where these sleep. */
    boolean canBeginWithAny(BitSet some, IntUnaryOperator receiverOf) {
        for (int channel = some.nextSetBit(0); channel >= 0; channel = some.nextSetBit(channel + 1)) {
            if (canBegin(channel, receiverOf.applyAsInt(channel))) {
                return true;
            }
        }
        return false;
    }

    /** Takes out the first delivery of {@code channel}, if there is one. */
    void take(int channel) {
        for (int place = 0; place < length; place++) {
            if (channels[place] == channel) {
                final int rest = length - place - 1;
                System.arraycopy(steps, place + 1, steps, place, rest);
                System.arraycopy(channels, place + 1, channels, place, rest);
                System.arraycopy(receivers, place + 1, receivers, place, rest);
                length--;
                return;
            }
        }
    }
}
