package headcache.demos.lesson;

import headcache.cache.CachePolicy;
import headcache.machine.MachineConfig;
import headcache.machine.MachineReply;
import headcache.protocol.CpuId;
import headcache.protocol.CpuReport;
import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.step.EventKind;
import headcache.verify.Invariant;
import java.util.List;
import java.util.Locale;

/** Lesson 3: two memory nodes, heads that come to the other node's CPU, and how they get home. */
final class RemoteHead implements Lesson {
    private static final CpuId CPU_0 = new CpuId(0);
    private static final CpuId CPU_1 = new CpuId(1);
    private static final NodeId NODE_0 = new NodeId(0);
    private static final NodeId NODE_1 = new NodeId(1);
    private static final MachineConfig CONFIG = config(SmallMachine.EIGHTH);
    private static final int ROUNDS = 100;

    @Override
    public int number() {
        return 3;
    }

    @Override
    public String title() {
        return "A head from another node";
    }

    @Override
    public String question() {
        return "A CPU of node 1 asks for a head on node 1. Where may the head live that it gets?";
    }

    @Override
    public Page opening() {
        return Script.opening(this)
                .text("""
                        A large machine has several memory nodes. Memory of its own node is near to a CPU, that of
                        the others is far. A packet under way has a head, an object of fixed size from the slab.
                        There is one slab per node, and every head has a home node, for ever: n0/5 lives on node 0.
                        Each CPU keeps free heads in a stack of its own, its head cache. When that is empty it
                        fetches several from its node's slab (a refill); when it is full it gives several back (a
                        spill).

                        Here are cpu-0 on node 0 and cpu-1 on node 1. In the head cache of cpu-1 there are heads that
                        live on node 0. How they came there you will see. Now somebody on cpu-1 asks for a head, and
                        says: on node 1.
                        """)
                .line("    Where does the head live that this request gets?")
                .indented(List.of(
                        "  a  on node 1: the slab of node 1 is asked, as the cache has none from there",
                        "  b  on node 0: the cache serves the request with what it has",
                        "  c  nowhere: the request fails"))
                .text("""
                        Decide, then go on. What you will see was run just now by the real actors: %s, one message
                        after the other. Linux has 64/16/32 in place of 8/2/4.
                        """.formatted(SmallMachine.describe(CONFIG)))
                .page();
    }

    @Override
    public List<Page> run(final Ink ink) {
        final Script script = new Script(this, ink);
        try (WatchedMachine machine = new WatchedMachine(CONFIG)) {
            strangersArrive(script, machine);
            requests(script, machine);
            final Turn spill = wayHome(script, machine);
            forgottenHomes(script, spill);
        }
        drift(script);
        next(script);
        return script.pages();
    }

    private static MachineConfig config(final CachePolicy policy) {
        return SmallMachine.of(2, 2, policy);
    }

    private static void strangersArrive(final Script script, final WatchedMachine machine) {
        final Turn arrived = machine.build(CPU_0, "A", "B", "C", "D");
        bothCpus(script, "four packets arrive at cpu-0", arrived)
                .text("""
                        cpu-0 fetched %d heads from its own node's slab, in %d refills. Packets A to D have them.
                        """.formatted(arrived.count(EventKind.REFILL), arrived.count(EventKind.REFILL_ASKED)));
        final Turn sent = machine.consume(CPU_1, "A", "B", "C", "D");
        bothCpus(script, "they are sent, and the network card tells cpu-1", sent)
                .indented(Narrator.heads(sent))
                .text("""
                        The card that sent them interrupts cpu-1, not cpu-0; so cpu-1 is who ends their skbs, and puts
                        their heads in its own cache. Nobody looks where they live. To cpu-1 they are remote heads.
                        """);
    }

    private static void requests(final Script script, final WatchedMachine machine) {
        final Turn own = machine.allocateOn(NODE_1, CPU_1, "E");
        script.step("cpu-1 asks for a head on node 1, its own", own, CPU_1)
                .indented(Narrator.heads(own))
                .text("The cache is not empty, so it serves the request. No slab is asked.");
        final Turn other = machine.allocateOn(NODE_0, CPU_1, "F");
        script.step("cpu-1 asks for a head on node 0, the other one", other, CPU_1)
                .indented(Narrator.heads(other))
                .text("""
                        The cache has nothing but heads from node 0, and is not asked. A request for another node
                        goes past the cache, to that node's slab, for one head.
                        """);
        final int head = own.after().head("E");
        script.between("the answer is " + choice(head))
                .text("""
                        Asked for a head on node 1, cpu-1 got %s, which lives on node %d. Asked for one on node 0, it
                        left %s lying in its cache and got %s from far away.
                        """.formatted(
                                Head.name(head),
                                Head.node(head),
                                Narrator.names(other.before().cache(CPU_1).heads()),
                                Head.name(other.after().head("F"))))
                .text("""
                        The rule is: the cache serves a request that names no node, or this CPU's own. It is a test of
                        the request. Nobody tests the head. Linux does so on purpose: to look where a head lives
                        means to look up its page, for every packet. The author of this code measured that, lost at
                        least 20 Mbit/s, and left it out.
                        """)
                .text("""
                        A head that is far away is slower, never wrong. What would be wrong is a head that does not
                        find its way home. That comes next.
                        """);
    }

    private static String choice(final int head) {
        return Head.node(head) == NODE_1.index() ? "a" : "b";
    }

