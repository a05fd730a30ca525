package headcache.demos.lesson;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.machine.MachineConfig;
import headcache.protocol.CpuId;
import headcache.protocol.CpuReport;
import headcache.protocol.NodeId;
import headcache.slab.SlabConfig;
import headcache.step.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lesson 2: the refill of an empty cache, the spill of a full one, and two other ways to spill. */
final class WhichHalfLeaves implements Lesson {
    private static final CpuId CPU = new CpuId(0);
    private static final NodeId NODE = new NodeId(0);
    private static final CachePolicy RIGHT = SmallMachine.EIGHTH;
    private static final CachePolicy OLDEST = new CachePolicy(8, 2, 4, SpillEnd.OLDEST);
    private static final CachePolicy ALL = new CachePolicy(8, 2, 8, SpillEnd.NEWEST);
    private static final CachePolicy LINUX_ALL = new CachePolicy(64, 16, 64, SpillEnd.NEWEST);
    private static final int ROUNDS = 100;

    /** One page of three heads, and no second one. */
    private static final SlabConfig THREE_HEADS = new SlabConfig(3, 0, 1, 0);

    @Override
    public int number() {
        return 2;
    }

    @Override
    public String title() {
        return "Empty, full, and which half leaves";
    }

    @Override
    public String question() {
        return "A head cache is full, and half of its heads must go back to the slab. Which half?";
    }

    @Override
    public Page opening() {
        return Script.opening(this)
                .text("""
                        A packet under way has a head, an object of fixed size from the kernel's slab. Each CPU keeps
                        free heads in a stack of its own, its head cache: a get takes the top one, a put lays one on
                        top. The stack has two limits. A get that finds it empty fetches several heads from the slab
                        at once: a refill. A put that fills the last slot gives several heads back to the slab at
                        once: a spill.

                        The head cache of cpu-0 has room for %d heads. Packets A to H are done with, one after the
                        other, and each puts its head. The last of these puts makes the cache full, and %d heads have
                        to leave.
                        """.formatted(RIGHT.capacity(), RIGHT.spill()))
                .line("    Which heads leave?")
                .indented(List.of(
                        "  a  those that were put first: they have not been touched for longest",
                        "  b  those that were put last, the one just put among them",
                        "  c  all of them: the cache starts again from nothing"))
                .text("""
                        Decide, then go on. What you will see was run just now by the real actors: %s, one message
                        after the other. 8/2/4 means: room for 8 heads, refills of 2, spills of 4. Linux has 64/16/32;
                        the last page but one shows that this makes no difference.
                        """.formatted(SmallMachine.describe(config(RIGHT))))
                .page();
    }

    @Override
    public List<Page> run(final Ink ink) {
        final Script script = new Script(this, ink);
        try (WatchedMachine machine = new WatchedMachine(config(RIGHT))) {
            empty(script, machine);
            allOrNothing(script);
            full(script, machine);
        }
        beside(script);
        figures(script);
        next(script);
        return script.pages();
    }

    private static MachineConfig config(final CachePolicy policy) {
        return SmallMachine.of(1, 1, policy);
    }

    private static void empty(final Script script, final WatchedMachine machine) {
        final Turn a = machine.build(CPU, "A");
        step(script, "empty: packet A arrives", a).text("""
                        One head was needed, and %d were fetched: no fewer, whatever the slab has to do for it, and
                        no more, though there is room for %d.
                        """.formatted(a.count(EventKind.REFILL), RIGHT.capacity()));
        final Turn others = machine.build(CPU, "B", "C", "D", "E", "F", "G", "H");
        script.step("empty again and again: packets B to H arrive", others, CPU).text("""
                        Gets %d, refills %d, heads fetched %d. Each time the cache had run empty, the next get fetched
                        again. Now %d packets are under way and nothing is parked.
                        """.formatted(
                        others.count(EventKind.GET),
                        others.count(EventKind.REFILL_ASKED),
                        others.count(EventKind.REFILL),
                        others.after().inUse().size()));
    }

