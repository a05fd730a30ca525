package headcache.verify;

import headcache.cache.ArrayStackCache;
import headcache.cache.CachePolicy;
import headcache.cache.HeadCache;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabMessage;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.verify.Recorded.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When one CPU called the slab layer in bulk, counted in gets and puts of its cache. What goes past the cache is not
 * counted.
 *
 * <p>Work is told as runs of equal operations: 5 is five puts, -5 is five gets.
 */
final class Contacts {
    private static final CpuId CPU = new CpuId(0);

    private Contacts() {}

    /**
     * One bulk call.
     *
     * @param kind whether it was a refill or a spill
     * @param at which get or put needed it, from 0
     */
    record Contact(Kind kind, int at) {}

    /** What a bulk call is for. */
    enum Kind {
        REFILL,
        SPILL
    }

    /** The contacts of a cache that is told to refill on empty and to spill on full. */
    static List<Contact> ofCore(CachePolicy policy, int... runs) {
        final HeadCache cache = new ArrayStackCache(policy, CPU);
        final List<Contact> contacts = new ArrayList<>();
        int born = 0;
        int at = 0;
        for (final int run : runs) {
            for (int i = 0; i < Math.abs(run); i++) {
                if (run > 0) {
                    cache.push(Head.plain(0, born++));
                    if (cache.isFull()) {
                        contacts.add(new Contact(Kind.SPILL, at));
                        cache.takeSpill();
                    }
                } else {
                    if (cache.isEmpty()) {
                        contacts.add(new Contact(Kind.REFILL, at));
                        cache.refill(IntStream.range(born, born + cache.refillSize())
                                .map(index -> Head.plain(0, index))
                                .toArray());
                        born += cache.refillSize();
                    }
                    cache.pop();
                }
                at++;
            }
        }
        return contacts;
    }

    /** The contacts of a CPU of v5.12 with as much memory as can be named. */
    static List<Contact> ofMachine(CachePolicy policy, int... runs) {
        final CpuPolicy cpu = new CpuPolicy(policy, Kernel.LINUX_5_12, true, CpuPolicy.BACKLOG_LIMIT);
        final Probe probe = new Probe(MachineConfig.of(Topology.even(1, 1)).with(cpu));
        final List<Op> ops = new ArrayList<>();
        int slot = 0;
        for (final int run : runs) {
            for (int i = 0; i < Math.abs(run); i++) {
                ops.add(Op.allocate(run > 0 ? WayIn.ALLOC_SKB : WayIn.NAPI_BUILD_SKB, slot));
                if (run > 0) {
                    ops.add(Op.release(WayOut.NAPI_CONSUME_SKB, slot));
                }
                slot++;
            }
        }
        return in(probe.call(CPU, new Skb[slot], ops.toArray(new Op[0])).entries());
    }

    /** The contacts in the history of a CPU: its bulk messages, those of one spill taken together. */
    static List<Contact> in(List<Entry> history) {
        final List<Contact> contacts = new ArrayList<>();
        int operations = 0;
        for (final Entry entry : history) {
            if (entry instanceof Entry.Did did && (did.kind() == EventKind.GET || did.kind() == EventKind.PUT)) {
                operations++;
            } else if (entry instanceof Entry.Sent sent && sent.message() instanceof SlabMessage.BulkAlloc) {
                contacts.add(new Contact(Kind.REFILL, operations));
            } else if (entry instanceof Entry.Sent sent && sent.message() instanceof SlabMessage.BulkFree) {
                final Contact spill = new Contact(Kind.SPILL, operations - 1);
                if (contacts.isEmpty() || !contacts.get(contacts.size() - 1).equals(spill)) {
                    contacts.add(spill);
                }
            }
        }
        return contacts;
    }
}
