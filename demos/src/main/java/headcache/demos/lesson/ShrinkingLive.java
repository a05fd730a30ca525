package headcache.demos.lesson;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;
import static headcache.verify.scene.SceneWords.cache;
import static headcache.verify.scene.SceneWords.call;
import static headcache.verify.scene.SceneWords.get;
import static headcache.verify.scene.SceneWords.machine;
import static headcache.verify.scene.SceneWords.pages;
import static headcache.verify.scene.SceneWords.put;

import headcache.kit.Semantics;
import headcache.kit.World;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;
import headcache.kit.search.RandomWalk;
import headcache.kit.shrink.Shrinker;
import headcache.kit.shrink.Shrunk;
import headcache.kit.shrink.Trial;
import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.verify.Command;
import headcache.verify.Invariant;
import headcache.verify.scene.Scene;
import headcache.verify.scene.SceneCase;
import headcache.verify.scene.SceneHost;
import headcache.verify.scene.Scenes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lesson 6: how a run that goes wrong is made small, step by step, and how not. */
final class ShrinkingLive implements Lesson {
    private static final long SEED = 1;
    private static final int TRAP = 2;
    private static final int FEW = 3;

    /** Has both bugs of the kernel as it was released; in each run the one with the route comes first. */
    private static final Scene SCENE = Scenes.unfixed(new Scene(
            "two-bugs",
            "GRO merges a frame and keeps its data, and then one on a twin.",
            machine(2, 1, cache(2, 2, 2), pages(2, 2)),
            List.of(
                    List.of(
                            get(CPU0, 0),
                            call(CPU0, new Op.Attach(0, Held.DST)),
                            call(CPU0, new Op.Attach(0, Held.CONNTRACK)),
                            get(CPU0, 1),
                            put(CPU0, 1),
                            call(CPU0, Op.release(WayOut.GRO_STOLEN_HEAD, 0)),
                            call(CPU0, Op.allocate(WayIn.ALLOC_SKB_FCLONE, 2)),
                            call(CPU0, Op.release(WayOut.GRO_MERGED_FREE, 2))),
                    List.of(get(CPU1, 0), put(CPU1, 0)))));

    @Override
    public int number() {
        return 6;
    }

    @Override
    public String title() {
        return "Shrinking live";
    }

    @Override
    public String question() {
        return "A long run goes wrong. How much of it does it take?";
    }

    @Override
    public Page opening() {
        return Script.opening(this)
                .text("""
                        A search has found a run that goes wrong. Here is what its machine was told, a kernel as it
                        was released in version 5.12. Skbs are named by slots: s0, s1, s2.
                        """)
                .indented(commands(SCENE))
                .line("    How many of these %d commands does it take, in some order of messages?"
                        .formatted(SceneCase.of(SCENE).size()))
                .indented(List.of(
                        "  a  " + TRAP, "  b  " + FEW, "  c  more, for the run went through all of that to get there"))
                .text("Decide, then go on. What you will see was run just now by the real actors.")
                .page();
    }

    @Override
    public List<Page> run(final Ink ink) {
        final Script script = new Script(this, ink);
        try (SceneHost<SceneCase> host = new SceneHost<>(SceneCase::scene)) {
            final Trial<SceneCase> whole = found(host);
            asFound(script, whole);
            final Trial<SceneCase> small = live(script, host, whole);
            stayed(script, host, small);
            final Shrunk<SceneCase> right = new Shrinker<>(host, Semantics.PER_PAIR_FIFO)
                    .shrink(whole.subject(), whole.trail().names());
            answer(script, right);
            beside(script, right, anyFailure(host, whole.subject()));
        }
        next(script);
        return script.pages();
    }

    private static List<String> commands(final Scene scene) {
        return IntStream.range(0, scene.scripts().size())
                .boxed()
                .flatMap(driver -> scene.scripts().get(driver).isEmpty()
                        ? Stream.<String>empty()
                        : Stream.concat(
                                Stream.of("driver-" + driver),
                                scene.scripts().get(driver).stream().map(command -> "    " + command)))
                .toList();
    }

    private static Trial<SceneCase> found(final SceneHost<SceneCase> host) {
        final SceneCase all = SceneCase.of(SCENE);
        final World world = host.show(all, Semantics.PER_PAIR_FIFO);
        final Found found = new RandomWalk(SEED).explore(world, Limits.NONE).found();
        if (found == null) {
            throw new IllegalStateException("nothing went wrong");
        }
        return Trial.of(host, all, Semantics.PER_PAIR_FIFO, found.names());
    }

    private static void asFound(final Script script, final Trial<SceneCase> whole) {
        final Throwable cause = whole.trail().cause();
        script.step("the run that was found")
                .text("""
                        The messages were drawn by chance, and among %d of them are %d context switches. At the last
                        one a law is broken:
                        """.formatted(
                        whole.trail().names().size(), whole.trail().switches().size()))
                .text(cause == null ? "nothing" : String.valueOf(cause.getMessage()))
                .text("""
                        A context switch is a message to another actor than the one before, though there was another
                        message for that one too: somebody chose to leave it. The fewer there are, the easier a run is
                        to read.

                        The law is %s, %s: %s.
                        """.formatted(Invariant.I6, Invariant.I6.title(), Invariant.I6.law()))
                .text("""
                        To find out what matters, one could think. Or take things out, one at a time, and look whether
                        it still goes wrong: a command, a context switch, a message. What still fails without it did
                        not matter.
                        """);
    }

