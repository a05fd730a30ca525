package headcache.demos.lesson;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;

import headcache.audit.AuditMessage.Arrived;
import headcache.audit.AuditMessage.Counted;
import headcache.audit.Cut;
import headcache.kit.Semantics;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Limits;
import headcache.protocol.ActorName;
import headcache.protocol.DriverId;
import headcache.protocol.NodeId;
import headcache.verify.Invariant;
import headcache.verify.scene.MachineWorld;
import headcache.verify.scene.Scene;
import headcache.verify.scene.Scenes;
import java.util.List;

/** Lesson 7: how to count what moves, by asking everybody in turn and by a consistent cut. */
final class HeadsInFlight implements Lesson {
    private static final Scene SCENE =
            Scenes.named("audit-amid-refill-and-spill").orElseThrow();
    private static final long SEED = 3;

    /** In the order in which they are asked. */
    private static final List<ActorName> ACTORS = List.of(NodeId.of(0), CPU0, CPU1, new DriverId(0));

    @Override
    public int number() {
        return 7;
    }

    @Override
    public String title() {
        return "The audit";
    }

    @Override
    public String question() {
        return "A machine runs and may not be stopped. Are all its heads there?";
    }

    @Override
    public Page opening() {
        return Script.opening(this)
                .text("""
                        Heads wander: from the slab to a CPU, with a packet to another CPU, and back to the slab. The
                        law says that each is in exactly one place. Somebody wants to see that, on a machine that
                        runs. There is no moment to look at all actors at once: to make one would mean to stop them.

                        The slab of node-0 has 2 heads in all. cpu-0 takes both, for packets A and B. Then A is done
                        with on cpu-1, whose cache has room for one head only and spills it at once.

                        Meanwhile somebody asks node-0, cpu-0, cpu-1 and the driver, one after the other, how many
                        heads they have, and adds up. Everybody answers truthfully.
                        """)
                .line("    There are 2 heads. What can the sum be?")
                .indented(List.of(
                        "  a  2, always",
                        "  b  2, or less if a head was in a message just then, but never more",
                        "  c  2, or less, or more"))
                .text("""
                        Decide, then go on. What you will see was run just now by the real actors; in each row of the
                        next page one of them gets a message. Markers are part of the audit, and come later.
                        """)
                .page();
    }

    @Override
    public List<Page> run(final Ink ink) {
        final Script script = new Script(this, ink);
        final AuditedRun run = AuditedRun.drawn(SCENE, SEED);
        script.step("a run, and four moments of it")
                .indented(new RunDrawing(run.recording(), "driver-0", "cpu-0", "cpu-1", "node-0").lines());
        final Sums sums = Sums.of(run);
        askedInTurn(script, run, sums);
        answer(script, run, sums);
        markers(script);
        cut(script, run);
        everyOrder(script, sums);
        next(script);
        return script.pages();
    }

    /**
     * All ways to ask the four in turn.
     *
     * @param fewest four moments that give the least
     * @param most four moments that give the most
     * @param tooFew how many ways give too few
     * @param right how many ways give what there is
     * @param tooMany how many ways give too many
     */
    private record Sums(int[] fewest, int[] most, int tooFew, int right, int tooMany) {

        static Sums of(final AuditedRun run) {
            int[] fewest = {};
            int[] most = {};
            final int[] ways = new int[3];
            final int first = run.all().indexOf(heads(run));
            for (int a = first; a <= run.size(); a++) {
                for (int b = a; b <= run.size(); b++) {
                    for (int c = b; c <= run.size(); c++) {
                        for (int d = c; d <= run.size(); d++) {
                            final int[] moments = {a, b, c, d};
                            final int sum = run.sum(ACTORS, moments);
                            ways[Integer.signum(sum - heads(run)) + 1]++;
                            fewest = fewest.length == 0 || sum < run.sum(ACTORS, fewest) ? moments : fewest;
                            most = most.length == 0 || sum > run.sum(ACTORS, most) ? moments : most;
                        }
                    }
                }
            }
            return new Sums(fewest, most, ways[0], ways[1], ways[2]);
        }

        int all() {
            return tooFew + right + tooMany;
        }
    }

    /** How many heads there are once the slab has its page. */
    private static int heads(final AuditedRun run) {
        return run.all().get(run.size());
    }

    private static void askedInTurn(final Script script, final AuditedRun run, final Sums sums) {
        final Grid grid = new Grid("asked", "after row", "it has", "asked", "after row", "it has");
        for (int i = 0; i < ACTORS.size(); i++) {
            grid.row(
                    ACTORS.get(i).toString(),
                    String.valueOf(sums.fewest()[i]),
                    String.valueOf(had(run, i, sums.fewest())),
                    ACTORS.get(i).toString(),
                    String.valueOf(sums.most()[i]),
                    String.valueOf(had(run, i, sums.most())));
        }
        grid.row(
                "sum",
                "",
                String.valueOf(run.sum(ACTORS, sums.fewest())),
                "sum",
                "",
                String.valueOf(run.sum(ACTORS, sums.most())));
        script.step("broken: asked one after the other")
                .text("Twice in that very run, at different moments:")
                .indented(grid.lines())
                .text("""
                        On the left heads are missing: each was in a message, or had left for somebody who had been
                        asked already. On the right heads are there twice: they were counted, went on to somebody who
                        was asked later, and were counted again. Nobody lied.
                        """);
    }

