package headcache.cpu;

import headcache.cache.ArrayStackCache;
import headcache.cache.HeadCache;
import headcache.middle.Batches;
import headcache.middle.Depots;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.CpuReport;
import headcache.protocol.Head;
import headcache.protocol.MachineMessage;
import headcache.protocol.NapiId;
import headcache.protocol.NodeId;
import headcache.protocol.Skb;
import headcache.protocol.SlabReply;
import headcache.protocol.WayOut;
import headcache.skb.BatchRun;
import headcache.skb.CacheCounters;
import headcache.skb.DepotLink;
import headcache.skb.DirectLink;
import headcache.skb.Encoding;
import headcache.skb.InterruptQueue;
import headcache.skb.NapiSkbCache;
import headcache.skb.OwnerLink;
import headcache.skb.RemoteHeads;
import headcache.skb.SkbContext;
import headcache.skb.SlabCounters;
import headcache.skb.SlabLink;
import headcache.step.EventKind;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The softirq side of a CPU: takes work in the order in which it was accepted, one item at a time,
 * and stands still while the slab has to answer.
 *
 * <p>"One softirq at a time per CPU" is "one message at a time per actor", and an item of work that
 * waits for the slab keeps the others waiting. So the CPU's history is that of the sequential
 * machine, whatever the interleaving.
 */
public final class CpuStep implements Step<CpuMessage>, InterruptQueue {
    private final CpuId id;
    private final int backlogLimit;
    private final SkbContext context;
    private final NapiSkbCache cache;
    private final TransmitSoftirq transmitSoftirq;
    private final DeferList deferList;
    private final ArrayList<NapiInstance> napis = new ArrayList<>(1);
    private final ArrayDeque<Work> backlog = new ArrayDeque<>();
    private @Nullable Work work;
    private @Nullable CpuId survivor;
    private boolean softirqRaised;
    private boolean suspended;
    private long suspensions;
    private long framesDropped;

    /** A CPU that is online and has nothing parked. */
    public CpuStep(CpuId id, NodeId memoryNode, CpuPolicy policy) {
        this(id, memoryNode, policy, new ArrayStackCache(policy.cache(), id));
    }

    /** A CPU with {@code heads}, which may have heads in it, as its cache. */
    public CpuStep(CpuId id, NodeId memoryNode, CpuPolicy policy, HeadCache heads) {
        this(id, memoryNode, policy, heads, link(id, memoryNode, policy));
    }

    private static SlabLink link(CpuId id, NodeId memoryNode, CpuPolicy policy) {
        return policy.middle() instanceof Depots depots
                ? new DepotLink(
                        id,
                        memoryNode,
                        depots.depotOf(memoryNode),
                        depots.rounds(),
                        depots.mayRefuse(),
                        policy.acknowledged())
                : new DirectLink(id, memoryNode, policy.acknowledged());
    }

    /** A CPU that reaches the slab layer by {@code link}. */
    public CpuStep(CpuId id, NodeId memoryNode, CpuPolicy policy, HeadCache heads, SlabLink link) {
        this.id = id;
        this.backlogLimit = policy.backlogLimit();
        final SlabLink ways = OwnerLink.over(link, id, memoryNode, policy.kernel());
        final RemoteHeads remote = policy.middle() instanceof Batches batches
                ? new RemoteHeads(id, batches.budget(), batches.visit())
                : null;
        this.cache = new NapiSkbCache(heads, ways, memoryNode.index(), remote, new CacheCounters());
        this.context = new SkbContext(id.index(), memoryNode.index(), policy.kernel(), cache, ways);
        this.transmitSoftirq = new TransmitSoftirq();
        this.deferList = new DeferList(policy.kernel());
    }

    private CpuStep(CpuStep other) {
        id = other.id;
        backlogLimit = other.backlogLimit;
        context = other.context.copy();
        cache = Objects.requireNonNull(context.cache());
        transmitSoftirq = other.transmitSoftirq.copy();
        deferList = other.deferList.copy();
        for (final NapiInstance napi : other.napis) {
            napis.add(napi.copy());
        }
        for (final Work waiting : other.backlog) {
            backlog.add(waiting.copy());
        }
        work = other.work == null ? null : other.work.copy();
        survivor = other.survivor;
        softirqRaised = other.softirqRaised;
        suspended = other.suspended;
        suspensions = other.suspensions;
        framesDropped = other.framesDropped;
    }

    @Override
    public void on(CpuMessage message, Out out) {
        if (message instanceof SlabReply reply) {
            context.link().on(reply, out);
        } else if (message instanceof CpuMessage.Report report) {
            out.send(report.from(), new MachineMessage.Reported(id, report()));
            return;
        } else if (message instanceof CpuMessage.FailData fault) {
            context.dataFaults().set(fault.times());
            return;
        } else if (message instanceof CpuMessage.Defer skb) {
            deferList.on(skb, this, out);
        } else if (message instanceof CpuMessage.Deferred answer) {
            context.on(answer, out);
        } else if (message instanceof CpuMessage.HardInterrupt interrupt) {
            interrupted(interrupt, out);
        } else if (message instanceof CpuMessage.GiveBack given && takesInAtOnce()) {
            cache.takeIn(given.heads(), out);
            thank(given, out);
        } else {
            backlog.add(accept(message));
        }
        run(out);
    }

