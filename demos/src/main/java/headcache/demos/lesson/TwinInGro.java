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
import headcache.kit.run.Follower;
import headcache.kit.run.Recording;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;
import headcache.kit.shrink.Shrinker;
import headcache.kit.shrink.Shrunk;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.verify.Invariant;
import headcache.verify.scene.Scene;
import headcache.verify.scene.SceneCase;
import headcache.verify.scene.SceneHost;
import headcache.verify.scene.Scenes;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Lesson 8: what Linux 5.12 did with twins that GRO merged, found again by the search. */
final class TwinInGro implements Lesson {
    private static final Scene FIXED = new Scene(
            "twin-merged",
            "GRO merges a frame whose head is one of twins.",
            machine(2, 1, cache(2, 2, 2), pages(2, 2)),
            List.of(
                    List.of(
                            get(CPU0, 0),
                            call(CPU0, Op.allocate(WayIn.ALLOC_SKB_FCLONE, 1)),
                            call(CPU0, Op.release(WayOut.GRO_MERGED_FREE, 1)),
                            put(CPU0, 0)),
                    List.of(get(CPU1, 0), put(CPU1, 0))));
    private static final Scene RELEASED = Scenes.unfixed(FIXED);
    private static final Semantics ORDERS = Semantics.PER_PAIR_FIFO;
    private static final int SEEDS = 100;

    @Override
    public int number() {
        return 8;
    }

    @Override
    public String title() {
        return "A bug of the kernel's own history";
    }

    @Override
    public String question() {
        return "Linux 5.12 merges a frame whose head is one of twins. Where does that head go?";
    }

    @Override
    public Page opening() {
        return Script.opening(this)
                .text("""
                        TCP keeps what it has sent until the other side has confirmed it, and sends a clone. So it
                        allocates its skbs as twins: two heads side by side, for the skb and its clone. Twins come
                        from a slab of their own. In a head cache there are only plain heads.

                        Frames that arrive one after the other are merged into one skb, by a part of the kernel called
                        GRO. The head of a frame that was merged is free then, and since version 5.12 GRO puts it in
                        the head cache of its CPU.

                        Frames come from a network card, which knows nothing of twins. But two containers on one
                        machine are joined by a pair of virtual cards, and what TCP sends on one arrives on the other
                        as it is: on a twin.
                        """)
                .line("    GRO merges it. Where does its head go in Linux 5.12?")
                .indented(List.of(
                        "  a  into the head cache, like those of all frames that GRO has merged",
                        "  b  back to the slab of twins",
                        "  c  nowhere: GRO does not merge such a frame"))
                .text("""
                        Decide, then go on. What you will see was run just now by the real actors, which can follow
                        the code as it was released, and as it is since it was corrected.
                        """)
                .page();
    }

    @Override
    public List<Page> run(final Ink ink) {
        final Script script = new Script(this, ink);
        try (SceneHost<SceneCase> host = new SceneHost<>(SceneCase::scene)) {
            final Found found = found(explored(host, RELEASED));
            final Shrunk<SceneCase> shrunk = new Shrinker<>(host, ORDERS).shrink(SceneCase.of(RELEASED), found.names());
            search(script, found);
            smallest(script, shrunk);
            answer(script, shrunk);
            corrected(script, host, shrunk);
            beside(script, host);
        }
        next(script);
        return script.pages();
    }

    private static Explored explored(final SceneHost<SceneCase> host, final Scene scene) {
        return DynamicReduction.full().explore(host.show(SceneCase.of(scene), ORDERS), Limits.NONE);
    }

    private static Found found(final Explored explored) {
        final Found found = explored.found();
        if (found == null) {
            throw new IllegalStateException("nothing went wrong: runs=" + explored.runs());
        }
        return found;
    }

    private static void search(final Script script, final Found found) {
        script.step("a small machine is told this")
                .indented(commands(RELEASED))
                .text("""
                        Two CPUs, two drivers who know nothing of one another, %d commands. cpu-0 takes a plain head
                        and a twin, GRO merges the frame on the twin, and the plain head is put. cpu-1 takes a head
                        and puts it. The search runs this in one order of messages after the other. The first run
                        stops at message %d:
                        """.formatted(
                                RELEASED.scripts().stream().mapToInt(List::size).sum(),
                                found.names().size()))
                .text(String.valueOf(found.cause().getMessage()))
                .text("""
                        f0 is the name of a twin. The put refuses it: the cache tests where a head comes from, as a
                        debugging kernel does.
                        """);
    }