    /** An aside with a machine of its own. */
    private static void allOrNothing(final Script script) {
        try (WatchedMachine machine = new WatchedMachine(config(RIGHT).withHeads(THREE_HEADS))) {
            machine.build(CPU, "A", "B");
            final Turn c = machine.build(CPU, "C");
            step(script, "an aside: empty, and the slab has too few", c).text("""
                            Another machine, whose slab has %d heads in all; packets A and B have one each. The slab
                            still has %d. A refill is all or nothing, so packet C gets none and is dropped, and there
                            is no second attempt with fewer.
                            """.formatted(
                    THREE_HEADS.headsPerPage(), machine.counters().node(NODE).freeHeads()));
        }
    }

    private static void full(final Script script, final WatchedMachine machine) {
        final Turn seven = machine.consume(CPU, "A", "B", "C", "D", "E", "F", "G");
        step(script, "nearly full: packets A to G are done with", seven)
                .text("Puts %d, messages to the slab none.".formatted(seven.count(EventKind.PUT)));
        final Turn eighth = machine.consume(CPU, "H");
        final CacheView before = eighth.before().cache(CPU);
        final CacheView full = before.with(eighth.heads(EventKind.PUT));
        final CacheView after = eighth.after().cache(CPU);
        script.step("full: packet H is done with")
                .line("Call: " + eighth.call())
                .drawing(script.drawing()
                        .still("before", before)
                        .before("full", full, after)
                        .still("after", after))
                .inUse("In use", eighth.after())
                .indented(Narrator.heads(eighth))
                .text("The cache was full for a moment only: no call ever finds %d heads in it."
                        .formatted(full.count()));
        final Turn next = machine.build(CPU, "I");
        answer(script, eighth, next, puts(seven, eighth));
    }

    /** The heads that both turns put, in order. */
    private static List<Integer> puts(final Turn first, final Turn second) {
        final List<Integer> heads = new ArrayList<>(first.heads(EventKind.PUT));
        heads.addAll(second.heads(EventKind.PUT));
        return heads;
    }

    private static void answer(final Script script, final Turn spill, final Turn next, final List<Integer> puts) {
        final List<Integer> left = spill.heads(EventKind.SPILL);
        final List<Integer> stayed = spill.after().cache(CPU).heads();
        step(script, "the answer is " + choice(left, puts) + ", and packet I arrives", next)
                .text("""
                        %s left, the head just put among them; %s stayed. So packet I does not get what was touched
                        last. It gets the head of packet %s, and %d others were put after that one. Nothing has to be
                        moved this way: the upper slots go as they lie, the lower ones stay where they are.
                        """.formatted(
                                Narrator.names(left),
                                Narrator.names(stayed),
                                owner(next.after().head("I"), puts),
                                puts.size() - 1 - puts.indexOf(next.after().head("I"))));
    }

    private static String choice(final List<Integer> left, final List<Integer> puts) {
        if (left.size() == puts.size()) {
            return "c";
        }
        return left.contains(puts.get(puts.size() - 1)) ? "b" : "a";
    }

    /** Which of packets A, B, C ... put {@code head}. */
    private static String owner(final int head, final List<Integer> puts) {
        return packet(puts.indexOf(head));
    }

    private static String packet(final int index) {
        return String.valueOf((char) ('A' + index));
    }

    /** The same puts into caches that spill differently, and the gets that follow. */
    private static void beside(final Script script) {
        try (WatchedMachine newest = new WatchedMachine(config(RIGHT));
                WatchedMachine oldest = new WatchedMachine(config(OLDEST));
                WatchedMachine all = new WatchedMachine(config(ALL))) {
            final List<Turn> spills = new ArrayList<>();
            final List<Turn> gets = new ArrayList<>();
            for (final WatchedMachine machine : List.of(newest, oldest, all)) {
                machine.build(CPU, packets(RIGHT.capacity()));
                spills.add(machine.consume(CPU, packets(RIGHT.capacity())));
                gets.add(machine.build(CPU, "I", "J", "K", "L"));
            }
            besideAfterSpill(script, spills);
            besideNextGets(script, spills.get(0).heads(EventKind.PUT), gets);
        }
    }

