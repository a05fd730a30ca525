package headcache.kit.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Beginnings of runs that are to be explored from a state: a tree of deliveries, explored from the first child to the
 * last. Source: Abdulla, Aronis, Jonsson, Sagonas, <i>Source sets: a foundation for optimal dynamic partial order
 * reduction</i>, JACM 64(4), 2017, section 6.
 */
final class WakeupTree {
    private final List<Branch> branches = new ArrayList<>();

    /** A delivery, and what is to be explored behind it. */
    record Branch(int channel, int receiver, WakeupTree below) {}

    boolean isEmpty() {
        return branches.isEmpty();
    }

    int size() {
        return branches.size();
    }

    Branch first() {
        return branches.get(0);
    }

    void removeFirst() {
        branches.remove(0);
    }

    /** Adds a delivery behind which nothing is known, and returns what is to be known. */
    WakeupTree add(int channel, int receiver) {
        final WakeupTree below = new WakeupTree();
        branches.add(new Branch(channel, receiver, below));
        return below;
    }

    /**
     * Adds a branch that leads to {@code beginning}, unless one that is there leads to a run that also begins with it,
     * up to the order of independent deliveries. Uses {@code beginning} up.
     */
    void insert(Beginning beginning) {
        WakeupTree at = this;
        while (!beginning.isEmpty()) {
            final WakeupTree next = at.follow(beginning);
            if (next == null) {
                at.addChain(beginning);
                return;
            }
            if (next.isEmpty()) {
                return; // all that goes on from there is explored
            }
            at = next;
        }
    }

    /** Where the first branch that a run with {@code beginning} can begin with leads to; takes its delivery out. */
    private @Nullable WakeupTree follow(Beginning beginning) {
        for (final Branch branch : branches) {
            if (beginning.canBegin(branch.channel, branch.receiver)) {
                beginning.take(branch.channel);
                return branch.below;
            }
        }
        return null;
    }

    private void addChain(Beginning beginning) {
        WakeupTree at = this;
        for (int i = 0; i < beginning.length(); i++) {
            at = at.add(beginning.channel(i), beginning.receiver(i));
        }
    }
}
