package headcache.verify;

import headcache.cpu.CpuPolicy;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.HeldUnit;
import headcache.protocol.MachineMessage;
import headcache.protocol.Message;
import headcache.protocol.NapiId;
import headcache.protocol.NodeId;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Skb;
import headcache.protocol.SlabReply;
import headcache.protocol.Twin;
import headcache.protocol.WayOut;
import headcache.skb.CodePath;
import headcache.step.EventKind;
import headcache.verify.Recorded.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sequential machine: one CPU as one would write it without actors. It does its work in the order in which it was
 * accepted, a slab call returns before the next thing is done, and the head cache is a plain list.
 *
 * <p>It reads along the history of a real CPU and takes from it what comes from outside: what was accepted, what the
 * slab answered, and when hard interrupts struck. Everything else must be the same.
 */
public final class NaiveCpu {
    private final CpuId id;
    private final CpuPolicy policy;
    private final Script script;
    private final NaiveHeads heads;
    private final NaiveSkbs skbs;
    private final ArrayDeque<Job> accepted = new ArrayDeque<>();
    private final ArrayDeque<Skb> completionQueue = new ArrayDeque<>();
    private final Map<NapiId, NaivePoll.Napi> napis = new LinkedHashMap<>();
    private final Map<Integer, List<Skb>> deferLists = new TreeMap<>();
    private boolean softirqRaised;
    private boolean kicked;
    private boolean leaving;
    private @Nullable CpuId survivor;

    /**
     * Something to be done.
     *
     * @param message what was accepted, null: a softirq that the CPU raised itself
     * @param slots the slots of a batch
     * @param refused whether the frames of a poll found the backlog full
     * @param kick of a softirq, whether the defer list raised it; otherwise the completion queue did
     */
    private record Job(@Nullable Message message, @Nullable Skb[] slots, boolean refused, boolean kick) {
        static Job of(Entry.Took took, boolean refused) {
            return new Job(took.message(), took.slots(), refused, false);
        }

        static Job softirq(boolean kick) {
            return new Job(null, new Skb[0], false, kick);
        }
    }

    private NaiveCpu(CpuId id, NodeId memoryNode, CpuPolicy policy, List<Entry> history) {
        this.id = id;
        this.policy = policy;
        this.script = new Script(history, this::arrive);
        this.heads = new NaiveHeads(id, memoryNode, policy, script);
        this.skbs = new NaiveSkbs(id.index(), memoryNode.index(), policy.kernel(), heads, script);
    }

    /**
     * Compares a CPU that is at rest with the sequential machine.
     *
     * @param history everything the CPU did since boot
     * @return the first difference, with the lines before it, or null if there is none
     */
    public static @Nullable String difference(CpuId id, NodeId memoryNode, CpuPolicy policy, List<Entry> history) {
        try {
            new NaiveCpu(id, memoryNode, policy, history).run();
            return null;
        } catch (Script.Difference difference) {
            return id + ": " + difference.getMessage();
        }
    }

    private void run() {
        while (!accepted.isEmpty() || script.takeNext()) {
            final Job job = accepted.poll();
            if (job != null) {
                begin(job);
                script.settle();
            }
        }
    }

    private void arrive(Entry.Took took) {
        final Message message = took.message();
        if (message instanceof CpuMessage.HardInterrupt interrupt) {
            if (survivor == null) {
                queue(interrupt.skb());
            } else {
                script.expectSent(survivor, message);
            }
        } else if (message instanceof CpuMessage.GiveBack given
                && survivor == null
                && !heads.batches().isRetired()) {
            heads.batches().cameBack(given.heads());
            thank(given);
        } else if (message instanceof SlabReply.Refused refused) {
            heads.refused(refused.heads());
        } else if (message instanceof CpuMessage.FailData fault) {
            skbs.failData(fault.times());
        } else if (message instanceof CpuMessage.Defer defer) {
            handedBack(defer);
        } else if (message instanceof CpuMessage.Deferred answer) {
            if (answer.refused() != null) {
                skbs.refused(answer.refused());
            }
        } else if (message instanceof CpuMessage.Poll && accepted.size() >= policy.backlogLimit()) {
            accepted.add(Job.of(took, true));
        } else {
            accepted.add(Job.of(took, false));
        }
    }

    private void thank(CpuMessage.GiveBack given) {
        if (!given.from().equals(id)) {
            script.expectSent(given.from(), SlabReply.Freed.FREED);
        }
    }

    private void queue(Skb skb) {
        completionQueue.add(skb);
        script.expect(EventKind.QUEUED, skb.head(), completionQueue.size());
        if (!softirqRaised) {
            softirqRaised = true;
            accepted.add(Job.softirq(false));
        }
    }