    private static void besideAfterSpill(final Script script, final List<Turn> spills) {
        final CacheView full =
                CacheView.empty(RIGHT.capacity()).with(spills.get(0).heads(EventKind.PUT));
        script.step("beside one another: three ways to spill")
                .drawing(script.drawing()
                        .still("full", full)
                        .after("newest half", full, cache(spills.get(0)))
                        .after("oldest half", full, cache(spills.get(1)))
                        .still("all", cache(spills.get(2))))
                .text("""
                        The same packets A to H on three machines: Linux (%s), one that spills from the other end
                        (%s), and one that spills everything (%s). The second keeps what was touched last, and has to
                        move it down for that. The third is the broken one: a cache that has just been filled is
                        empty.
                        """.formatted(RIGHT, OLDEST, ALL));
    }

    private static CacheView cache(final Turn turn) {
        return turn.after().cache(CPU);
    }

    private static void besideNextGets(final Script script, final List<Integer> puts, final List<Turn> gets) {
        final Grid grid = new Grid("policy", "heads that I J K L get", "whose they were", "refills");
        final List<CachePolicy> policies = List.of(RIGHT, OLDEST, ALL);
        for (int i = 0; i < policies.size(); i++) {
            final Turn turn = gets.get(i);
            final boolean fetched = turn.count(EventKind.REFILL) > 0;
            final String owners = turn.heads(EventKind.GET).stream()
                    .map(head -> owner(head, puts))
                    .collect(Collectors.joining(" "));
            grid.row(
                    policies.get(i).toString(),
                    Narrator.names(turn.heads(EventKind.GET)),
                    fetched ? "the slab's" : owners,
                    String.valueOf(turn.count(EventKind.REFILL_ASKED)));
        }
        script.step("four more packets arrive on each").indented(grid.lines()).text("""
                        The first two are served from the cache, with other heads. Which are better? Those put last
                        are more likely still in the CPU's own fast memory. Those that Linux keeps have lain longer,
                        but nothing had to be moved to keep them. Neither is wrong.

                        The third has to ask the slab at once for heads like those that it gave away a moment ago. No
                        head is lost by that; the work is.
                        """);
    }

    private static String[] packets(final int count) {
        return IntStream.range(0, count).mapToObj(WhichHalfLeaves::packet).toArray(String[]::new);
    }

    private static void figures(final Script script) {
        final Grid grid = new Grid("policy", "packets", "hit rate", "refills", "spills", "contacts per packet");
        for (final CachePolicy policy : List.of(RIGHT, OLDEST, ALL, CachePolicy.LINUX_5_12, LINUX_ALL)) {
            final CpuReport counters = rounds(policy);
            grid.row(
                    policy.toString(),
                    String.valueOf(counters.gets()),
                    String.format(Locale.ROOT, "%.1f %%", 100 * counters.hitRate()),
                    String.valueOf(counters.refills()),
                    String.valueOf(counters.spills()),
                    String.format(Locale.ROOT, "%.4f", (double) counters.contacts() / counters.gets()));
        }
        script.step("in figures")
                .text("""
                        Each machine now takes %d rounds of packets. In a round as many packets arrive as the cache
                        has slots, and then all are done with. A contact is one refill or spill. The hit rate is the
                        share of gets that needed no head from the slab.
                        """.formatted(ROUNDS))
                .indented(grid.lines())
                .text("""
                        Which end leaves makes no difference to these figures; leaving half does. The last two rows
                        are Linux's sizes, eight times ours: the same hit rates, and an eighth of the contacts per
                        packet, because each contact moves eight times as many heads.
                        """);
    }

    private static CpuReport rounds(final CachePolicy policy) {
        try (WatchedMachine machine = new WatchedMachine(config(policy))) {
            final String[] packets = packets(policy.capacity());
            for (int round = 0; round < ROUNDS; round++) {
                machine.build(CPU, packets);
                machine.consume(CPU, packets);
            }
            return machine.counters().cpu(CPU);
        }
    }

    private static Sheet step(final Script script, final String subject, final Turn turn) {
        return script.step(subject, turn, CPU).indented(Narrator.heads(turn));
    }

    private static void next(final Script script) {
        script.next(new Grid("./headcache lesson 3", "a head from another memory node")
                .row("./headcache run --spill-end oldest", "a recorded router, with the other end")
                .row("./headcache run --spill 64", "the same with everything spilled")
                .row("./headcache run --spill 1", "and with one head at a time: what does that cost?")
                .row("./headcache conform --spill 31", "what a real kernel's recording says to that"));
    }
}