    private void run(Out out) {
        if (suspended && !context.link().isBusy()) {
            suspended = false;
            out.event(EventKind.RESUMED, Head.NONE, backlog.size());
        }
        while (!context.link().isBusy()) {
            if (work == null) {
                work = nextWork(out);
                if (work == null) {
                    return;
                }
                revive(work);
            }
            if (work.run(this, out)) {
                work = null;
            }
        }
        if (!suspended) {
            suspended = true;
            suspensions++;
            out.event(EventKind.SUSPENDED, Head.NONE, backlog.size());
        }
    }

    private boolean takesInAtOnce() {
        final RemoteHeads remote = cache.remote();
        return survivor == null && remote != null && !remote.isRetired();
    }

    /** Tells whoever gave heads back that they have arrived. */
    void thank(CpuMessage.GiveBack given, Out out) {
        if (given.from().equals(id)) {
            context.link().on(SlabReply.Freed.FREED, out); // a CPU that is offline sent its survivor's own heads on
        } else {
            out.send(given.from(), SlabReply.Freed.FREED);
        }
    }

    /** Whoever has work again keeps what comes back; a drain that begins anew gives it home in its turn. */
    private void revive(Work begun) {
        final RemoteHeads remote = cache.remote();
        final boolean idle = begun instanceof GivenBackWork
                || begun instanceof HotplugWork.Online
                || begun instanceof HotplugWork.Offline;
        if (remote != null && !idle) {
            remote.setRetired(false);
        }
    }

    /** The oldest item that is for this CPU; while it is offline, most are the survivor's. */
    private @Nullable Work nextWork(Out out) {
        while (true) {
            final Work next = backlog.poll();
            final CpuId heir = survivor;
            if (next == null || heir == null || isForOffline(next)) {
                return next;
            }
            final CpuMessage message = next.message();
            if (message == null) {
                next.lapse(this);
            } else {
                out.send(heir, message);
            }
        }
    }

    private static boolean isForOffline(Work next) {
        return next instanceof HotplugWork.Online || next instanceof HotplugWork.Offline || next instanceof DrainWork;
    }

    private Work accept(CpuMessage message) {
        if (message instanceof CpuMessage.Poll poll) {
            return new PollWork(poll, backlog.size() >= backlogLimit);
        } else if (message instanceof CpuMessage.Batch batch) {
            return new BatchWork(new BatchRun(batch));
        } else if (message instanceof CpuMessage.Offline order) {
            return new HotplugWork.Offline(order);
        } else if (message instanceof CpuMessage.Online order) {
            return new HotplugWork.Online(order);
        } else if (message instanceof CpuMessage.HandOver heads) {
            return new HotplugWork.Inherit(heads);
        } else if (message instanceof CpuMessage.GiveBack given) {
            return new GivenBackWork(given);
        } else if (message instanceof CpuMessage.Adopt napi) {
            return new HotplugWork.AdoptNapi(napi);
        } else if (message instanceof CpuMessage.Drain order) {
            return new DrainWork(order);
        } else if (message instanceof CpuMessage.FreeHere call) {
            return new TaskCall.Free(call);
        } else if (message instanceof CpuMessage.Peek call) {
            return new TaskCall.Peek(call);
        }
        throw new IllegalArgumentException("not for a CPU's step: cpu=" + id + ", message=" + message);
    }

    private void interrupted(CpuMessage.HardInterrupt interrupt, Out out) {
        final CpuId heir = survivor;
        if (interrupt.skb().users() > 1) {
            throw new IllegalArgumentException(
                    "an interrupt ends the last reference only: cpu=" + id + ", skb=" + interrupt.skb());
        }
        if (heir != null) {
            out.send(heir, interrupt);
        } else {
            devKfreeSkbIrq(interrupt.skb(), out);
        }
    }

    @Override
    public @Nullable Skb devKfreeSkbIrq(Skb skb, Out out) {
        final Skb rest = transmitSoftirq.devKfreeSkbIrq(skb, out);
        if (!softirqRaised && !transmitSoftirq.isEmpty()) {
            softirqRaised = true;
            raise(new TransmitSoftirq.Run());
        }
        return rest;
    }

    /** Adds a softirq of this CPU's own to its work. */
    void raise(Work softirq) {
        backlog.add(softirq);
    }

    @Override
    public boolean endPoll(SkbContext here, Out out) {
        if (!deferList.drain(here, out) || !here.endSoftirq(out)) {
            return false;
        }
        deferList.drained();
        return true;
    }

