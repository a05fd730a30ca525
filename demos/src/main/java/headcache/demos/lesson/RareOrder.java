package headcache.demos.lesson;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;
import static headcache.verify.scene.SceneWords.cache;
import static headcache.verify.scene.SceneWords.get;
import static headcache.verify.scene.SceneWords.machine;
import static headcache.verify.scene.SceneWords.pages;
import static headcache.verify.scene.SceneWords.put;
import static headcache.verify.scene.SceneWords.unacknowledged;

import headcache.kit.Semantics;
import headcache.kit.run.Recording;
import headcache.kit.search.DelayBound;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.PartialOrderSampling;
import headcache.kit.search.RandomWalk;
import headcache.kit.search.Strategy;
import headcache.machine.MachineConfig;
import headcache.verify.Command;
import headcache.verify.Invariant;
import headcache.verify.scene.Scene;
import headcache.verify.scene.SceneHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Lesson 4: an order of messages that chance does not draw, and searches that find it. */
final class RareOrder implements Lesson {
    private static final int RUNS = 500;
    private static final int ERRANDS = 6;
    private static final long SEED = 1;
    private static final int DELAYS = 2;

    /** How the drivers end if the last get brings nothing. */
    static final String REFUSED = "";

    @Override
    public int number() {
        return 4;
    }

    @Override
    public String title() {
        return "A race that random testing misses";
    }

    @Override
    public String question() {
        return "A test passes in %s orders drawn by chance. How many of all orders can fail?".formatted(figure(RUNS));
    }

    @Override
    public Page opening() {
        return Script.opening(this)
                .text("""
                        When a head cache is full it gives heads back to the slab: a spill. That is a message, and it
                        takes its time. A careful CPU waits until the slab has told it that the heads are home. A
                        hasty one sends them and goes on at once.

                        The slab has 2 heads in all. Packets A and B get them on cpu-0 and give them back on cpu-1,
                        whose cache is full then and spills both. Now nobody uses a head. Six errands follow, on cpu-0
                        and cpu-1 in turn, each when the one before is done; they need no head. Then, on cpu-0, packet
                        C wants one.

                        A test runs this %s times on hasty CPUs. Each time, chance says which of the waiting messages
                        arrives next.
                        """.formatted(figure(RUNS)))
                .line("    In how many of these runs does packet C get no head?")
                .indented(List.of(
                        "  a  in about half of them: the spill is there in time, or it is not",
                        "  b  in a few of them",
                        "  c  in none of them, so C always gets one"))
                .text("""
                        Decide, then go on. What you will see was run just now by the real actors. They were told
                        which message to take next, again and again, from the same start.
                        """)
                .page();
    }

    @Override
    public List<Page> run(final Ink ink) {
        final Script script = new Script(this, ink);
        try (SceneHost<Scene> host = new SceneHost<>(Function.identity())) {
            final Endings walk = tried(host, false, ERRANDS, new RandomWalk(SEED));
            final Endings every = tried(host, false, ERRANDS, DynamicReduction.full());
            drawnByChance(script, host, walk);
            answer(script, host, walk, every);
            theRun(script, host, every);
            byErrands(script, host, walk, every);
            otherSearches(script, host, walk, every);
            law(script, every);
        }
        next(script);
        return script.pages();
    }

    static Scene scene(final boolean careful, final int errands) {
        final List<Command> commands = new ArrayList<>(List.of(get(CPU0, 0), get(CPU0, 1), put(CPU1, 0), put(CPU1, 1)));
        for (int i = 0; i < errands; i++) {
            // Slot 1 is empty by then, so there is nothing to release.
            commands.add(put(i % 2 == 0 ? CPU0 : CPU1, 1));
        }
        commands.add(get(CPU0, 1));
        final MachineConfig machine = machine(2, 1, cache(2, 2, 2), pages(2, 1));
        return new Scene(
                "rare-order",
                "A spill stays on its way.",
                careful ? machine : unacknowledged(machine),
                List.of(commands));
    }