    /** {@code skb_attempt_defer_free}, on the list's side. */
    private void handedBack(CpuMessage.Defer defer) {
        final Skb skb = defer.skb();
        final boolean byNode = policy.kernel().takes(CodePath.DEFER_BY_NODE);
        final List<Skb> deferList =
                deferLists.computeIfAbsent(byNode ? defer.fromNode().index() : 0, node -> new ArrayList<>());
        if (leaving || deferList.size() >= policy.kernel().deferCap()) {
            script.expect(EventKind.DEFER_REFUSED, skb.head(), deferList.size());
            script.expectSent(defer.from(), new CpuMessage.Deferred(skb));
        } else {
            deferList.add(0, skb);
            script.expect(EventKind.DEFERRED, skb.head(), deferList.size());
            script.expectSent(defer.from(), new CpuMessage.Deferred(null));
            if (deferList.size() == policy.kernel().deferKick()) {
                kick(deferList.size());
            }
        }
    }

    private void kick(int length) {
        if (!kicked) {
            kicked = true;
            script.expect(EventKind.DEFER_KICKED, Head.NONE, length);
            accepted.add(Job.softirq(true));
        }
    }

    /** Consumes what is on the list now, the newest first. */
    private void emptyDeferList() {
        for (final Skb skb : takeDeferLists()) {
            skbs.consume(skb, WayOut.HAND_BACK);
            script.settle();
        }
    }

    private List<Skb> takeDeferLists() {
        final List<Skb> taken =
                deferLists.values().stream().flatMap(List::stream).toList();
        deferLists.clear();
        return taken;
    }

    private void endPoll() {
        emptyDeferList();
        heads.endSoftirq();
        script.settle();
    }

    private void begin(Job job) {
        final Message message = job.message();
        final boolean staysHere = message instanceof CpuMessage.Online
                || message instanceof CpuMessage.Offline
                || message instanceof CpuMessage.Drain;
        final boolean sentOn = survivor != null && !staysHere;
        final boolean idle = message instanceof CpuMessage.Online
                || message instanceof CpuMessage.Offline
                || message instanceof CpuMessage.GiveBack;
        if (heads.hasBatches() && !sentOn && !idle) {
            heads.batches().setRetired(false);
        }
        if (survivor != null && !staysHere) {
            if (message == null) {
                lapse(job);
            } else {
                script.expectSent(survivor, message);
            }
        } else if (message instanceof CpuMessage.Batch batch) {
            final NaiveBatch run = new NaiveBatch(skbs, script, this::queue, this::endPoll);
            script.expectSent(batch.from(), run.run(id, batch, job.slots()));
        } else if (message instanceof CpuMessage.Poll poll) {
            final NaivePoll run = new NaivePoll(skbs, script, napi(poll.napi()));
            final Message done = run.run(id, poll, job.refused());
            endPoll();
            script.expectSent(poll.from(), done);
        } else if (message == null) {
            softirq(job);
        } else {
            order(message);
        }
    }

    private void softirq(Job job) {
        if (job.kick()) {
            kicked = false;
            script.expect(
                    EventKind.DEFER_HEEDED,
                    Head.NONE,
                    deferLists.values().stream().mapToInt(List::size).sum());
            endPoll();
        } else {
            transmitSoftirq();
        }
    }

    private void lapse(Job job) {
        if (job.kick()) {
            kicked = false;
        } else {
            softirqRaised = false;
        }
    }

    private NaivePoll.Napi napi(NapiId napi) {
        return napis.computeIfAbsent(napi, key -> new NaivePoll.Napi());
    }

    /** It takes what is queued; what comes later raises it again. */
    private void transmitSoftirq() {
        softirqRaised = false;
        final List<Skb> taken = List.copyOf(completionQueue);
        completionQueue.clear();
        taken.forEach(this::complete);
        heads.endSoftirq();
    }

    private void complete(Skb skb) {
        if (skb.twin() == Twin.NONE) {
            skbs.recycle(skb, WayOut.KFREE_SKB_DEFER);
        } else {
            skbs.kfree(skb, WayOut.KFREE_SKB);
        }
        script.settle();
    }

