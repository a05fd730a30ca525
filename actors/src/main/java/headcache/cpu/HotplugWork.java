package headcache.cpu;

import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.HeldUnit;
import headcache.protocol.MachineMessage;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Skb;
import headcache.skb.Encoding;
import headcache.skb.NapiSkbCache;
import headcache.step.EventKind;
import headcache.step.HeadSums;
import headcache.step.Out;
import headcache.step.StateBytes;

/** Going offline and coming back. What a CPU has goes to a survivor, but for its parked heads: see {@link OfflinePolicy}. */
final class HotplugWork {
    private HotplugWork() {}

    /**
     * {@code dev_cpu_dead}: hands over queues and NAPI instances, then treats the parked heads by the policy. The defer list
     * is treated as they are: the kernel leaves it where it is, as it leaves the cache.
     */
    static final class Offline implements Work {
        private final CpuMessage.Offline order;
        private boolean handedOver;

        Offline(CpuMessage.Offline order) {
            this.order = order;
        }

        @Override
        public boolean run(CpuStep cpu, Out out) {
            cpu.deferList().close();
            if (!handedOver) {
                if (order.parked() != OfflinePolicy.PARK && !cpu.deferList().drain(cpu.context(), out)) {
                    return false;
                }
                cpu.deferList().drained();
                handedOver = true;
                handOver(cpu, out);
            }
            if (cpu.context().link().isBusy() || givesUpWhatCameBack(cpu, out)) {
                return false;
            }
            handOverCompletionQueue(cpu, out); // interrupts do not wait while this order does
            out.event(EventKind.WENT_OFFLINE, Head.NONE, cpu.cache().count());
            cpu.setSurvivor(order.survivor());
            out.send(order.from(), new MachineMessage.Switched(cpu.id(), false));
            return true;
        }

        private void handOver(CpuStep cpu, Out out) {
            final CpuId survivor = order.survivor();
            handOverCompletionQueue(cpu, out);
            for (final NapiInstance napi : cpu.takeNapis()) {
                handOver(napi, out);
            }
            final NapiSkbCache cache = cpu.cache();
            cache.post(out);
            if (order.parked() == OfflinePolicy.DRAIN) {
                cache.flush(true, out);
            } else if (order.parked() == OfflinePolicy.HAND_OVER && cache.count() > 0) {
                final int[] heads = cache.takeAll();
                for (final int head : heads) {
                    out.event(EventKind.HANDED_OVER, head, survivor.index());
                }
                out.send(survivor, new CpuMessage.HandOver(cpu.id(), heads));
            }
        }

        /** Also what came back while this order waited; whether there was anything. */
        private boolean givesUpWhatCameBack(CpuStep cpu, Out out) {
            return switch (order.parked()) {
                case PARK -> false;
                case DRAIN -> cpu.cache().sendHome(out);
                case HAND_OVER -> cpu.cache().handOver(order.survivor(), out);
            };
        }

        private void handOverCompletionQueue(CpuStep cpu, Out out) {
            for (Skb skb = cpu.transmitSoftirq().poll();
                    skb != null;
                    skb = cpu.transmitSoftirq().poll()) {
                out.event(EventKind.SENT, skb.head(), 0);
                out.send(order.survivor(), new CpuMessage.HardInterrupt(skb));
            }
        }

        private void handOver(NapiInstance napi, Out out) {
            final Skb frags = napi.fragsSkb();
            if (frags != null) {
                out.event(EventKind.SENT, frags.head(), 0);
            }
            final HeldUnit[] held = napi.held().toArray(new HeldUnit[0]);
            for (final HeldUnit unit : held) {
                out.event(EventKind.SENT, unit.skb().head(), 0);
            }
            out.send(order.survivor(), new CpuMessage.Adopt(napi.id(), frags, held));
        }

        @Override
        public CpuMessage message() {
            return order;
        }

        @Override
        public void count(HeadSums inUse) {}

        @Override
        public Work copy() {
            final Offline copy = new Offline(order);
            copy.handedOver = handedOver;
            return copy;
        }

        @Override
        public void encode(StateBytes bytes) {
            bytes.put(4);
            Encoding.put(bytes, order.from());
            bytes.put(order.parked().ordinal());
            bytes.putCpu(order.survivor().index());
            bytes.put(handedOver);
        }
    }

    /** Coming back with the cache that was kept. */
    static final class Online implements Work {
        private final CpuMessage.Online order;

        Online(CpuMessage.Online order) {
            this.order = order;
        }

        @Override
        public boolean run(CpuStep cpu, Out out) {
            cpu.setSurvivor(null);
            out.event(EventKind.CAME_ONLINE, Head.NONE, cpu.cache().count());
            cpu.deferList().reopen(cpu, out);
            out.send(order.from(), new MachineMessage.Switched(cpu.id(), true));
            return true;
        }

        @Override
        public CpuMessage message() {
            return order;
        }

        @Override
        public void count(HeadSums inUse) {}

        @Override
        public Work copy() {
            return this;
        }

        @Override
        public void encode(StateBytes bytes) {
            bytes.put(5);
            Encoding.put(bytes, order.from());
        }
    }

    /** Parked heads of a CPU that went offline: each is put here. */
    static final class Inherit implements Work {
        private final CpuMessage.HandOver heads;
        private int cursor;

        Inherit(CpuMessage.HandOver heads) {
            this.heads = heads;
        }

        @Override
        public boolean run(CpuStep cpu, Out out) {
            while (!cpu.context().link().isBusy()) {
                if (cursor == heads.heads().length) {
                    return true;
                }
                cpu.cache().put(heads.heads()[cursor++], out);
            }
            return false;
        }

        @Override
        public CpuMessage message() {
            return heads;
        }

        @Override
        public void count(HeadSums inUse) {
            for (int i = cursor; i < heads.heads().length; i++) {
                inUse.add(heads.heads()[i]);
            }
        }

        @Override
        public Work copy() {
            final Inherit copy = new Inherit(heads);
            copy.cursor = cursor;
            return copy;
        }

        @Override
        public void encode(StateBytes bytes) {
            bytes.put(6);
            Encoding.put(bytes, heads.from());
            bytes.put(heads.heads().length - cursor);
            for (int i = cursor; i < heads.heads().length; i++) {
                bytes.put(heads.heads()[i]);
            }
        }
    }

    /** A NAPI instance that moves here. */
    static final class AdoptNapi implements Work {
        private final CpuMessage.Adopt napi;
        private boolean adopted;

        AdoptNapi(CpuMessage.Adopt napi) {
            this.napi = napi;
        }

        @Override
        public boolean run(CpuStep cpu, Out out) {
            if (!adopted) {
                adopted = true;
                cpu.adopt(napi, out);
            }
            return !cpu.context().link().isBusy();
        }

        @Override
        public CpuMessage message() {
            return napi;
        }

        @Override
        public void count(HeadSums inUse) {
            if (!adopted) {
                inUse.add(napi.fragsSkb());
                for (final HeldUnit unit : napi.held()) {
                    inUse.add(unit.skb());
                }
            }
        }

        @Override
        public Work copy() {
            final AdoptNapi copy = new AdoptNapi(napi);
            copy.adopted = adopted;
            return copy;
        }

        @Override
        public void encode(StateBytes bytes) {
            bytes.put(7);
            bytes.put(adopted);
            bytes.put(napi.napi().index());
            Encoding.put(bytes, napi.fragsSkb());
            bytes.put(napi.held().length);
            for (final HeldUnit unit : napi.held()) {
                Encoding.put(bytes, unit);
            }
        }
    }
}