    private static Endings tried(
            final SceneHost<Scene> host, final boolean careful, final int errands, final Strategy strategy) {
        return Endings.of(host, scene(careful, errands), Semantics.PER_PAIR_FIFO, strategy, RUNS);
    }

    private static void drawnByChance(final Script script, final SceneHost<Scene> host, final Endings walk) {
        final String served = served(walk);
        final Recording run = Endings.again(host, scene(false, ERRANDS), Semantics.PER_PAIR_FIFO, walk.first(served));
        final RunDrawing drawing = new RunDrawing(run, "driver-0", "cpu-0", "cpu-1", "node-0");
        script.step("the first run that chance drew")
                .indented(drawing.lines(1, drawing.find("nothing to do")))
                .text("""
                        Each row is a message that arrives, and what its receiver does. The rest is %d more messages:
                        the other errands, and the get of packet C, which is served.
                        """.formatted(drawing.size() - drawing.find("nothing to do")));
    }

    /** The ending in which packet C has a head. */
    private static String served(final Endings endings) {
        return endings.counts().keySet().stream()
                .filter(ending -> !ending.equals(REFUSED))
                .findFirst()
                .orElseThrow();
    }

    private static void answer(
            final Script script, final SceneHost<Scene> host, final Endings walk, final Endings every) {
        final Endings careful = tried(host, true, ERRANDS, new RandomWalk(SEED));
        final Endings everyCareful = tried(host, true, ERRANDS, DynamicReduction.full());
        final Grid grid = new Grid("tried", "CPUs", "runs", "C gets a head", "C gets none");
        row(grid, "drawn by chance", "hasty (broken)", walk);
        row(grid, "drawn by chance", "careful (right)", careful);
        row(grid, "every order", "hasty (broken)", every);
        row(grid, "every order", "careful (right)", everyCareful);
        script.between("the answer is " + choice(walk.count(REFUSED)))
                .text("""
                        Chance drew %s runs on each machine, and in those of the hasty one packet C got no head %d
                        times. By this test both machines are equally good.
                        """.formatted(figure(RUNS), walk.count(REFUSED)))
                .indented(grid.lines())
                .text("""
                        The lower half is no sample. Runs that differ only in the order of messages that have nothing
                        to do with one another are alike, and one of each kind was run: all that there are. Of the %d
                        kinds of the hasty machine, packet C gets no head in %d.
                        """.formatted(every.explored().runs(), every.count(REFUSED)))
                .text("""
                        So a test can pass as often as you like while %s of what can happen is wrong. What counts is
                        not how often one tries but what one tries.
                        """.formatted(share(every)));
    }

    private static String choice(final long refused) {
        if (refused == 0) {
            return "c";
        }
        return refused > RUNS / 4 ? "a" : "b";
    }

    private static String share(final Endings every) {
        return 2 * every.count(REFUSED) == every.explored().runs()
                ? "half"
                : every.count(REFUSED) + " of " + every.explored().runs();
    }

    private static void row(final Grid grid, final String tried, final String cpus, final Endings endings) {
        grid.row(
                tried,
                cpus,
                figure(endings.explored().runs()),
                figure(endings.explored().runs() - endings.count(REFUSED)),
                figure(endings.count(REFUSED)));
    }

    private static void theRun(final Script script, final SceneHost<Scene> host, final Endings every) {
        final Recording run = Endings.again(host, scene(false, ERRANDS), Semantics.PER_PAIR_FIFO, every.first(REFUSED));
        final RunDrawing drawing = new RunDrawing(run, "driver-0", "cpu-0", "cpu-1", "node-0");
        final int spill = drawing.find("put n0/0, spill");
        script.step("an order in which packet C gets none")
                .indented(drawing.lines(spill, drawing.size()))
                .text("""
                        The spill leaves cpu-1 in row %d and arrives in row %d. %d messages pass it. All may: Akka
                        promises an order between one sender and one receiver, and none of them goes from cpu-1 to
                        node-0.
                        """.formatted(spill, drawing.find("home"), drawing.find("home") - spill - 1));
    }