    /** From here on, whatever is queued raises the transmit softirq again. */
    void transmitSoftirqStarted() {
        softirqRaised = false;
    }

    /** Who this is. */
    public CpuId id() {
        return id;
    }

    /** What is parked here, to be read only. */
    public HeadCache heads() {
        return cache.heads();
    }

    /** Heads in its cache, and between it and those of other CPUs. */
    public int parked() {
        final RemoteHeads remote = cache.remote();
        return cache.count() + (remote == null ? 0 : remote.asideCount() + remote.waiting());
    }

    /** Heads between its cache and those of other CPUs, to be read only; null: none ever are. */
    public @Nullable RemoteHeads remote() {
        return cache.remote();
    }

    /** Whether the softirq stands still until the slab answers. */
    public boolean isSuspended() {
        return suspended;
    }

    /** Items of work that wait. */
    public int backlog() {
        return backlog.size();
    }

    /** Skbs that were handed back and wait for the next poll. */
    public int deferred() {
        return deferList.size();
    }

    /** Skbs on the longest of its defer lists; there is one, or one for each node from which skbs are handed back. */
    public int longestDeferList() {
        return deferList.longest();
    }

    /** Whether the CPU takes work itself. */
    public boolean isOnline() {
        return survivor == null;
    }

    /** The counters as they are now. */
    public CpuReport report() {
        final CacheCounters counts = cache.counters();
        final SlabCounters singles = context.counters();
        return new CpuReport(
                counts.gets(),
                counts.failedGets(),
                counts.puts(),
                counts.recycled(),
                counts.refills(),
                counts.failedRefills(),
                counts.fetched(),
                counts.spills(),
                counts.spilled(),
                singles.allocs(),
                singles.frees(),
                suspensions,
                context.link().messages(),
                framesDropped,
                counts.remoteGets(),
                counts.remotePuts(),
                parked(),
                singles.handedBack(),
                deferList.deferred(),
                deferList.refused(),
                deferList.kicks(),
                deferList.size(),
                counts.setAside(),
                counts.posts(),
                counts.takenBack());
    }

    SkbContext context() {
        return context;
    }

    NapiSkbCache cache() {
        return cache;
    }

    DeferList deferList() {
        return deferList;
    }

    TransmitSoftirq transmitSoftirq() {
        return transmitSoftirq;
    }

    void setSurvivor(@Nullable CpuId heir) {
        survivor = heir;
    }

    void countDropped(int frames) {
        framesDropped += frames;
    }

    List<NapiInstance> napis() {
        return napis;
    }

    List<NapiInstance> takeNapis() {
        final List<NapiInstance> taken = List.copyOf(napis);
        napis.clear();
        return taken;
    }

    /** The instance {@code napi}, made on first use. */
    NapiInstance napi(NapiId napi) {
        for (final NapiInstance known : napis) {
            if (known.id().equals(napi)) {
                return known;
            }
        }
        final NapiInstance made = new NapiInstance(napi);
        napis.add(made);
        return made;
    }

    /** Takes over what an instance had elsewhere; a second {@code napi->skb} is freed, there can be one only. */
    void adopt(CpuMessage.Adopt moved, Out out) {
        final NapiInstance here = napi(moved.napi());
        here.held().addAll(0, List.of(moved.held()));
        final Skb frags = moved.fragsSkb();
        if (frags != null && here.fragsSkb() == null) {
            here.setFragsSkb(frags);
        } else if (frags != null) {
            context.releaser().kfreeSkb(frags, WayOut.KFREE_SKB, out);
        }
    }

    @Override
    public CpuStep copy() {
        return new CpuStep(this);
    }

    @Override
    public void count(HeadCount into) {
        cache.count(into.inCache());
        context.link().count(into.inUse());
        transmitSoftirq.count(into.inUse());
        deferList.count(into.inUse());
        for (final NapiInstance napi : napis) {
            napi.count(into.inUse());
        }
        if (work != null) {
            work.count(into.inUse());
        }
        for (final Work waiting : backlog) {
            waiting.count(into.inUse());
        }
    }

    @Override
    public void encode(StateBytes bytes) {
        cache.heads().encode(bytes);
        context.link().encode(bytes);
        final RemoteHeads remote = cache.remote();
        if (remote != null) {
            remote.encode(bytes);
        }
        transmitSoftirq.encode(bytes);
        deferList.encode(bytes);
        context.dataFaults().encode(bytes);
        bytes.put(softirqRaised);
        bytes.put(survivor != null);
        Encoding.put(bytes, survivor);
        bytes.put(napis.size());
        for (final NapiInstance napi : napis) {
            napi.encode(bytes);
        }
        bytes.put(work != null);
        if (work != null) {
            work.encode(bytes);
        }
        bytes.put(backlog.size());
        for (final Work waiting : backlog) {
            waiting.encode(bytes);
        }
    }
}
