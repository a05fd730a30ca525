package headcache.kit.search;

import headcache.kit.World;
import headcache.kit.run.HappensBefore;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Exactly one run of every class of runs that differ only in the order of independent deliveries: optimal dynamic
 * partial-order reduction with source sets, sleep sets and wakeup trees. Two deliveries depend on one another if they
 * have the same receiver.
 *
 * <p>What it checks is what no reordering of independent deliveries changes: each actor's own states, and final
 * states. A predicate over several actors in the middle of a run is not: it may hold in the one order that is
 * tried, and not in another.
 *
 * <p>Where two deliveries of a run could have come in the other order, the run that does so is begun by name: a wakeup
 * tree keeps the whole beginning, not its first delivery only, and so no run is begun in vain. Source: Abdulla,
 * Aronis, Jonsson, Sagonas, <i>Source sets: a foundation for optimal dynamic partial order reduction</i>, JACM 64(4),
 * 2017.
 */
public final class WakeupTrees implements Strategy {

    @Override
    public String guarantee() {
        return "one run of every class of runs that differ only in the order of independent deliveries";
    }

    @Override
    public String source() {
        return "Abdulla, Aronis, Jonsson, Sagonas, Source sets, JACM 64(4), 2017";
    }

    @Override
    public Explored explore(World world, Limits limits) {
        Independence.mustHold(world);
        return new Search(world, limits).run();
    }

    /** A state on the way of the present run; the first branch of its tree is the one that was taken. */
    private static final class Node {
        final BitSet enabled;
        final BitSet sleep;
        final WakeupTree tree;

        /** How many branches were taken before the present one. */
        int done;

        /** What the delivery that was chosen took away from its receiver, such as a timer that it cancelled. */
        BitSet lost = new BitSet();

        Node(BitSet enabled, BitSet sleep, WakeupTree tree) {
            this.enabled = enabled;
            this.sleep = sleep;
            this.tree = tree;
        }

        int chosen() {
            return tree.first().channel();
        }
    }

    private static final class Search {
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
                raceAll();
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
                // All but the last delivery have been here before.
                deliver(nodes.get(i), i == nodes.size() - 1);
            }
        }

        /** Goes on until nothing is left to deliver, as the tree says and then as it comes. */
        private void extend() {
            while (!tally.fails(run) && !tally.cuts(run)) {
                final BitSet enabled = world.enabled();
                if (enabled.isEmpty()) {
                    tally.ended(run);
                    return;
                }
                final Node node = new Node(enabled, asleep(), planned());
                if (node.tree.isEmpty()) {
                    final BitSet awake = (BitSet) enabled.clone();
                    awake.andNot(node.sleep);
                    final int choice = awake.nextSetBit(0);
                    if (choice < 0) {
                        tally.blocked(run);
                        return;
                    }
                    node.tree.add(choice, world.receiver(choice));
                }
                nodes.add(node);
                deliver(node, true);
            }
        }

        private WakeupTree planned() {
            return nodes.isEmpty()
                    ? new WakeupTree()
                    : nodes.get(nodes.size() - 1).tree.first().below();
        }

        private void deliver(Node node, boolean isNew) {
            final int channel = node.chosen();
            if (!node.enabled.get(channel)) {
                throw new IllegalStateException("what could be delivered before cannot now: the actors are not"
                        + " deterministic, or not independent: delivery=" + world.name(channel) + ", place="
                        + (run.length() + 1));
            }
            final int receiver = world.receiver(channel);
            world.deliver(channel);
            if (isNew) {
                node.lost = Independence.lost(world, node.enabled, channel, receiver);
            }
            run.add(channel, receiver, world.sent());
            tally.delivered(run);
        }

        /** What need not be tried here, because it was tried before what was chosen, and does not depend on that. */
        private BitSet asleep() {
            if (nodes.isEmpty()) {
                return new BitSet();
            }
            final Node before = nodes.get(nodes.size() - 1);
            final BitSet asleep = (BitSet) before.sleep.clone();
            final int receiver = world.receiver(before.chosen());
            for (int channel = asleep.nextSetBit(0); channel >= 0; channel = asleep.nextSetBit(channel + 1)) {
                if (world.receiver(channel) == receiver) {
                    asleep.clear(channel);
                }
            }
            return asleep;
        }

        /** Sees to it that of each two deliveries that could have come in the other order, some run does it so. */
        private void raceAll() {
            for (int step = 0; step < run.length(); step++) {
                final int before = run.previous(step);
                if (before >= 0 && isRace(before, step)) {
                    wake(before, Beginning.without(run, before, step));
                }
                final BitSet lost = nodes.get(step).lost;
                for (int channel = lost.nextSetBit(0); channel >= 0; channel = lost.nextSetBit(channel + 1)) {
                    wake(step, Beginning.withLost(run, step, channel, run.receiver(step)));
                }
            }
        }

        /** Whether {@code step} could have come before the last delivery to its receiver, which was {@code before}. */
        private boolean isRace(int before, int step) {
            final int channel = run.channel(step);
            final int sender = run.sender(step);
            if (run.channel(before) == channel || run.isBeforeOrSame(before, sender)) {
                return false;
            }
            // A timer of which it is not known when it was set can come first only if it was set already.
            return sender != HappensBefore.UNKNOWN || nodes.get(before).enabled.get(channel);
        }

        private void wake(int at, Beginning beginning) {
            final Node node = nodes.get(at);
            if (!beginning.canBeginWithAny(node.sleep, world::receiver)) {
                node.tree.insert(beginning);
            }
        }

        /**
         * As if behind every branch that is still to be taken there were as much as behind those taken. Source: Kilby,
         * Slaney, Thiebaux, Walsh, <i>Estimating search tree size</i>, AAAI 2006.
         */
        private double share() {
            double share = 0;
            double rest = 1;
            for (final Node node : nodes) {
                rest /= node.done + node.tree.size();
                share += rest * node.done;
            }
            return share;
        }

        /** Takes back choices until one is left to be made otherwise. */
        private boolean next() {
            while (!nodes.isEmpty()) {
                final Node node = nodes.get(nodes.size() - 1);
                node.sleep.set(node.chosen());
                node.tree.removeFirst();
                node.done++;
                if (!node.tree.isEmpty()) {
                    return true;
                }
                nodes.remove(nodes.size() - 1);
            }
            return false;
        }
    }
}