    private static void byErrands(
            final Script script, final SceneHost<Scene> host, final Endings walk, final Endings every) {
        final Grid grid = new Grid("errands", "by chance: runs", "C gets none", "every order: runs", "C gets none");
        for (int errands = 0; errands <= ERRANDS; errands += 2) {
            final Endings drawn = errands == ERRANDS ? walk : tried(host, false, errands, new RandomWalk(SEED));
            final Endings all = errands == ERRANDS ? every : tried(host, false, errands, DynamicReduction.full());
            grid.row(
                    String.valueOf(errands),
                    figure(drawn.explored().runs()),
                    figure(drawn.count(REFUSED)),
                    figure(all.explored().runs()),
                    figure(all.count(REFUSED)));
        }
        script.step("why chance does not draw it")
                .text("The same on hasty CPUs, with fewer errands between the spill and packet C:")
                .indented(grid.lines())
                .text("""
                        While an errand is under way, two messages wait: the spill, and the one that brings the errand
                        on. Chance takes either with one half. An errand is two messages, one to the CPU and one back,
                        so each makes it four times less likely that the spill is still on its way. Errands do not
                        change what can happen, as the right half shows; they only hide it.

                        Real programs do much between two things that matter. An order can be one of a few and yet
                        come up once in thousands of runs.
                        """);
    }

    private static void otherSearches(
            final Script script, final SceneHost<Scene> host, final Endings walk, final Endings every) {
        final Endings sampled = tried(host, false, ERRANDS, new PartialOrderSampling(SEED));
        final Endings delayed = tried(host, false, ERRANDS, new DelayBound(DELAYS));
        final Grid grid = new Grid("search", "runs", "C gets none");
        grid.row("random walk", figure(walk.explored().runs()), figure(walk.count(REFUSED)));
        grid.row("up to " + DELAYS + " delays", figure(delayed.explored().runs()), figure(delayed.count(REFUSED)));
        grid.row("random priorities", figure(sampled.explored().runs()), figure(sampled.count(REFUSED)));
        grid.row("every order", figure(every.explored().runs()), figure(every.count(REFUSED)));
        script.step("four ways to search the hasty machine")
                .indented(grid.lines())
                .text("""
                        A random walk draws anew at each message. Random priorities (partial order sampling, POS) are
                        drawn once for each message: one that comes out last stays last, however many pass it. So the
                        chance falls with the number of messages, not by half with each of them.

                        The search with delays delivers the oldest message first, and up to %d times something else.
                        It is complete for bugs that need little. This one needs a delay at every message that passes
                        the spill, so it is of no use here.

                        Only the last can say that nothing else happens. It needs fewest runs here; on larger machines
                        there are too many orders, and then the others are what there is.
                        """.formatted(DELAYS));
    }

    private static void law(final Script script, final Endings every) {
        script.between("which law is broken")
                .text("""
                        None of the laws of heads. %s, %s: %s. Two heads are in a message, and that is a place where a
                        head may be. In the other %d kinds of runs the same two are back in the slab in time.
                        """.formatted(
                                Invariant.I1,
                                Invariant.I1.title(),
                                Invariant.I1.law(),
                                every.explored().runs() - every.count(REFUSED)))
                .text("""
                        What is broken is what people expect: that a request fails only while all heads are in use.
                        No law about single states says so. It shows in the endings: the careful machine has one, the
                        hasty one has %d. So a check that holds should say in how many ways the runs end, and somebody
                        should look.
                        """.formatted(every.counts().size()))
                .text("""
                        Linux does not have this choice: there the call that frees returns when the heads are home. It
                        comes with messages.
                        """);
    }

    private static String figure(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void next(final Script script) {
        script.next(new Grid("./headcache check spills-in-flight --strategy random --runs 500", "drawn by chance")
                .row("./headcache check spills-in-flight --strategy pos --runs 500", "random priorities")
                .row("./headcache check spills-in-flight", "one of each kind")
                .row("./headcache lesson 5", "which orders there are"));
    }
}
