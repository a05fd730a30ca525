package headcache.demos.lesson;

import headcache.machine.MachineConfig;
import headcache.protocol.CpuId;
import headcache.protocol.CpuReport;
import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.step.EventKind;
import headcache.verify.Invariant;
import java.util.ArrayList;
import java.util.List;

/** Lesson 1: a get, a put and a get again; then a packet that is freed twice. */
final class OnePacket implements Lesson {
    private static final CpuId CPU = new CpuId(0);
    private static final NodeId NODE = new NodeId(0);
    private static final MachineConfig CONFIG = SmallMachine.of(1, 1, SmallMachine.EIGHTH);

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String title() {
        return "One packet's way through one CPU";
    }

    @Override
    public String question() {
        return "A packet is done with, and its head is free. Which head does the next packet get?";
    }

    @Override
    public Page opening() {
        return Script.opening(this)
                .text("""
                        Inside the kernel a network packet is described by a small object of fixed size: its head
                        (struct sk_buff). The bytes of the packet lie elsewhere; only heads matter here. While the
                        packet is under way its head is in use, and is called an skb.

                        Heads come from the slab, the kernel's store for objects of one size. Asking the slab takes
                        time. So each CPU keeps a few free heads within reach, one on top of the other: its head
                        cache. To take a head from it is a get, to give one to it is a put. A get that finds it
                        empty fetches several heads from the slab at once: a refill.

                        cpu-0 has just started, and its head cache is empty. Packet A arrives, is sent on, and is
                        done with. Then packet B arrives.
                        """)
                .line("    Which head does packet B get?")
                .indented(List.of(
                        "  a  a new one, fetched from the slab",
                        "  b  the free head that has waited longest in the head cache",
                        "  c  the head that packet A had"))
                .text("""
                        Decide, then go on. What you will see was run just now by the real actors: %s, one message
                        after the other. 8/2/4 means: room for 8 heads, 2 per refill, 4 given back at once when
                        full. Linux has 64/16/32 and does the same; 8 fit on a screen.
                        """.formatted(SmallMachine.describe(CONFIG)))
                .page();
    }

    @Override
    public List<Page> run(final Ink ink) {
        final Script script = new Script(this, ink);
        try (WatchedMachine machine = new WatchedMachine(CONFIG)) {
            right(script, machine);
        }
        try (WatchedMachine correct = new WatchedMachine(CONFIG);
                WatchedMachine broken = new WatchedMachine(CONFIG)) {
            freedTwiceAtOnce(script, correct, broken);
        }
        try (WatchedMachine correct = new WatchedMachine(CONFIG);
                WatchedMachine broken = new WatchedMachine(CONFIG)) {
            freedTwiceLater(script, correct, broken);
        }
        next(script);
        return script.pages();
    }

    private static void right(final Script script, final WatchedMachine machine) {
        final Turn a = machine.build(CPU, "A");
        step(script, "packet A arrives", a).text("""
                        The cache was empty, so cpu-0 fetched %d heads with one message. %s came last, lies on top
                        and is taken; %s stays in slot 0. It is parked: free for cpu-0, in use for the slab.
                        """.formatted(
                        a.count(EventKind.REFILL),
                        Head.name(a.after().head("A")),
                        Narrator.names(a.after().cache(CPU).heads())));
        step(script, "packet A is on its way", machine.route(CPU, "A")).text("""
                        The kernel finds out where A has to go, and notes that in the skb. Now the skb refers to two
                        things: its data and its route. The cache has no part in this.
                        """);
        final Turn done = machine.consume(CPU, "A");
        step(script, "packet A is done with", done)
                .text("""
                        First the skb lets go of all that it held, each thing exactly once. Then its bare head is
                        put, on top of the stack. The slab hears nothing of it: it still counts %d heads as in use.
                        """.formatted(done.after().out(NODE)));
        final Turn b = machine.build(CPU, "B");
        step(script, "packet B arrives", b)
                .text("No message went to the slab: the top of the stack was there, and was taken.");
        answer(script, a, b, machine.counters().cpu(CPU));
        machine.consume(CPU, "B");
        final Turn drain = machine.drain();
        step(script, "the end, and every head goes home", drain)
                .text("""
                        When the machine is drained, what was parked goes back to its page. The slab counts %d heads
                        as in use: every head is accounted for.
                        """.formatted(drain.after().out(NODE)));
    }

    private static void answer(final Script script, final Turn a, final Turn b, final CpuReport counters) {
        script.between("the answer is " + choice(a, b))
                .text("Packet A had %s, and packet B has %s."
                        .formatted(
                                Head.name(a.after().head("A")),
                                Head.name(b.after().head("B"))))
                .text("""
                        The head cache is a stack: the head that was put last is got first. That is the one this CPU
                        touched last, so it is most likely still in the CPU's own fast memory. %s, which has waited
                        since the refill, goes on waiting.
                        """.formatted(Narrator.names(b.after().cache(CPU).heads())))
                .text("""
                        So far: gets %d, of which %d got a head that a put had returned (such a get is called
                        recycled). Messages to the slab: %d. The same two packets past the cache, by alloc_skb() and
                        kfree_skb(), take %d.
                        """.formatted(
                                counters.gets(), counters.recycled(), counters.slabMessages(), messagesPastTheCache()))
                .text("""
                        No lock was needed either. Only cpu-0 touches its head cache, and does one thing at a time:
                        in the kernel one softirq, here one message.
                        """);
    }