    private static int had(final AuditedRun run, final int actor, final int[] moments) {
        return run.sum(List.of(ACTORS.get(actor)), moments[actor]);
    }

    private static void answer(final Script script, final AuditedRun run, final Sums sums) {
        final boolean isMore = sums.tooMany() > 0;
        final boolean isLess = sums.tooFew() > 0;
        final int first = run.all().indexOf(heads(run));
        int atOnce = 0;
        for (int moment = first; moment <= run.size(); moment++) {
            atOnce += run.sum(ACTORS, moment, moment, moment, moment) < heads(run) ? 1 : 0;
        }
        script.between("the answer is " + (isMore ? "c" : isLess ? "b" : "a"))
                .indented(new Grid("sum", "ways to ask")
                        .row("less than " + heads(run), String.valueOf(sums.tooFew()))
                        .row(String.valueOf(heads(run)), String.valueOf(sums.right()))
                        .row("more than " + heads(run), String.valueOf(sums.tooMany()))
                        .row("all", String.valueOf(sums.all()))
                        .lines())
                .text("""
                        These are all ways to place four questions in this one run, from the row on in which the slab
                        takes its page. A sum that is right proves nothing either: one head can be missing and another
                        one there twice.

                        To ask all four at the same moment is not enough. Of the %d moments of this run, heads
                        are missing in %d: those that are in messages have no owner who could be asked.
                        """.formatted(run.size() - first + 1, atOnce));
    }

    private static void markers(final Script script) {
        script.between("right: markers").text("""
                        Each actor may be asked at a moment of its own, if only the moments fit together: whatever one
                        of them has received before its moment, the sender must have sent before its own. Then nothing
                        is counted twice. And what was sent before the one moment and came after the other was in a
                        message, and can be counted where it arrives.

                        Chandy and Lamport found in 1985 how to see to that without stopping anybody. Messages get
                        company, markers:

                        When an actor gets its first marker, that is its moment. It counts what it has, and sends a
                        marker to everybody whom it may write to, before anything else.

                        From then on it counts what still comes from each sender, until that sender's marker comes.
                        What comes later was sent after the sender's moment and does not belong to it.

                        It takes nothing but what Akka promises: order between one sender and one receiver. So a
                        marker separates what was sent before it from what was sent after it.
                        """);
    }

    private static void cut(final Script script, final AuditedRun run) {
        final Cut cut = run.cut();
        final Grid grid = new Grid("actor", "its moment", "in slab", "in cache", "in use", "on the way to it", "sum");
        int total = 0;
        for (final ActorName actor : ACTORS) {
            final Counted part = cut.parts().stream()
                    .filter(counted -> counted.who().equals(actor))
                    .findFirst()
                    .orElseThrow();
            final int slab = part.here().inSlab().count();
            final int cache = part.here().inCache().count();
            final int use = part.here().inUse().count();
            final int way = part.arrived().stream()
                    .map(Arrived::heads)
                    .mapToInt(heads -> heads.count())
                    .sum();
            total += slab + cache + use + way;
            grid.row(
                    actor.toString(),
                    "row " + run.momentOf(actor),
                    String.valueOf(slab),
                    String.valueOf(cache),
                    String.valueOf(use),
                    String.valueOf(way),
                    String.valueOf(slab + cache + use + way));
        }
        grid.row("all", "", "", "", "", "", String.valueOf(total));
        script.step("right: the cut that the markers took in the same run")
                .indented(grid.lines())
                .text("""
                        Each actor had its moment in another row, as if it had been asked in turn. Yet the sum is %d
                        of %d: the moments fit, so nothing is there twice, and %d of them was counted as on its way,
                        having left before its sender's moment and come after its receiver's.
                        """.formatted(total, heads(run), cut.inMessages().count()))
                .text("""
                        Perhaps the machine was at no moment as the table has it. But it could have been, as far as
                        any of its actors can tell. So what holds in every state must hold in the table.

                        The law is %s, %s: %s.
                        """.formatted(Invariant.I1, Invariant.I1.title(), Invariant.I1.law()));
    }

    private static void everyOrder(final Script script, final Sums sums) {
        try (MachineWorld world = new MachineWorld(SCENE, Semantics.PER_PAIR_FIFO)) {
            final Explored explored =
                    DynamicReduction.full().explore(world, Limits.NONE).mustHold();
            script.step("every order of messages and markers")
                    .text("""
                            One run proves little. So all were tried that differ in more than the order of messages
                            that have nothing to do with one another: %d runs, with the markers early, late, and in
                            between. They end in %d states, told apart by what the audit counted as well.

                            In each of them the cut adds up. The sum of answers was wrong in %d of %d ways to ask, in
                            one run.
                            """.formatted(
                            explored.runs(), explored.finals().size(), sums.tooFew() + sums.tooMany(), sums.all()))
                    .text("""
                            On a large machine it is the same: ./headcache run --audit 2000 takes a cut after every
                            2000 packets, while all CPUs go on, and each line of its table must add up.
                            """);
        }
    }

    private static void next(final Script script) {
        script.next(new Grid("./headcache run --deterministic --audit 2000", "cuts through a recorded router")
                .row("./headcache run burst --cpus 8 --audit 2000", "cuts on many threads")
                .row("./headcache check audit-amid-refill-and-spill", "the small machine of this lesson")
                .row("./headcache lesson 8", "a bug of the kernel's own history"));
    }
}
