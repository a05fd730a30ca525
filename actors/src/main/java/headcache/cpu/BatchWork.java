package headcache.cpu;

import headcache.protocol.CpuMessage;
import headcache.skb.BatchRun;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;

/** Operations of the softirq, one after the other. */
final class BatchWork implements Work {
    private final BatchRun run;

    BatchWork(BatchRun run) {
        this.run = run;
    }

    @Override
    public boolean run(CpuStep cpu, Out out) {
        if (!run.run(cpu.context(), cpu, out)) {
            return false;
        }
        run.answer(cpu.id(), out);
        return true;
    }

    @Override
    public CpuMessage message() {
        return run.batch();
    }

    @Override
    public void count(HeadSums inUse) {
        run.count(inUse);
    }

    @Override
    public Work copy() {
        return new BatchWork(run.copy());
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(1);
        run.encode(bytes);
    }
}