    private static long messagesPastTheCache() {
        try (WatchedMachine machine = new WatchedMachine(CONFIG)) {
            for (final String packet : List.of("A", "B")) {
                machine.allocate(CPU, packet);
                machine.free(CPU, packet);
            }
            return machine.counters().cpu(CPU).slabMessages();
        }
    }

    private static String choice(final Turn a, final Turn b) {
        final int head = b.after().head("B");
        if (head == a.after().head("A")) {
            return "c";
        }
        return head == b.before().cache(CPU).heads().get(0) ? "b" : "a";
    }

    private static void freedTwiceAtOnce(
            final Script script, final WatchedMachine correct, final WatchedMachine broken) {
        correct.build(CPU, "A");
        broken.build(CPU, "A");
        final Turn once = correct.consume(CPU, "A");
        broken.consume(CPU, "A");
        final Turn again = broken.consumeAgain(CPU, "A");
        script.step("broken: packet A is freed twice")
                .text("""
                        Two machines, the same packet. In the correct one the driver ends A's skb once. In the broken
                        one it has kept its pointer to the skb, and ends it again.
                        """)
                .line("Call on the broken machine: " + again.call())
                .drawing(script.drawing()
                        .still("correct", once.after().cache(CPU))
                        .still("broken", again.before().cache(CPU)))
                .verdict(again)
                .text("""
                        A parked head is marked. Whoever uses an skb on it is named at once, with the head's latest
                        moves. In the kernel KASAN does that, a debugging aid; without it the head would be parked
                        twice, and two packets would get it.
                        """);
    }

    private static void freedTwiceLater(
            final Script script, final WatchedMachine correct, final WatchedMachine broken) {
        for (final WatchedMachine machine : List.of(correct, broken)) {
            machine.build(CPU, "A");
            machine.consume(CPU, "A");
        }
        final Turn fine = correct.build(CPU, "B");
        broken.build(CPU, "B");
        unnoticed(script, fine.after(), broken.consumeAgain(CPU, "A"));
        beside(script, "packet C arrives", correct.build(CPU, "C"), broken.build(CPU, "C"))
                .text("In the broken machine two packets write to one head. Each spoils the other's.");
        beside(script, "packet B is done with", correct.consume(CPU, "B"), broken.consume(CPU, "B"))
                .text("B gives its head back, rightly. In the broken machine packet C is still using it.");
        noticedLate(script, correct.consume(CPU, "C"), broken.consume(CPU, "C"));
    }

    private static void unnoticed(final Script script, final State correct, final Turn again) {
        script.step("broken, but later: A is freed again when B has its head")
                .line("Call on the broken machine: " + again.call())
                .drawing(script.drawing().still("correct", correct.cache(CPU)).change("broken, ", again, CPU))
                .inUse("In use, correct", correct)
                .inUse("In use, broken", again.after())
                .indented(Narrator.all(again))
                .text("""
                        Nobody objects. %s was not parked, for packet B is using it; so nothing tells this put from a
                        rightful one. Now the head is in two places.
                        """.formatted(Narrator.names(again.heads(EventKind.PUT))));
    }

    private static void noticedLate(final Script script, final Turn correct, final Turn broken) {
        script.step("packet C is done with")
                .line("Call on both: " + broken.call())
                .drawing(script.drawing()
                        .change("correct, ", correct, CPU)
                        .still("broken, before", broken.before().cache(CPU)))
                .verdict(broken)
                .text("""
                        Now it is noticed, too late: the report names C, whose driver did nothing wrong, and in the
                        head's history get and put alternate as they should. The CPU cannot know better, for a head
                        does not tell whose it is. These pages know, and saw the law broken when C began.

                        The law is %s, %s: %s.
                        """.formatted(Invariant.I3, Invariant.I3.title(), Invariant.I3.law()));
    }

    private static List<String> beside(final List<String> correct, final List<String> broken) {
        final List<String> lines = new ArrayList<>();
        lines.add("In the correct machine:");
        lines.addAll(correct);
        lines.add("In the broken machine:");
        lines.addAll(broken);
        return lines;
    }

    private static Sheet step(final Script script, final String subject, final Turn turn) {
        return script.step(subject, turn, CPU).indented(Narrator.all(turn));
    }

    private static Sheet beside(final Script script, final String subject, final Turn correct, final Turn broken) {
        return script.step(subject)
                .line("Call on both: " + correct.call())
                .drawing(script.drawing().change("correct, ", correct, CPU).change("broken, ", broken, CPU))
                .inUse("In use, correct", correct.after())
                .inUse("In use, broken", broken.after())
                .indented(beside(Narrator.heads(correct), Narrator.heads(broken)));
    }

    private static void next(final Script script) {
        script.next(new Grid("./headcache lesson 2", "which half leaves a full head cache")
                .row("./headcache run", "a recorded router: gets, puts and hit rate of each CPU")
                .row("./headcache explain --head 1", "the life of one head in it, event by event")
                .row("./headcache conform", "the same rule, held against a real kernel's every event"));
    }
}