    private static Trial<SceneCase> live(
            final Script script, final SceneHost<SceneCase> host, final Trial<SceneCase> whole) {
        final Grid grid = new Grid("tried", "taken out", "commands", "switches", "messages");
        grid.row(cells(0, "", whole));
        Trial<SceneCase> best = whole;
        int from = 0;
        Optional<Trial.Smaller<SceneCase>> next = best.smaller(host, from).findFirst();
        while (next.isPresent()) {
            final Trial<SceneCase> smaller = next.get().trial();
            grid.row(cells(next.get().tried(), difference(best, smaller), smaller));
            best = smaller;
            from = next.get().at();
            next = best.smaller(host, from).findFirst();
        }
        grid.row(cells(best.candidates(), "nothing: each was tried once more", best));
        script.step("one thing less, again and again").indented(grid.lines()).text("""
                        Each row is a run that breaks the same law. Tried: how many runs it took to find it; those
                        before it broke nothing, or something else.
                        """);
        return best;
    }

    private static String[] cells(final int tried, final String out, final Trial<SceneCase> trial) {
        return new String[] {
            String.valueOf(tried),
            out,
            String.valueOf(trial.subject().size()),
            String.valueOf(trial.trail().switches().size()),
            String.valueOf(trial.trail().names().size())
        };
    }

    private static String difference(final Trial<SceneCase> larger, final Trial<SceneCase> smaller) {
        final String command = missing(larger.subject(), smaller.subject());
        if (!command.isEmpty()) {
            return command;
        }
        return larger.trail().switches().size() > smaller.trail().switches().size() ? "a context switch" : "a message";
    }

    /** The command that {@code smaller} lacks, or nothing. */
    private static String missing(final SceneCase larger, final SceneCase smaller) {
        return IntStream.range(0, larger.kept().size())
                .boxed()
                .flatMap(driver -> larger.kept().get(driver).stream()
                        .filter(place -> !smaller.kept().get(driver).contains(place))
                        .map(place -> larger.whole().scripts().get(driver).get(place)))
                .map(Command::toString)
                .findFirst()
                .orElse("");
    }

    private static void stayed(final Script script, final SceneHost<SceneCase> host, final Trial<SceneCase> small) {
        final Grid grid = new Grid("without", "runs in every order", "runs that break " + small.rule());
        for (final SceneCase fewer : small.subject().smaller()) {
            final Explored explored = explored(host, fewer);
            grid.row(
                    missing(small.subject(), fewer),
                    String.valueOf(explored.runs()),
                    explored.found() == null ? "0" : "some");
        }
        script.step("why the others stay")
                .text("Without any one of the commands that are left, in every order of messages:")
                .indented(grid.lines())
                .text("""
                        So each is needed, and not only in this run: there is no order in which less would do. Such a
                        run is called one-minimal. There may be other small ones; but of this one nothing single can
                        be left out.
                        """);
    }

    private static Explored explored(final SceneHost<SceneCase> host, final SceneCase subject) {
        return DynamicReduction.full().explore(host.show(subject, Semantics.PER_PAIR_FIFO), Limits.NONE);
    }

    private static void answer(final Script script, final Shrunk<SceneCase> right) {
        final long size = right.subject().size();
        final RunDrawing drawing = new RunDrawing(right.found().recording(), "driver-0", "cpu-0", "node-0");
        script.between("the answer is " + (size == TRAP ? "a" : size == FEW ? "b" : "c"))
                .indented(commands(right.subject().scene()))
                .indented(drawing.lines())
                .text("""
                        A frame arrives, connection tracking leaves a note on it, GRO merges it and keeps its data.
                        The head is put, and the note still hangs on it: nobody will ever release it. It is a bug
                        that Linux 5.12 had; 8550ff8d8c75 corrected it.
                        """);
    }

    /** Shrinks as one should not: whatever goes wrong is as good as what was found. */
    private static Trial<SceneCase> anyFailure(final SceneHost<SceneCase> host, final SceneCase whole) {
        SceneCase best = whole;
        Optional<SceneCase> next = Optional.of(whole);
        while (next.isPresent()) {
            best = next.get();
            next = best.smaller().stream()
                    .filter(fewer -> explored(host, fewer).found() != null)
                    .findFirst();
        }
        final Found found = explored(host, best).found();
        if (found == null) {
            throw new IllegalStateException("nothing went wrong");
        }
        return Trial.of(host, best, Semantics.PER_PAIR_FIFO, found.names());
    }

    private static void beside(final Script script, final Shrunk<SceneCase> right, final Trial<SceneCase> broken) {
        script.step("broken: whatever fails will do")
                .text("The same commands, made small by somebody who takes any failure for the one that was found:")
                .indented(commands(broken.subject().scene()))
                .indented(new Grid("", "right", "broken")
                        .row("what was found breaks", right.rule(), right.rule())
                        .row("what is left breaks", right.rule(), String.valueOf(broken.rule()))
                        .row(
                                "commands",
                                String.valueOf(right.subject().size()),
                                String.valueOf(broken.subject().size()))
                        .lines())
                .text("""
                        It is smaller still, and it is another bug: the one of lesson 8. Whoever corrects that one
                        believes to have corrected the first, which is still there. So what is taken out counts only
                        if the same law is broken, by name.
                        """);
    }

    private static void next(final Script script) {
        script.next(new Grid("./headcache check stolen-head --unfixed", "found, made small, and told")
                .row("./headcache check stolen-head --unfixed --save run.json", "the same, and kept")
                .row("./headcache replay run.json --step", "message by message")
                .row("./headcache lesson 7", "how to count what moves"));
    }
}