    private static List<String> commands(final Scene scene) {
        return IntStream.range(0, scene.scripts().size())
                .boxed()
                .flatMap(driver -> Stream.concat(
                        Stream.of("driver-" + driver),
                        scene.scripts().get(driver).stream().map(it -> "    " + it)))
                .toList();
    }

    private static void smallest(final Script script, final Shrunk<SceneCase> shrunk) {
        final RunDrawing drawing = new RunDrawing(shrunk.found().recording(), "driver-0", "cpu-0", "node-0");
        script.step("the same, made as small as it can be")
                .indented(commands(shrunk.subject().scene()).stream()
                        .filter(line -> !line.equals("driver-1"))
                        .toList())
                .indented(drawing.lines())
                .text("""
                        %d commands are left, and %d messages. %d smaller runs were tried on the way. %s So it takes
                        no race, no second CPU, and no other packet.
                        """.formatted(
                                shrunk.subject().size(),
                                drawing.size(),
                                shrunk.tried(),
                                shrunk.isMinimal()
                                        ? "Without either command nothing goes wrong, in whatever order."
                                        : "Perhaps some order of fewer would do."));
    }

    private static void answer(final Script script, final Shrunk<SceneCase> shrunk) {
        script.between("the answer is " + (shrunk.rule().equals("WRONG_SLAB") ? "a" : "b"))
                .text("""
                        The head of the twin goes into the head cache. The next get would hand it out as a plain head,
                        and the next spill would give it to the slab of plain heads.

                        The law is %s, %s: %s.
                        """.formatted(Invariant.I8, Invariant.I8.title(), Invariant.I8.law()))
                .text("""
                        The cache had always left that test to those who call it, and all of them made it. Then
                        9243adfc311a, the last patch of the series that this project is about, let GRO put the heads
                        of merged frames. The new caller made no such test. Users of containers and tunnels saw, in
                        version 5.13:
                        """)
                .line("    Wrong slab cache. skbuff_head_cache but object is from skbuff_fclone_cache")
                .text("""
                        and sometimes memory was spoilt. The correction is 28b34f01a734, of July 2021. In one line:
                        GRO gives twins to their own slab, and puts only plain heads.
                        """);
    }

    private static void corrected(
            final Script script, final SceneHost<SceneCase> host, final Shrunk<SceneCase> shrunk) {
        final SceneCase same = new SceneCase(FIXED, shrunk.subject().kept());
        final Recording run = Recording.toTheEnd(
                host.show(same, ORDERS), shrunk.found().recording().trail().names());
        script.step("the same commands on the corrected kernel")
                .indented(new RunDrawing(run, "driver-0", "cpu-0", "node-0").lines())
                .text("""
                        The frame ends as before, but its head is not put. It goes to node-0, whose slab of twins
                        takes it back, and nothing goes wrong.
                        """);
    }

    private static void beside(final Script script, final SceneHost<SceneCase> host) {
        final Explored fixed = explored(host, FIXED).mustHold();
        final Grid grid = new Grid("kernel", "order of messages", "runs", "runs that stop");
        grid.row("5.12 as released", "drawn by chance", String.valueOf(SEEDS), String.valueOf(broken(host, RELEASED)));
        grid.row("corrected", "drawn by chance", String.valueOf(SEEDS), String.valueOf(broken(host, FIXED)));
        grid.row("corrected", "every one", String.valueOf(fixed.runs()), "0");
        script.step("beside one another")
                .text("All %d commands again, on both kernels:"
                        .formatted(FIXED.scripts().stream().mapToInt(List::size).sum()))
                .indented(grid.lines())
                .text("""
                        In the last row no two runs differ only in the order of messages that have nothing to do with
                        one another, and there are no others. All laws hold in all of them, and in the end every head
                        is home.

                        In lesson 4 the situation was plain and the order was rare. Here any order will do, and the
                        situation is rare: a frame that arrives on a twin was overlooked. So draw both by chance, what
                        is done and in which order, and let a search make small what it finds.
                        """);
    }

    /** In how many runs of {@code scene}, each with dice of its own, something goes wrong. */
    private static long broken(final SceneHost<SceneCase> host, final Scene scene) {
        final Follower runs = new Follower(host.show(SceneCase.of(scene), ORDERS));
        return LongStream.rangeClosed(1, SEEDS)
                .filter(seed -> runs.drawn(seed).cause() != null)
                .count();
    }

    private static void next(final Script script) {
        script.next(new Grid("./headcache check twin-in-gro --unfixed", "what GRO does if it keeps the data of a twin")
                .row("./headcache check stolen-head --unfixed", "another bug that was found later: 8550ff8d8c75")
                .row("./headcache check --unfixed", "which small machines see them")
                .row("./headcache lesson 4", "the rare order"));
    }
}
