package headcache.demos.lesson;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import headcache.machine.MachineConfig;
import headcache.machine.MachineReply;
import headcache.machine.RunningMachine;
import headcache.machine.RunningMachine.MachineFailure;
import headcache.machine.RunningMachine.Threads;
import headcache.protocol.AllocFlag;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.Held;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabMessage;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.step.HeadMisuse;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The machine that a lesson plays with: the real actors, one call at a time, and each call with all that
 * followed from it. Packets have names; their skbs are kept here while they are under way.
 */
final class WatchedMachine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningMachine machine;
    private final Watcher watcher;
    private final Map<String, Skb> underWay = new LinkedHashMap<>();
    private final Map<String, Skb> lastSeen = new HashMap<>();

    WatchedMachine(final MachineConfig config) {
        muteCrashes();
        watcher = new Watcher(config.topology(), config.policy().cache().capacity());
        machine = RunningMachine.boot(config.plan(watcher), Threads.DETERMINISTIC, PATIENCE);
    }

    /** Actors crash here on purpose. The pages say so; Akka would log each crash with a stack trace. */
    private static void muteCrashes() {
        ((Logger) LoggerFactory.getLogger("akka.actor.SupervisorStrategy")).setLevel(Level.OFF);
    }

    /** A driver makes an skb around each packet's buffer: {@code napi_build_skb}. */
    Turn build(final CpuId cpu, final String... packets) {
        return batch(called("napi_build_skb()", cpu, packets), cpu, packets, WatchedMachine::buildSkb);
    }

    private static Op buildSkb(final int slot) {
        return Op.allocate(WayIn.NAPI_BUILD_SKB, slot);
    }

    /** The stack makes an skb from NAPI context and says on which node: {@code __alloc_skb}. */
    Turn allocateOn(final NodeId node, final CpuId cpu, final String packet) {
        final int flags = AllocFlag.NAPI.bit();
        return batch(
                called("__alloc_skb(SKB_ALLOC_NAPI, node " + node.index() + ")", cpu, packet),
                cpu,
                new String[] {packet},
                slot -> new Op.Allocate(WayIn.ALLOC_SKB_FLAGS, slot, flags, node.index(), false));
    }

    /** The stack makes skbs past the cache: {@code alloc_skb}. */
    Turn allocate(final CpuId cpu, final String... packets) {
        return batch(called("alloc_skb()", cpu, packets), cpu, packets, slot -> Op.allocate(WayIn.ALLOC_SKB, slot));
    }

    /** A route is found for the packet, and its skb refers to that. */
    Turn route(final CpuId cpu, final String packet) {
        return batch(
                called("skb_dst_set()", cpu, packet),
                cpu,
                new String[] {packet},
                slot -> new Op.Attach(slot, Held.DST));
    }

    /** The packets have been sent, and the driver ends their skbs: {@code napi_consume_skb}. */
    Turn consume(final CpuId cpu, final String... packets) {
        return batch(called("napi_consume_skb()", cpu, packets), cpu, packets, WatchedMachine::consumeSkb);
    }

    private static Op consumeSkb(final int slot) {
        return Op.release(WayOut.NAPI_CONSUME_SKB, slot);
    }

    /** The stack ends skbs past the cache: {@code kfree_skb}. */
    Turn free(final CpuId cpu, final String... packets) {
        return batch(called("kfree_skb()", cpu, packets), cpu, packets, slot -> Op.release(WayOut.KFREE_SKB, slot));
    }

    /** A driver that has kept its pointer to the skb ends it a second time. */
    Turn consumeAgain(final CpuId cpu, final String packet) {
        final Skb stale = Objects.requireNonNull(lastSeen.get(packet), packet);
        return turn(called("napi_consume_skb(), a second time,", cpu, packet), () -> {
            machine.send(cpu, new CpuMessage.Batch(machine.console(), new Op[] {consumeSkb(0)}, new Skb[] {stale}));
            machine.receive();
        });
    }

    /** Gives heads to the slab of {@code node} in the name of a CPU that does not look where they live. */
    Turn bulkFree(final NodeId node, final List<Integer> heads) {
        final int[] given = heads.stream().mapToInt(Integer::intValue).toArray();
        return turn("kmem_cache_free_bulk() on the slab of " + node, () -> {
            machine.send(node, new SlabMessage.BulkFree(machine.console(), node, given, false));
            machine.snapshot();
        });
    }

    /** Every CPU gives back what it has. */
    Turn drain() {
        return turn("drain, on every CPU", machine::drain);
    }

    /** The counters of every part since boot. */
    MachineReply.Snapshot counters() {
        return machine.snapshot();
    }

    @Override
    public void close() {
        machine.close();
    }

    private static String called(final String function, final CpuId cpu, final String... packets) {
        return function + " on " + cpu + (packets.length == 1 ? " for packet " : " for packets ")
                + String.join(" ", packets);
    }

    private interface SlotOp {
        Op on(int slot);
    }

    private Turn batch(final String call, final CpuId cpu, final String[] packets, final SlotOp op) {
        final Op[] ops = new Op[packets.length];
        final @Nullable Skb[] slots = new Skb[packets.length];
        for (int slot = 0; slot < packets.length; slot++) {
            ops[slot] = op.on(slot);
            slots[slot] = underWay.get(packets[slot]);
        }
        return turn(call, () -> {
            machine.send(cpu, new CpuMessage.Batch(machine.console(), ops, slots));
            keep(packets, ((BatchDone) machine.receive()).slots());
        });
    }

    private void keep(final String[] packets, final @Nullable Skb[] slots) {
        for (int slot = 0; slot < packets.length; slot++) {
            final Skb skb = slots[slot];
            if (skb == null) {
                underWay.remove(packets[slot]);
            } else {
                underWay.put(packets[slot], skb);
                lastSeen.put(packets[slot], skb);
            }
        }
    }

    private Turn turn(final String call, final Runnable deed) {
        final State before = state();
        HeadMisuse misuse = null;
        try {
            deed.run();
        } catch (final MachineFailure failure) {
            misuse = verdict(failure);
        }
        return new Turn(call, before, state(), watcher.takeMoments(), misuse);
    }

    private static HeadMisuse verdict(final MachineFailure failure) {
        if (failure.getCause() instanceof HeadMisuse misuse) {
            return misuse;
        }
        throw failure;
    }

    private State state() {
        final Map<String, Integer> heads = new LinkedHashMap<>();
        underWay.forEach((packet, skb) -> heads.put(packet, skb.head()));
        return new State(watcher.caches(), Collections.unmodifiableMap(heads), watcher.out());
    }
}
