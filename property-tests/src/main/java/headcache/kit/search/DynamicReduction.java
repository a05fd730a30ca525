package headcache.kit.search;

import headcache.kit.World;
import headcache.kit.run.HappensBefore;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Every run that differs from others in more than the order of independent deliveries: dynamic partial-order
 * reduction with source sets and sleep sets. Two deliveries depend on one another if they have the same receiver.
 *
 * <p>What it checks is what no reordering of independent deliveries changes: each actor's own states, and final
 * states. A predicate over several actors in the middle of a run is not: it may hold in the one order that is
 * tried, and not in another.
 *
 * <p>Each reduction can be switched off; without both this is a search through every interleaving. Source: Abdulla,
 * Aronis, Jonsson, Sagonas, <i>Optimal dynamic partial order reduction</i>, POPL 2014; sleep sets: Godefroid 1996.
 */
public final class DynamicReduction implements Strategy {
    private final boolean sourceSets;
    private final boolean sleepSets;

    /** Chooses the reductions. */
    public DynamicReduction(boolean sourceSets, boolean sleepSets) {
        this.sourceSets = sourceSets;
        this.sleepSets = sleepSets;
    }

    /** All reductions there are, wakeup trees included. */
    public static Strategy full() {
        return new WakeupTrees();
    }

    /** None: every interleaving. */
    public static DynamicReduction none() {
        return new DynamicReduction(false, false);
    }

    @Override
    public String guarantee() {
        return sourceSets || sleepSets
                ? "one run of every class of runs that differ only in the order of independent deliveries"
                : "every run";
    }

    @Override
    public String source() {
        if (sourceSets) {
            return "Abdulla, Aronis, Jonsson, Sagonas, Optimal dynamic partial order reduction, POPL 2014";
        }
        return sleepSets ? "Godefroid, Partial-order methods, LNCS 1032, 1996" : "none is needed";
    }

    @Override
    public Explored explore(World world, Limits limits) {
        if (sourceSets || sleepSets) {
            Independence.mustHold(world);
        }
        return new Search(world, limits).run();
    }

    /** A state on the way of the present run. */
    private static final class Node {
        final BitSet enabled;
        final BitSet backtrack = new BitSet();
        final BitSet done = new BitSet();
        final BitSet sleep;
        int chosen;

        Node(BitSet enabled, BitSet sleep) {
            this.enabled = enabled;
            this.sleep = sleep;
        }
    }

    private final class Search {
        private final World world;
        private final Tally tally;
        private final HappensBefore run = new HappensBefore();
        private final List<Node> nodes = new ArrayList<>();

        Search(World world, Limits limits) {
            this.world = world;
            this.tally = new Tally(world, limits, this::share);
        }

        Explored run() {
            boolean more = true;
            while (more) {
                repeat();
                extend();
                more = next();
                if (more && tally.isOver()) {
                    return tally.explored(false);
                }
            }
            return tally.explored(true);
        }

        /** Begins a run with the choices that are kept from the former one. */
        private void repeat() {
            world.reset();
            run.clear(world.sent());
            for (int i = 0; i < nodes.size(); i++) {
                // All but the last delivery have been here before, and so have their races.
                deliver(nodes.get(i).chosen, i == nodes.size() - 1);
            }
        }

        /** Goes on until nothing is left to deliver, or nothing that is not explored already. */
        private void extend() {
            while (!tally.fails(run) && !tally.cuts(run)) {
                final BitSet enabled = world.enabled();
                if (enabled.isEmpty()) {
                    tally.ended(run);
                    return;
                }
                final Node node = new Node(enabled, asleep());
                final int choice = firstAwake(enabled, node.sleep);
                if (choice < 0) {
                    tally.blocked(run);
                    return;
                }
                if (!sourceSets) {
                    node.backtrack.or(enabled);
                }
                nodes.add(node);
                choose(node, choice);
                deliver(choice, true);
            }
        }

        private int firstAwake(BitSet enabled, BitSet sleep) {
            final BitSet awake = (BitSet) enabled.clone();
            awake.andNot(sleep);
            return awake.nextSetBit(0);
        }

        private void choose(Node node, int choice) {
            node.backtrack.set(choice);
            node.done.set(choice);
            node.chosen = choice;
        }

        private void deliver(int channel, boolean isNew) {
            final int receiver = world.receiver(channel);
            if (sourceSets && isNew) {
                race(channel, receiver);
            }
            world.deliver(channel);
            if (isNew && (sourceSets || sleepSets)) {
                final Node node = nodes.get(run.length());
                node.backtrack.or(Independence.lost(world, node.enabled, channel, receiver));
            }
            run.add(channel, receiver, world.sent());
            tally.delivered(run);
        }

        /** What need not be tried here, because it was tried before what was chosen, and does not depend on that. */
        private BitSet asleep() {
            if (!sleepSets || nodes.isEmpty()) {
                return new BitSet();
            }
            final Node before = nodes.get(nodes.size() - 1);
            final BitSet asleep = (BitSet) before.sleep.clone();
            asleep.or(before.done);
            asleep.clear(before.chosen);
            final int receiver = world.receiver(before.chosen);
            for (int channel = asleep.nextSetBit(0); channel >= 0; channel = asleep.nextSetBit(channel + 1)) {
                if (world.receiver(channel) == receiver) {
                    asleep.clear(channel);
                }
            }
            return asleep;
        }

        /** If the delivery that comes next could have come before the last one to its receiver, sees to it that it will. */
        private void race(int channel, int receiver) {
            final int last = run.lastTo(receiver);
            if (last == HappensBefore.NONE
                    || run.channel(last) == channel
                    || run.isBeforeOrSame(last, run.senderOfNext(channel))) {
                return;
            }
            final Node node = nodes.get(last);
            final int sender = run.senderOfNext(channel);
            if (sender == HappensBefore.UNKNOWN && !node.enabled.get(channel)) {
                return; // the timer was set by the last delivery, or after it
            }
            int candidate = -1;
            boolean blocksNext = false;
            final List<Integer> others = new ArrayList<>();
            for (int step = last + 1; step < run.length(); step++) {
                if (run.isBefore(last, step)) {
                    continue;
                }
                if (isInitial(step, others)) {
                    if (node.backtrack.get(run.channel(step))) {
                        return;
                    }
                    candidate = candidate < 0 ? run.channel(step) : candidate;
                }
                blocksNext |= run.isBeforeOrSame(step, sender);
                others.add(step);
            }
            if (!blocksNext) {
                candidate = channel;
            }
            node.backtrack.set(candidate);
        }

        private boolean isInitial(int step, List<Integer> others) {
            for (final int other : others) {
                if (run.isBefore(other, step)) {
                    return false;
                }
            }
            return true;
        }

        /** As if behind every choice that is still open there were as much as behind those made. */
        private double share() {
            double share = 0;
            double rest = 1;
            for (final Node node : nodes) {
                final BitSet all = (BitSet) node.backtrack.clone();
                all.or(node.done);
                rest /= all.cardinality();
                share += rest * (node.done.cardinality() - 1);
            }
            return share;
        }

        /** Takes back choices until one is left to be made otherwise, and makes it. */
        private boolean next() {
            while (!nodes.isEmpty()) {
                final Node node = nodes.get(nodes.size() - 1);
                final BitSet open = (BitSet) node.backtrack.clone();
                open.andNot(node.done);
                if (sleepSets) {
                    open.andNot(node.sleep);
                }
                final int choice = open.nextSetBit(0);
                if (choice >= 0) {
                    choose(node, choice);
                    return true;
                }
                nodes.remove(nodes.size() - 1);
            }
            return false;
        }
    }
}