    private static Turn wayHome(final Script script, final WatchedMachine machine) {
        machine.consume(CPU_1, "E", "F");
        machine.allocate(CPU_1, "G", "H", "I");
        machine.consume(CPU_1, "G", "H");
        final Turn spill = machine.consume(CPU_1, "I");
        final CacheView before = spill.before().cache(CPU_1);
        final CacheView full = before.with(spill.heads(EventKind.PUT));
        final CacheView after = spill.after().cache(CPU_1);
        script.step("some packets later the cache of cpu-1 is full, and spills")
                .line("Call: " + spill.call())
                .drawing(script.drawing()
                        .still("before", before)
                        .before("full", full, after)
                        .still("after", after))
                .indented(Narrator.heads(spill))
                .text("""
                        One spill, and a message to each home. Of the %d heads that stay, %d are remote: they were
                        put first, and the lower half stays.
                        """.formatted(after.count(), remote(after)));
        return spill;
    }

    private static long remote(final CacheView cache) {
        return cache.heads().stream()
                .filter(head -> Head.node(head) != NODE_1.index())
                .count();
    }

    /** Plays a CPU that gives a whole spill to the slab of its own node. */
    private static void forgottenHomes(final Script script, final Turn spill) {
        final List<Integer> spilled = spill.heads(EventKind.SPILL);
        try (WatchedMachine machine = new WatchedMachine(CONFIG)) {
            machine.build(CPU_0, "A", "B", "C", "D");
            machine.consume(CPU_1, "A", "B", "C", "D");
            machine.allocateOn(NODE_0, CPU_1, "F");
            machine.allocate(CPU_1, "G", "H", "I");
            final Turn wrong = machine.bulkFree(NODE_1, spilled);
            final Grid beside = new Grid("", "correct", "broken")
                    .row("to node-0", Narrator.names(spill.heads(NODE_0, EventKind.SLAB_IN)), "nothing")
                    .row("to node-1", Narrator.names(spill.heads(NODE_1, EventKind.SLAB_IN)), Narrator.names(spilled));
            script.step("broken: a CPU that forgets where heads live")
                    .text("""
                            Another machine has come to the same point. We play its cpu-1, which forgets the homes and
                            gives all that it spills to its own node's slab: %s.
                            """.formatted(Narrator.names(spilled)))
                    .line("Call: " + wrong.call())
                    .indented(beside.lines())
                    .verdict(wrong)
                    .text("""
                            A slab takes back its own heads only. If it took this one, it would hand out memory that lies
                            on another node, and the other node would miss it.

                            The law is %s, %s: %s.
                            """.formatted(Invariant.I12, Invariant.I12.title(), Invariant.I12.law()));
        }
    }

    private static void drift(final Script script) {
        final Grid grid = new Grid("heads put on", "cache", "hit rate", "remote puts", "contacts per packet", "parked");
        for (final CachePolicy policy : List.of(SmallMachine.EIGHTH, CachePolicy.LINUX_5_12)) {
            for (final CpuId completing : List.of(CPU_0, CPU_1)) {
                addRounds(grid, policy, completing);
            }
        }
        script.step("badly steered: taken on one CPU, given back on another")
                .text("""
                        Each machine takes %d rounds of four packets. All arrive on cpu-0. When they have been sent,
                        the card interrupts cpu-0 or cpu-1, and that CPU puts their heads.
                        """.formatted(ROUNDS))
                .indented(grid.lines())
                .text("""
                        Hit rate: the share of cpu-0's gets that needed no head from the slab. Remote puts, and heads
                        parked at the end: those of cpu-1. A contact is one refill or spill of either CPU.

                        Where the heads come back to the CPU that takes them, hardly anybody asks the slab. Where they
                        do not, cpu-0 fetches and cpu-1 spills all the time, and cpu-1 keeps heads of a far node for
                        nobody. Every head is where it may be, so no law is broken; the cache is just of no use. The
                        cure is to steer the card's interrupts (in Linux: IRQ affinity, XPS).
                        """);
    }

    private static void addRounds(final Grid grid, final CachePolicy policy, final CpuId completing) {
        try (WatchedMachine machine = new WatchedMachine(config(policy))) {
            final String[] packets = {"A", "B", "C", "D"};
            for (int round = 0; round < ROUNDS; round++) {
                machine.build(CPU_0, packets);
                machine.consume(completing, packets);
            }
            final MachineReply.Snapshot counters = machine.counters();
            final CpuReport taking = counters.cpu(CPU_0);
            final CpuReport giving = counters.cpu(CPU_1);
            final long contacts = taking.contacts() + giving.contacts();
            grid.row(
                    completing.toString(),
                    policy.toString(),
                    String.format(Locale.ROOT, "%.1f %%", 100 * taking.hitRate()),
                    String.valueOf(giving.remotePuts()),
                    String.format(Locale.ROOT, "%.4f", (double) contacts / taking.gets()),
                    String.valueOf(giving.parked()));
        }
    }

    private static Sheet bothCpus(final Script script, final String subject, final Turn turn) {
        return script.step(subject)
                .line("Call: " + turn.call())
                .drawing(script.drawing().change("cpu-0, ", turn, CPU_0).change("cpu-1, ", turn, CPU_1))
                .inUse("In use", turn.after());
    }

    private static void next(final Script script) {
        script.next(new Grid("./headcache run numa-cross --cpus 4 --nodes 2", "traffic that crosses nodes")
                .row("./headcache run numa-cross --cpus 4 --nodes 1", "the same on one node")
                .row("./headcache conform numa_two_nodes", "a real kernel with two nodes, each event")
                .row("./headcache lesson 1", "where it all began"));
    }
}
