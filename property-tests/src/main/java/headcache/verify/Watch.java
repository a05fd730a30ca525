package headcache.verify;

import headcache.cpu.CpuStep;
import headcache.machine.MachineConfig;
import headcache.memory.SlabStep;
import headcache.middle.Magazines;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.DepotId;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.protocol.TaskId;
import headcache.skb.Kernel;
import headcache.step.EventLog;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches one run of a machine, one step after the other, and checks all laws of {@link Invariant}.
 *
 * <p>At every step: the {@link Ledger}'s laws; what leaves an actor as an skb (I7); bounds, order and traffic of each
 * cache, by events (I4, I5, I11) and by a look into it (I1, I2, I10, I16); offline CPUs (I13); what a failed request
 * had collected (I14); the entry conditions (I17); answers ({@link Invariant#ANSWERED}). At the end of a run: that
 * nothing is in a message or waited for (I1, I13, I15), that slabs agree on what is out (I1), and the {@link
 * Invariant#REFINEMENT}. After a drain: that all is home.
 *
 * <p>What was found right once is not looked at again in later runs: histories of a CPU, and contents of a cache that
 * misuse was tried on. They are told apart by 64 bits.
 */
public final class Watch {
    private final MachineConfig machine;
    private final Known known;
    private final Ledger ledger = new Ledger();
    private final Findings findings = ledger.findings();
    private final List<Watched<?>> actors = new ArrayList<>();
    private final List<CacheLook> caches = new ArrayList<>();
    private final List<StackRules> stacks = new ArrayList<>();

    /** What was found right in other runs of the same machine. */
    public static final class Known {
        private final BiConsumer<StateBytes, Message> writer;
        private final StateBytes bytes = new StateBytes();
        private final Set<Long> contents = new HashSet<>();
        private final Set<Long> histories = new HashSet<>();

        /** Nothing yet; {@code writer} writes messages so that equal bytes mean equal messages. */
        public Known(BiConsumer<StateBytes, Message> writer) {
            this.writer = writer;
        }

        /** Different CPU histories so far. */
        public int histories() {
            return histories.size();
        }
    }

    /** Watches a machine at boot. */
    public Watch(MachineConfig machine, Known known) {
        this.machine = machine;
        this.known = known;
    }

    /** {@code step}, which is to be watched as {@code who}; what is given back is both the step and the tap of its shell. */
    public <M extends Message> Watched<M> over(ActorName who, Step<M> step) {
        final Answers answers = new Answers(who, findings);
        final List<Laws> laws = new ArrayList<>();
        laws.add(answers);
        final Kernel kernel = machine.policy().kernel();
        if (who instanceof CpuId cpu) {
            final StackRules stack = new StackRules(
                    machine.policy().cache(), kernel, machine.policy().middle() instanceof Magazines, findings);
            stacks.add(stack);
            laws.add(stack);
            if (step instanceof CpuStep real) {
                final CacheLook look = new CacheLook(cpu, real.heads(), stack, known.contents, findings);
                caches.add(look);
                laws.add(look);
            }
            laws.add(new OfflineLaws(findings));
            laws.add(new DeferLaws(kernel, findings));
            laws.add(new EntryLaws(true, memoryNode(cpu), kernel, findings));
            laws.add(new SkbLaws(ledger));
        } else if (who instanceof TaskId) {
            laws.add(new EntryLaws(false, Op.ANY_NODE, kernel, findings));
            laws.add(new SkbLaws(ledger));
        } else if (who instanceof NodeId || who instanceof DepotId) {
            laws.add(new SlabLaws(who, findings));
        }
        final Watched<M> watched = new Watched<>(who, new Recorded<>(step), this, answers, laws);
        actors.add(watched);
        return watched;
    }

    private int memoryNode(CpuId cpu) {
        return machine.topology().memoryNode(cpu.index()).index();
    }

    void book(ActorName who, Message message, Step<?> step, EventLog events) {
        ledger.onStep(who, message, step, events);
    }

    /** After a step of {@code who}: all other caches must be as they were. */
    void lookAround(ActorName who) {
        for (int i = 0; i < caches.size(); i++) {
            caches.get(i).othersTurn(who);
        }
    }

    /** The first violation, or null. */
    public @Nullable Violation violation() {
        return findings.count() == 0 ? null : findings.first().get(0);
    }

    /** The first violations, in the order in which they were found. */
    public List<Violation> violations() {
        return findings.first();
    }

    /** The heads that the last step had to do with, by numbers that hold for this run. */
    public int[] touched() {
        return ledger.touched();
    }

    /** The head with a number of {@link #touched}. */
    public int head(int number) {
        return ledger.headNumber(number);
    }

    /** Where {@code head} is now, with whom, and since which step. */
    public String whereabouts(int head) {
        return ledger.whereabouts(head);
    }

    /** An actor has crashed: looks whether it was for an answer that it did not ask for. */
    public void crashed() {
        actors.forEach(Watched::crashed);
    }

    /** Nothing is on its way any more: looks at what shows only then. */
    public void ended() {
        ledger.checkNothingOnTheWay();
        stacks.forEach(StackRules::rest);
        for (int i = 0; i < actors.size(); i++) {
            final Watched<?> actor = actors.get(i);
            actor.answers().mustBeComplete();
            if (actor.who() instanceof NodeId node && actor.recorded().step() instanceof SlabStep slab) {
                mustAgree(node, slab);
            } else if (actor.recorded().step() instanceof CpuStep cpu) {
                mustBeIdle(cpu);
            }
            if (actor.who() instanceof CpuId cpu && findings.count() == 0) {
                refines(cpu, actor.recorded());
            }
        }
    }

    private void mustBeIdle(CpuStep cpu) {
        if (cpu.isSuspended() || cpu.backlog() > 0) {
            findings.add(
                    Invariant.I15,
                    Head.NONE,
                    "nothing is on its way, but " + cpu.id() + " has work: suspended=" + cpu.isSuspended()
                            + ", backlog=" + cpu.backlog());
        }
        if (cpu.isOnline()
                && cpu.longestDeferList() >= machine.policy().kernel().deferKick()) {
            findings.add(
                    Invariant.I15,
                    Head.NONE,
                    "nothing is on its way, and nothing will empty the defer list of " + cpu.id() + ": skbs="
                            + cpu.longestDeferList() + ", kick at="
                            + machine.policy().kernel().deferKick());
        }
    }

    private void mustAgree(NodeId node, SlabStep slab) {
        for (final SlabKind kind : KINDS) {
            final int out = ledger.out(node, kind);
            if (out != slab.slab(kind).inUse()) {
                findings.add(
                        Invariant.I1,
                        Head.NONE,
                        "the slab of " + node + " counts " + kind + " out="
                                + slab.slab(kind).inUse() + ", its events make out=" + out);
            }
        }
    }

    private static final SlabKind[] KINDS = SlabKind.values();

    private void refines(CpuId cpu, Recorded<?> recorded) {
        final long history = recorded.hash(cpu.index(), known.bytes, known.writer);
        if (known.histories.contains(history)) {
            return;
        }
        final String difference = NaiveCpu.difference(
                cpu, machine.topology().memoryNode(cpu.index()), machine.policy(), recorded.entries());
        if (difference == null) {
            known.histories.add(history);
        } else {
            findings.add(Invariant.REFINEMENT, Head.NONE, difference);
        }
    }

    /** After a drain: every head must be home. */
    public void mustBeHome() {
        ledger.checkAllHome();
    }
}
