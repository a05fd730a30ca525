package headcache.cpu;

import headcache.protocol.CpuMessage;
import headcache.protocol.HeldUnit;
import headcache.protocol.MachineMessage;
import headcache.protocol.Skb;
import headcache.protocol.WayOut;
import headcache.skb.Encoding;
import headcache.skb.SkbContext;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;

/**
 * Gives back everything that the CPU has: what NAPI instances hold, the completion queue, the defer list,
 * the parked heads, and those between its cache and others, in that order: what is queued later, while one of these waits
 * for a slab, is for the softirq that was raised for it. It is answered when the slabs have it all.
 */
final class DrainWork implements Work {
    private final CpuMessage.Drain order;
    private boolean completed;
    private boolean flushed;

    DrainWork(CpuMessage.Drain order) {
        this.order = order;
    }

    @Override
    public boolean run(CpuStep cpu, Out out) {
        final SkbContext context = cpu.context();
        for (final NapiInstance napi : cpu.napis()) {
            if (!release(napi, context, out)) {
                return false;
            }
        }
        if (!flushed) {
            completed = completed || cpu.transmitSoftirq().drain(context, out);
            if (!completed || !cpu.deferList().free(context, out)) {
                return false;
            }
            cpu.deferList().drained();
            flushed = true;
            cpu.cache().flush(true, out);
        }
        if (context.link().isBusy() || cpu.cache().sendHome(out)) {
            return false;
        }
        cpu.cache().retire();
        out.send(order.from(), new MachineMessage.Drained(cpu.id()));
        return true;
    }

    private static boolean release(NapiInstance napi, SkbContext context, Out out) {
        while (!context.link().isBusy()) {
            final Skb frags = napi.fragsSkb();
            if (frags != null) {
                napi.setFragsSkb(null);
                context.releaser().kfreeSkb(frags, WayOut.KFREE_SKB, out);
            } else if (napi.held().isEmpty()) {
                return true;
            } else {
                final HeldUnit unit = napi.held().remove(0);
                context.releaser().kfreeSkb(unit.skb(), WayOut.KFREE_SKB, out);
            }
        }
        return false;
    }

    @Override
    public CpuMessage message() {
        return order;
    }

    @Override
    public void count(HeadSums inUse) {}

    @Override
    public Work copy() {
        final DrainWork copy = new DrainWork(order);
        copy.completed = completed;
        copy.flushed = flushed;
        return copy;
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(8);
        Encoding.put(bytes, order.from());
        bytes.put(completed);
        bytes.put(flushed);
    }
}