    private void order(Message message) {
        if (message instanceof CpuMessage.Offline order) {
            goOffline(order);
        } else if (message instanceof CpuMessage.Online order) {
            survivor = null;
            leaving = false;
            script.expect(EventKind.CAME_ONLINE, Head.NONE, heads.parked());
            final int longest =
                    deferLists.values().stream().mapToInt(List::size).max().orElse(0);
            if (longest >= policy.kernel().deferKick()) {
                kick(longest);
            }
            script.expectSent(order.from(), new MachineMessage.Switched(id, true));
        } else if (message instanceof CpuMessage.GiveBack given) {
            if (heads.batches().isRetired()) {
                heads.sendHome(Arrays.stream(given.heads()).boxed().toList());
                script.settle();
            } else {
                heads.batches().cameBack(given.heads());
            }
            thank(given);
        } else if (message instanceof CpuMessage.HandOver inherited) {
            for (final int head : inherited.heads()) {
                heads.put(head);
                script.settle();
            }
        } else if (message instanceof CpuMessage.Adopt moved) {
            final NaivePoll.Napi napi = napi(moved.napi());
            napi.held.addAll(0, List.of(moved.held()));
            if (napi.fragsSkb == null) {
                napi.fragsSkb = moved.fragsSkb();
            } else if (moved.fragsSkb() != null) {
                skbs.kfree(moved.fragsSkb(), WayOut.KFREE_SKB);
            }
        } else if (message instanceof CpuMessage.FreeHere call) {
            skbs.freeToCache(call.skb());
            script.settle();
            script.expectSent(call.from(), new CpuMessage.Deferred(null));
        } else if (message instanceof CpuMessage.Peek call) {
            script.expectSent(call.from(), new CpuMessage.Peeked(heads.lend()));
        } else if (message instanceof CpuMessage.Drain order) {
            drain(order);
        }
    }

    private void goOffline(CpuMessage.Offline order) {
        final CpuId heir = order.survivor();
        leaving = true;
        if (order.parked() != OfflinePolicy.PARK) {
            emptyDeferList();
        }
        moveCompletionQueue(heir);
        napis.forEach((name, napi) -> {
            if (napi.fragsSkb != null) {
                script.expect(EventKind.SENT, napi.fragsSkb.head(), 0);
            }
            napi.held.forEach(unit -> script.expect(EventKind.SENT, unit.skb().head(), 0));
            script.expectSent(heir, new CpuMessage.Adopt(name, napi.fragsSkb, napi.held.toArray(new HeldUnit[0])));
        });
        napis.clear();
        if (heads.hasBatches()) {
            heads.batches().post();
        }
        if (order.parked() == OfflinePolicy.DRAIN) {
            heads.flush(true);
        } else if (order.parked() == OfflinePolicy.HAND_OVER && heads.parked() > 0) {
            final int[] all = heads.takeAll();
            for (final int head : all) {
                script.expect(EventKind.HANDED_OVER, head, heir.index());
            }
            script.expectSent(heir, new CpuMessage.HandOver(id, all));
        }
        script.settle();
        while (order.parked() != OfflinePolicy.PARK
                && heads.hasBatches()
                && heads.batches().hasQueue()) {
            if (order.parked() == OfflinePolicy.DRAIN) {
                heads.sendHome(heads.batches().takeAll());
            } else {
                heads.batches().handOver(heir);
            }
            script.settle();
        }
        moveCompletionQueue(heir);
        script.expect(EventKind.WENT_OFFLINE, Head.NONE, heads.parked());
        survivor = heir;
        script.expectSent(order.from(), new MachineMessage.Switched(id, false));
    }

    private void moveCompletionQueue(CpuId heir) {
        for (Skb skb = completionQueue.poll(); skb != null; skb = completionQueue.poll()) {
            script.expect(EventKind.SENT, skb.head(), 0);
            script.expectSent(heir, new CpuMessage.HardInterrupt(skb));
        }
    }

    private void drain(CpuMessage.Drain order) {
        for (final NaivePoll.Napi napi : napis.values()) {
            if (napi.fragsSkb != null) {
                skbs.kfree(napi.fragsSkb, WayOut.KFREE_SKB);
                napi.fragsSkb = null;
                script.settle();
            }
            for (final HeldUnit unit : napi.held) {
                skbs.kfree(unit.skb(), WayOut.KFREE_SKB);
                script.settle();
            }
            napi.held.clear();
        }
        for (Skb skb = completionQueue.poll(); skb != null; skb = completionQueue.poll()) {
            complete(skb);
        }
        for (final Skb skb : takeDeferLists()) {
            skbs.kfree(skb, WayOut.KFREE_SKB);
            script.settle();
        }
        heads.flush(true);
        script.settle();
        if (heads.hasBatches()) {
            while (!heads.batches().isEmpty()) {
                heads.sendHome(heads.batches().takeAll());
                script.settle();
            }
            heads.batches().setRetired(true);
        }
        script.expectSent(order.from(), new MachineMessage.Drained(id));
    }
}
