package headcache.demos.lesson;

import headcache.audit.AuditMessage;
import headcache.audit.AuditedStep;
import headcache.audit.Cut;
import headcache.kit.Semantics;
import headcache.kit.run.Recording;
import headcache.protocol.ActorName;
import headcache.step.HeadCount;
import headcache.step.Step;
import headcache.verify.scene.MachineWorld;
import headcache.verify.scene.Scene;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A run through which an audit takes a cut, and what each actor has had at each moment of it.
 *
 * @param recording the run
 * @param cut what the audit says
 * @param had for each actor how many heads it had before the first delivery, after the first, and so on
 * @param all how many heads there were at these moments, wherever they were
 */
record AuditedRun(Recording recording, Cut cut, Map<ActorName, List<Integer>> had, List<Integer> all) {

    /** Does a run of {@code scene} in which all deliveries are drawn, each as likely as the others that are possible. */
    static AuditedRun drawn(final Scene scene, final long seed) {
        try (MachineWorld world = new MachineWorld(scene, Semantics.PER_PAIR_FIFO)) {
            final SplittableRandom dice = new SplittableRandom(seed);
            final List<String> names = new ArrayList<>();
            final List<List<HeadCount>> moments = new ArrayList<>();
            moments.add(counts(world));
            for (BitSet next = world.enabled(); !next.isEmpty(); next = world.enabled()) {
                final int[] channels = next.stream().toArray();
                final int channel = channels[dice.nextInt(channels.length)];
                names.add(world.name(channel));
                world.deliver(channel);
                moments.add(counts(world));
            }
            return of(Recording.of(world, names), world.steps(), moments);
        }
    }

    private static AuditedRun of(
            final Recording recording, final List<Step<?>> steps, final List<List<HeadCount>> moments) {
        final Map<ActorName, List<Integer>> had = new HashMap<>();
        final List<AuditMessage.Counted> parts = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            final int place = i;
            if (steps.get(i) instanceof AuditedStep<?> audited && audited.part() != null) {
                parts.add(audited.part());
                had.put(
                        audited.part().who(),
                        moments.stream().map(moment -> found(moment.get(place))).toList());
            }
        }
        final List<Integer> all = moments.stream()
                .map(moment ->
                        moment.stream().mapToInt(count -> count.all().count()).sum())
                .toList();
        return new AuditedRun(recording, new Cut(1, parts), had, all);
    }

    private static List<HeadCount> counts(final MachineWorld world) {
        final List<HeadCount> counts = new ArrayList<>();
        for (final Step<?> step : world.steps()) {
            final HeadCount count = HeadCount.nothing();
            step.count(count);
            counts.add(count);
        }
        return counts;
    }

    private static int found(final HeadCount count) {
        return count.inSlab().count() + count.inCache().count() + count.inUse().count();
    }

    /** How many deliveries there are. */
    int size() {
        return all.size() - 1;
    }

    /** The delivery, from 1, at which {@code actor} counted for the cut: that of its first marker. */
    int momentOf(final ActorName actor) {
        return IntStream.range(0, size())
                        .filter(i -> recording.steps().get(i).receiver().equals(actor.toString())
                                && recording.steps().get(i).letter().kind().equals("Marker"))
                        .findFirst()
                        .orElseThrow()
                + 1;
    }

    /** What somebody adds up who asks each of {@code actors} after as many deliveries as {@code moments} has in its place. */
    int sum(final List<ActorName> actors, final int... moments) {
        return IntStream.range(0, moments.length)
                .map(i -> had.getOrDefault(actors.get(i), List.of()).get(moments[i]))
                .sum();
    }
}
