package headcache.metrics;

import headcache.cpu.CpuPolicy;
import headcache.cpu.CpuStep;
import headcache.machine.Topology;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotMessage;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.TaskId;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;

/**
 * Takes all measurements of a run that need to see what happens to heads, up to the drain. Heads are plain heads: pairs of
 * twins never enter a cache, and are passed over.
 *
 * <p>For runs on one thread only: what one CPU does is set in relation to what others did before it.
 */
final class Meter implements Tap {
    private static final int NO_CPU = -1;

    final FreedElsewhere elsewhere;
    final IdleHeads idle = new IdleHeads();
    final Fragmentation fragmentation;
    final FalseSharing sharing;
    final ReuseDistance reuse;
    final ExitMix exits = new ExitMix();
    final Contacts contacts;
    final Starvation starvation = new Starvation();
    final GetLatency latency;
    final Occupancy occupancy;

    /** 1 for heads that a middle layer handed out last. */
    private final PerHead fromMiddle = new PerHead();

    /** Whether there are any such heads, and any on defer lists: most policies have neither. */
    private boolean middle;

    private boolean deferring;

    /** 1 for heads whose skbs wait on a defer list. */
    private final PerHead deferred = new PerHead();

    private boolean ended;

    /**
     * Measures a run on {@code machine}.
     *
     * @param headsPerPage of its slabs
     */
    Meter(Topology machine, CpuPolicy policy, int headsPerPage) {
        elsewhere = new FreedElsewhere(machine);
        fragmentation = new Fragmentation(headsPerPage);
        sharing = new FalseSharing(headsPerPage);
        reuse = new ReuseDistance(machine.cpus(), policy.cache().capacity());
        contacts = new Contacts(machine.cpus());
        latency = new GetLatency(machine.cpus());
        occupancy = new Occupancy(machine.cpus());
    }

    @Override
    public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        ended |= message instanceof CpuMessage.Drain;
        if (ended) {
            return;
        }
        if (message instanceof DepotMessage.TradeForFull trade && trade.from() instanceof CpuId cpu) {
            latency.traded(cpu.index());
        }
        final int cpu = cpuOf(who);
        exits.other();
        for (int i = 0; i < events.size(); i++) {
            happened(cpu, events, i);
        }
        if (state instanceof CpuStep step) {
            occupancy.rests(cpu, step.heads().count());
        }
    }

    private static int cpuOf(ActorName who) {
        if (who instanceof CpuId cpu) {
            return cpu.index();
        }
        return who instanceof TaskId task ? task.index() : NO_CPU;
    }

    private void happened(int cpu, EventLog events, int i) {
        final int head = events.head(i);
        switch (events.kind(i)) {
            case GET, PEEKED -> {
                got(cpu, head, events.detail(i));
                took(cpu, head);
            }
            case PUT -> {
                put(cpu, events.detail(i));
                freed(cpu, head);
            }
            case SET_ASIDE -> {
                contacts.operated(cpu);
                exits.setAside();
                freed(cpu, head);
            }
            case GET_FAILED -> {
                contacts.operated(cpu);
                latency.failed(cpu);
                starvation.failed(idle.now());
            }
            case SHORTFALL -> {
                cameInBulk(cpu, head);
                contacts.operated(cpu);
                exits.other();
                latency.got(cpu);
                took(cpu, head);
            }
            case SINGLE_ALLOC_FAILED -> starvation.failed(idle.now());
            case SINGLE_ALLOC, SINGLE_FREE, DEFERRED, SLAB_OUT, SLAB_IN -> past(cpu, events, i);
            default -> betweenCacheAndSlab(cpu, events, i);
        }
    }

    private void got(int cpu, int head, int left) {
        contacts.operated(cpu);
        exits.other();
        if (elsewhere.isRemote(cpu, head)) {
            latency.remote(cpu);
        }
        latency.got(cpu);
        occupancy.operated(cpu, left);
    }

    private void put(int cpu, int count) {
        contacts.operated(cpu);
        exits.put();
        occupancy.operated(cpu, count);
    }

    private void took(int cpu, int head) {
        idle.took();
        starvation.served();
        elsewhere.took(cpu, head);
        fragmentation.took(head);
        reuse.took(cpu, head);
        sharing.touched(cpu, head);
        sharing.sample();
    }

    private void freed(int cpu, int head) {
        if (!deferring || deferred.get(head) == 0) {
            idle.freed();
        } else {
            deferred.set(head, 0);
            idle.freedDeferred();
        }
        elsewhere.freed(cpu, head);
        fragmentation.freed(head);
        reuse.freed(cpu, head);
        sharing.touched(cpu, head);
        sharing.sample();
    }

    private void past(int cpu, EventLog events, int i) {
        final int head = events.head(i);
        if (Head.isFclone(head)) {
            return;
        }
        switch (events.kind(i)) {
            case SINGLE_ALLOC -> {
                latency.single(elsewhere.isRemote(cpu, head));
                took(cpu, head);
            }
            case SINGLE_FREE -> {
                exits.released();
                freed(cpu, head);
            }
            case DEFERRED -> {
                deferring = true;
                deferred.set(head, 1);
                idle.deferred();
            }
            case SLAB_OUT -> {
                idle.leftSlab();
                if (middle) {
                    fromMiddle.set(head, 0);
                }
            }
            default -> {
                idle.cameHome();
                sharing.cameHome(head);
            }
        }
    }

    private void cameInBulk(int cpu, int head) {
        contacts.brought(cpu);
        latency.brought(cpu, !middle || fromMiddle.get(head) == 0);
        sharing.touched(cpu, head);
    }

    private void betweenCacheAndSlab(int cpu, EventLog events, int i) {
        final int head = events.head(i);
        switch (events.kind(i)) {
            case REFILL_ASKED, SHORTFALL_ASKED -> {
                contacts.asked(cpu);
                latency.asked(cpu);
            }
            case REFILL -> cameInBulk(cpu, head);
            case SPILL -> {
                exits.spilled();
                contacts.gave(cpu);
            }
            case FLUSH, POSTED -> contacts.gave(cpu);
            case TAKEN_BACK -> {
                latency.tookBack(cpu);
                sharing.touched(cpu, head);
            }
            case DEPOT_IN -> exits.ring();
            case DEPOT_OUT -> {
                middle = true;
                fromMiddle.set(head, 1);
            }
            case DEPOT_REAPED -> exits.ringFull();
            default -> {}
        }
    }
}
