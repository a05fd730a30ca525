package headcache.benchmarks.machine;

import akka.actor.typed.javadsl.ActorContext;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Directory;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.Frame;
import headcache.protocol.NapiId;
import headcache.protocol.NicMessage;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.Arrays;

/** The pieces of work that are measured. */
final class Feeders {
    /** Packets of a full poll. */
    static final int POLL = 64;

    /**
     * Packets of a poll whose completions fit the cache. Not 64: the completions come before the frames, so
     * a full poll would fill the cache to its capacity and spill each time.
     */
    static final int POLL_IN_CACHE = 32;

    private static final Skb[] NONE = {};

    private Feeders() {}

    /** One poll on one CPU: completions of the poll before, then as many frames, forwarded. */
    static final class InCache extends Feeder {
        private final CpuId cpu;
        private final NapiId napi;
        private final Frame[] frames;
        private Skb[] sent = NONE;

        InCache(ActorContext<DriverMessage> context, DriverId self) {
            super(context, self);
            cpu = new CpuId(self.index());
            napi = new NapiId(self.index());
            frames = forwarded(POLL_IN_CACHE, self);
        }

        @Override
        void begin(Directory directory, DriverId self) {
            directory.tell(cpu, new CpuMessage.Poll(self, napi, sent, frames));
        }

        @Override
        boolean isDone(DriverMessage answer, Directory directory, DriverId self) {
            if (answer instanceof NicMessage.Transmit transmit) {
                sent = transmit.skbs();
                return false;
            }
            return true;
        }
    }

    /** {@code count} frames that {@code self} sends on. */
    static Frame[] forwarded(int count, DriverId self) {
        final Frame[] frames = new Frame[count];
        Arrays.fill(frames, new Frame(WayIn.NAPI_BUILD_SKB, Verdict.PASS, 0, self, 0));
        return frames;
    }

    /** Taken on one CPU, given back on the next one: every 16th get refills, every 32nd put spills. */
    static final class OneWay extends Feeder {
        private final CpuId taker;
        private final CpuId giver;
        private final NapiId takerNapi;
        private final NapiId giverNapi;
        private final Frame[] frames;
        private Skb[] sent = NONE;
        private int waiting;

        OneWay(ActorContext<DriverMessage> context, DriverId self) {
            super(context, self);
            taker = new CpuId(2 * self.index());
            giver = new CpuId(2 * self.index() + 1);
            takerNapi = new NapiId(2 * self.index());
            giverNapi = new NapiId(2 * self.index() + 1);
            frames = forwarded(POLL, self);
        }

        @Override
        void begin(Directory directory, DriverId self) {
            waiting = 2;
            directory.tell(giver, new CpuMessage.Poll(self, giverNapi, sent, new Frame[0]));
            directory.tell(taker, new CpuMessage.Poll(self, takerNapi, NONE, frames));
        }

        @Override
        boolean isDone(DriverMessage answer, Directory directory, DriverId self) {
            if (answer instanceof NicMessage.Transmit transmit) {
                sent = transmit.skbs();
                return false;
            }
            waiting--;
            return waiting == 0;
        }
    }

    /** The same on one CPU with a message for each operation, and an answer: take one, give it back. */
    static final class OneByOne extends Feeder {
        private static final Op[] TAKE = {Op.allocate(WayIn.NAPI_BUILD_SKB, 0)};
        private static final Op[] GIVE = {Op.release(WayOut.NAPI_CONSUME_SKB, 0)};
        private final CpuId cpu;
        private boolean taken;

        OneByOne(ActorContext<DriverMessage> context, DriverId self) {
            super(context, self);
            cpu = new CpuId(self.index());
        }

        @Override
        void begin(Directory directory, DriverId self) {
            taken = false;
            directory.tell(cpu, new CpuMessage.Batch(self, TAKE, new Skb[1]));
        }

        @Override
        boolean isDone(DriverMessage answer, Directory directory, DriverId self) {
            if (taken) {
                return true;
            }
            taken = true;
            directory.tell(cpu, new CpuMessage.Batch(self, GIVE, ((DriverMessage.BatchDone) answer).slots()));
            return false;
        }
    }
}
