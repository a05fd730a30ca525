package headcache.cpu;

import headcache.protocol.CpuMessage;
import headcache.skb.Encoding;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;

/**
 * Heads that others gave back to a CPU that was drained, or is offline: they go to the slabs, or to the survivor. Whoever
 * gave them is answered when they are there.
 */
final class GivenBackWork implements Work {
    private final CpuMessage.GiveBack given;
    private boolean taken;

    GivenBackWork(CpuMessage.GiveBack given) {
        this.given = given;
    }

    @Override
    public boolean run(CpuStep cpu, Out out) {
        if (!taken) {
            taken = true;
            if (!cpu.cache().takeIn(given.heads(), out)) {
                return false;
            }
        }
        cpu.thank(given, out);
        return true;
    }

    @Override
    public CpuMessage message() {
        return given;
    }

    @Override
    public void count(HeadSums inUse) {
        if (!taken) {
            inUse.add(given.heads());
        }
    }

    @Override
    public Work copy() {
        final GivenBackWork copy = new GivenBackWork(given);
        copy.taken = taken;
        return copy;
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(9);
        Encoding.put(bytes, given.from());
        bytes.put(taken);
        bytes.put(given.heads(), taken ? 0 : given.heads().length);
    }
}
