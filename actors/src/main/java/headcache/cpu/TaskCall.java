package headcache.cpu;

import headcache.protocol.CpuMessage;
import headcache.skb.Encoding;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;

/** What a task on this CPU does with the cache while it has softirqs off: in its turn among the softirqs. */
final class TaskCall {
    private TaskCall() {}

    /** It ends an skb into the cache. */
    static final class Free implements Work {
        private final CpuMessage.FreeHere call;
        private boolean freed;

        Free(CpuMessage.FreeHere call) {
            this.call = call;
        }

        @Override
        public boolean run(CpuStep cpu, Out out) {
            if (!freed) {
                freed = true;
                cpu.context().releaser().kfreeSkbNapiCache(call.skb(), out);
            }
            if (cpu.context().link().isBusy()) {
                return false;
            }
            out.send(call.from(), new CpuMessage.Deferred(null));
            return true;
        }

        @Override
        public CpuMessage message() {
            return call;
        }

        @Override
        public void count(HeadSums inUse) {
            if (!freed) {
                inUse.add(call.skb());
            }
        }

        @Override
        public Work copy() {
            final Free copy = new Free(call);
            copy.freed = freed;
            return copy;
        }

        @Override
        public void encode(StateBytes bytes) {
            bytes.put(10);
            bytes.put(freed);
            Encoding.put(bytes, call.from());
            Encoding.put(bytes, call.skb());
        }
    }

    /** It takes what is in the cache. */
    record Peek(CpuMessage.Peek call) implements Work {
        @Override
        public boolean run(CpuStep cpu, Out out) {
            out.send(call.from(), new CpuMessage.Peeked(cpu.cache().lend(out)));
            return true;
        }

        @Override
        public CpuMessage message() {
            return call;
        }

        @Override
        public void count(HeadSums inUse) {}

        @Override
        public Work copy() {
            return this;
        }

        @Override
        public void encode(StateBytes bytes) {
            bytes.put(11);
            Encoding.put(bytes, call.from());
        }
    }
}
