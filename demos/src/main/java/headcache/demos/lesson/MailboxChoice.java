package headcache.demos.lesson;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;
import static headcache.verify.scene.SceneWords.cache;
import static headcache.verify.scene.SceneWords.get;
import static headcache.verify.scene.SceneWords.machine;
import static headcache.verify.scene.SceneWords.pages;

import headcache.kit.Semantics;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.RandomWalk;
import headcache.verify.scene.Scene;
import headcache.verify.scene.SceneHost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Lesson 5: three assumptions of the order of messages, and what each of them hides. */
final class MailboxChoice implements Lesson {
    private static final int RUNS = 500;
    private static final long SEED = 1;
    private static final int ERRANDS = 2;

    /** Each driver writes to both CPUs, the other one first. */
    private static final Scene CROSSING = new Scene(
            "crossing",
            "Two drivers write to two CPUs at the same time.",
            machine(2, 1, cache(2, 2, 2), pages(2, 2)),
            List.of(List.of(get(CPU0, 0), get(CPU1, 1)), List.of(get(CPU1, 0), get(CPU0, 1))));

    /** Each CPU serves first who wrote to it first. */
    private static final String NEAREST = "driver-0 driver-1";

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String title() {
        return "Why the mailbox is not the choice";
    }

    @Override
    public String question() {
        return "Two actors write to two others at the same time. In which orders can that arrive?";
    }

    @Override
    public Page opening() {
        return Script.opening(this)
                .text("""
                        Every actor has a mailbox. Many tools that test actors, and many explanations of them, run one
                        actor after the other: they choose a mailbox, and its actor takes the oldest message. What it
                        sends lies in the other mailboxes at once. The only choice is which mailbox comes next.

                        Two drivers want heads, each one on either CPU. driver-0 writes to cpu-0 and then to cpu-1;
                        driver-1 writes to cpu-1 and then to cpu-0. They begin at the same time, and know nothing of
                        one another.
                        """)
                .line("    Can it be that cpu-0 serves driver-0 first, and cpu-1 serves driver-1 first?")
                .indented(List.of(
                        "  a  yes, each CPU can serve first who wrote to it first",
                        "  b  no, one driver was the first to run, and comes first in both mailboxes",
                        "  c  yes, but only if the CPUs are on different machines"))
                .text("""
                        Decide, then go on. What you will see was run just now by the real actors, under three
                        assumptions of what can be delivered next.
                        """)
                .page();
    }

    @Override
    public List<Page> run(final Ink ink) {
        final Script script = new Script(this, ink);
        try (SceneHost<Scene> host = new SceneHost<>(Function.identity())) {
            final List<Endings> drawn =
                    Arrays.stream(Semantics.values()).map(MailboxChoice::walked).toList();
            oneByOne(script, host, drawn.get(0));
            sameTime(script, host, drawn.get(1));
            answer(script, host, drawn);
            assumptions(script);
            twoMachines(script, host);
        }
        law(script);
        next(script);
        return script.pages();
    }

    /** In a host of its own: what is drawn depends on the order in which channels are first heard of. */
    private static Endings walked(final Semantics semantics) {
        try (SceneHost<Scene> host = new SceneHost<>(Function.identity())) {
            return Endings.of(host, CROSSING, semantics, new RandomWalk(SEED), RUNS);
        }
    }

    /** Whom cpu-0 and cpu-1 served first: the refill lays two heads, and the first get takes the upper one. */
    private static String firstServed(final String ending) {
        final String[] heads = ending.split(" \\| | ", -1);
        final String onCpu0 = heads[0].compareTo(heads[3]) > 0 ? "driver-0" : "driver-1";
        final String onCpu1 = heads[1].compareTo(heads[2]) > 0 ? "driver-0" : "driver-1";
        return onCpu0 + " " + onCpu1;
    }

    private static Map<String, Long> orders(final Endings endings) {
        final Map<String, Long> orders = new TreeMap<>();
        endings.counts().forEach((ending, count) -> orders.merge(firstServed(ending), count, Long::sum));
        return orders;
    }

    private static void oneByOne(final Script script, final SceneHost<Scene> host, final Endings instant) {
        script.step("choosing mailboxes")
                .indented(drawing(host, Semantics.INSTANT, anyRun(instant)).lines())
                .text("""
                        Each row is a message that arrives, and what its receiver does. Both messages of a driver lie
                        in the mailboxes when the other driver has its turn. So both CPUs serve the same driver first.
                        """);
    }

    private static List<String> anyRun(final Endings endings) {
        return endings.firsts().entrySet().stream()
                .min(Map.Entry.comparingByKey())
                .orElseThrow()
                .getValue();
    }

    private static void sameTime(final Script script, final SceneHost<Scene> host, final Endings local) {
        final List<String> run = local.firsts().entrySet().stream()
                .filter(entry -> firstServed(entry.getKey()).equals(NEAREST))
                .min(Map.Entry.comparingByKey())
                .orElseThrow()
                .getValue();
        script.step("choosing messages")
                .indented(drawing(host, Semantics.LOCAL_CAUSAL, run).lines())
                .text("""
                        Here the choice is which message arrives next. The drivers are on two cores: each has written
                        its first message before the other writes its second. cpu-0 serves driver-0 first, and cpu-1
                        serves driver-1 first.
                        """);
    }

    private static RunDrawing drawing(
            final SceneHost<Scene> host, final Semantics semantics, final List<String> deliveries) {
        return new RunDrawing(
                Endings.again(host, CROSSING, semantics, deliveries),
                "driver-0",
                "driver-1",
                "cpu-0",
                "cpu-1",
                "node-0");
    }

    private static void answer(final Script script, final SceneHost<Scene> host, final List<Endings> drawn) {
        final List<Map<String, Long>> orders =
                drawn.stream().map(MailboxChoice::orders).toList();
        final Grid grid = new Grid("cpu-0 first", "cpu-1 first", "INSTANT", "LOCAL_CAUSAL", "PER_PAIR_FIFO");
        for (final String order : orders.get(2).keySet()) {
            final List<String> row = new ArrayList<>(List.of(order.split(" ", -1)));
            orders.forEach(counts -> row.add(figure(counts.getOrDefault(order, 0L))));
            grid.row(row.toArray(String[]::new));
        }
        final Endings every =
                Endings.of(host, CROSSING, Semantics.PER_PAIR_FIFO, DynamicReduction.full(), Long.MAX_VALUE);
        script.between("the answer is " + (orders.get(1).containsKey(NEAREST) ? "a" : "b"))
                .text("""
                        %s runs drawn by chance under each assumption, told apart by whom each CPU serves first:
                        """.formatted(figure(RUNS)))
                .indented(grid.lines())
                .text("""
                        INSTANT is the choice of mailboxes: %d of these %d orders. It takes what an actor does for one
                        instant. On two cores it is not, and one JVM is enough for the others.

                        Who asked the slab first makes a difference as well. So under INSTANT the drivers end in %d
                        ways, under LOCAL_CAUSAL in %d, and under PER_PAIR_FIFO in %d. With every order tried in place
                        of a sample, PER_PAIR_FIFO has %d, in %d runs.
                        """.formatted(
                                orders.get(0).size(),
                                orders.get(2).size(),
                                drawn.get(0).counts().size(),
                                drawn.get(1).counts().size(),
                                drawn.get(2).counts().size(),
                                every.counts().size(),
                                every.explored().runs()));
    }

    private static void assumptions(final Script script) {
        script.between("three assumptions, each allows more")
                .indented(new Grid("assumption", "what can be delivered next")
                        .row("INSTANT", "what lies longest in some mailbox; what is sent lies there at once")
                        .row("LOCAL_CAUSAL", "whatever does not overtake a message that its sending depends on")
                        .row("PER_PAIR_FIFO", "whatever keeps the order between one sender and one receiver")
                        .lines())
                .text("""
                        Every run of one JVM is a run under LOCAL_CAUSAL, which allows a few more: that a driver's
                        second message arrives before its first, which went to somebody else. What Akka promises is
                        less, for actors may be on several machines. There A writes to C and then to B, B writes to C
                        because of it, and C may hear from B first.

                        A search that finds nothing has found nothing under its assumption. So every report here names
                        it, and the default is what Akka promises.
                        """);
    }

    private static void twoMachines(final Script script, final SceneHost<Scene> host) {
        final Grid grid = new Grid("assumption", "CPUs", "runs", "endings", "C gets none");
        for (final Semantics semantics : Semantics.values()) {
            for (final boolean careful : new boolean[] {false, true}) {
                final Scene scene = RareOrder.scene(careful, ERRANDS);
                final Endings all = Endings.of(host, scene, semantics, DynamicReduction.none(), Long.MAX_VALUE);
                grid.row(
                        semantics.toString(),
                        careful ? "careful (right)" : "hasty (broken)",
                        figure(all.explored().runs()),
                        figure(all.counts().size()),
                        figure(all.count(RareOrder.REFUSED)));
            }
        }
        script.step("the race of lesson 4 under each assumption")
                .text("""
                        A hasty CPU spills all the heads that there are, tells nobody when they are home, and packet C
                        wants one after %d errands. Every run was tried:
                        """.formatted(ERRANDS))
                .indented(grid.lines())
                .text("""
                        cpu-1 sends the spill before it answers, and all that follows depends on that answer, up to
                        the refill that packet C needs. In one JVM that refill cannot come before the spill. Between
                        two machines it can. So this bug passes every test on one machine, and every search that
                        chooses mailboxes, and comes up when the slab moves to another machine.
                        """);
    }

    private static void law(final Script script) {
        script.between("which law is broken").text("""
                        No law of heads: all of them hold in every run of this lesson, under each assumption. What
                        differs is what the laws were held to.

                        The rule is Akka's: messages of one sender to one receiver arrive in the order in which they
                        were sent. Whatever else a program relies on, it must see to itself, by waiting for an answer.
                        That is what the careful CPU does.
                        """);
    }

    private static String figure(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void next(final Script script) {
        script.next(new Grid("./headcache check one-head-short --semantics instant", "one small machine,")
                .row("./headcache check one-head-short --semantics local_causal", "every run of it under")
                .row("./headcache check one-head-short --strategy every", "each assumption")
                .row("./headcache lesson 6", "a run made small"));
    }
}
