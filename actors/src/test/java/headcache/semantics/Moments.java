package headcache.semantics;

import static headcache.protocol.MachineName.MACHINE;
import static headcache.semantics.StepBench.CPU;
import static headcache.semantics.StepBench.CPU_1;
import static headcache.semantics.StepBench.DRIVER;
import static headcache.semantics.StepBench.NAPI;
import static headcache.semantics.StepBench.NIC;
import static headcache.semantics.StepBench.NO_COMPLETIONS;
import static headcache.semantics.StepBench.TASK;
import static headcache.semantics.StepBench.fragsFrame;
import static headcache.semantics.StepBench.frame;

import headcache.nic.Queue;
import headcache.protocol.CpuMessage;
import headcache.protocol.Frame;
import headcache.protocol.HeldUnit;
import headcache.protocol.NicMessage;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.TaskMessage;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Machines that stand in the middle of something: every kind of work, begun and waiting. */
final class Moments {
    private Moments() {}

    /** By name, a machine of two CPUs, each with a task, and a NIC. None is at rest. */
    static Map<String, StepBench> all() {
        final Map<String, StepBench> all = new LinkedHashMap<>();
        STORIES.forEach((name, story) -> {
            final StepBench bench = StepBench.withNic(2, new Queue(NAPI, CPU));
            story.accept(bench);
            bench.forget();
            all.put(name, bench);
        });
        return all;
    }

    private static final Map<String, Consumer<StepBench>> STORIES = new LinkedHashMap<>();

    static {
        STORIES.put("batch waits for a refill", bench -> bench.start(CPU, getAndPut()));
        STORIES.put(
                "batch waits for one", bench -> bench.start(CPU, Op.allocate(WayIn.BUILD_SKB, 0), new Op.Clone(0, 1)));
        STORIES.put(
                "batch failed one and waits",
                bench -> bench.start(
                        CPU,
                        new Op.Allocate(WayIn.NAPI_ALLOC_SKB_FRAG, 0, 0, Op.ANY_NODE, true),
                        Op.allocate(WayIn.BUILD_SKB, 0),
                        new Op.Clone(0, 1)));
        STORIES.put(
                "batch cancelled one and waits",
                bench -> bench.start(CPU, new Op.Share(7), Op.allocate(WayIn.BUILD_SKB, 0), new Op.Clone(0, 1)));
        STORIES.put("poll in its completions", bench -> {
            bench.park(63);
            bench.startPoll(bench.skbs(3), someFrames());
        });
        STORIES.put("poll in its frames", bench -> bench.startPoll(NO_COMPLETIONS, someFrames()));
        STORIES.put("poll in its flush", bench -> {
            bench.park(4);
            bench.startPoll(
                    NO_COMPLETIONS, frame(Verdict.PASS, 3, NIC, 0), frame(Verdict.HOLD, 1), frame(Verdict.HOLD, 2));
        });
        STORIES.put("poll with completions still shared", bench -> {
            final Skb[] sent = bench.skbs(1);
            bench.startPoll(new Skb[] {sent[0].withUsers(2)}, someFrames());
        });
        STORIES.put("backlog", bench -> {
            final Skb[] skbs = bench.skbs(4);
            bench.start(CPU, getAndPut());
            bench.start(CPU, getAndPut());
            bench.startPoll(new Skb[] {skbs[0]}, someFrames());
            bench.send(CPU, new CpuMessage.HardInterrupt(skbs[1]));
            bench.send(CPU, new CpuMessage.Adopt(NAPI, skbs[2], new HeldUnit[] {new HeldUnit(1, skbs[3], TASK, 0)}));
            bench.send(CPU, new CpuMessage.Drain(MACHINE));
        });
        STORIES.put("napi instance moved in", bench -> {
            final Skb[] skbs = bench.skbs(3);
            bench.send(CPU, new CpuMessage.Adopt(NAPI, skbs[0], new HeldUnit[0]));
            bench.send(CPU, new CpuMessage.Adopt(NAPI, skbs[1], new HeldUnit[] {new HeldUnit(1, skbs[2], TASK, 0)}));
        });
        STORIES.put("transmit softirq in a spill", bench -> {
            bench.park(63);
            final Skb[] skbs = bench.skbs(3);
            bench.start(CPU, Op.allocate(WayIn.BUILD_SKB, 0));
            bench.send(CPU, new CpuMessage.HardInterrupt(skbs[0]));
            bench.send(CPU, new CpuMessage.HardInterrupt(skbs[1]));
            bench.deliverOldest();
            bench.deliverOldest();
            bench.send(CPU, new CpuMessage.HardInterrupt(skbs[2]));
        });
        STORIES.put("going offline", bench -> {
            bench.park(3);
            bench.send(CPU, new CpuMessage.Offline(MACHINE, OfflinePolicy.DRAIN, CPU_1));
            bench.start(CPU, getAndPut());
            bench.send(CPU, new CpuMessage.Online(MACHINE));
        });
        STORIES.put("batch to be sent on", bench -> {
            bench.park(3);
            bench.put(1, bench.skbs(1)[0]);
            bench.send(CPU, new CpuMessage.Offline(MACHINE, OfflinePolicy.DRAIN, CPU_1));
            bench.start(CPU, Op.release(WayOut.NAPI_CONSUME_SKB, 1));
        });
        STORIES.put("offline", bench -> {
            bench.park(3);
            bench.send(CPU, new CpuMessage.Offline(MACHINE, OfflinePolicy.PARK, CPU_1));
            bench.start(CPU, getAndPut());
        });
        STORIES.put("inheriting", bench -> {
            bench.park(63);
            final Skb[] skbs = bench.skbs(2);
            bench.send(CPU, new CpuMessage.HandOver(CPU_1, new int[] {skbs[0].head(), skbs[1].head()}));
        });
        STORIES.put("draining napi instances", bench -> {
            final Skb[] skbs = bench.skbs(2);
            bench.send(CPU, new CpuMessage.Adopt(NAPI, skbs[0], new HeldUnit[] {new HeldUnit(1, skbs[1], TASK, 0)}));
            bench.send(CPU, new CpuMessage.Drain(MACHINE));
        });
        STORIES.put("draining the cache", bench -> {
            bench.park(3);
            bench.send(CPU, new CpuMessage.Drain(MACHINE));
        });
        STORIES.put("task in a batch", bench -> bench.start(TASK, Op.allocate(WayIn.BUILD_SKB, 0), new Op.Clone(0, 1)));
        STORIES.put("task reading", bench -> {
            bench.send(TASK, new TaskMessage.Deliver(bench.skbs(3)));
        });
        STORIES.put("task with a backlog", bench -> {
            final Skb[] skbs = bench.skbs(2);
            bench.start(TASK, Op.allocate(WayIn.BUILD_SKB, 0), Op.release(WayOut.KFREE_SKB, 0));
            bench.start(TASK, Op.allocate(WayIn.BUILD_SKB, 1), Op.release(WayOut.KFREE_SKB, 1));
            bench.send(TASK, new TaskMessage.Deliver(skbs));
        });
        STORIES.put("nic in a poll", bench -> {
            bench.send(NIC, new NicMessage.Receive(0, someFrames()));
            bench.send(NIC, new NicMessage.Receive(0, someFrames()));
            bench.send(NIC, new NicMessage.Transmit(0, bench.skbs(2)));
        });
    }

    private static Op[] getAndPut() {
        return new Op[] {Op.allocate(WayIn.NAPI_BUILD_SKB, 0), Op.release(WayOut.NAPI_CONSUME_SKB, 0)};
    }

    private static Frame[] someFrames() {
        return new Frame[] {
            frame(Verdict.HOLD, 1, TASK, 0),
            frame(Verdict.MERGE_STOLEN, 1),
            frame(Verdict.MERGE_LIST, 1),
            fragsFrame(Verdict.MERGE_REUSE, 1),
            frame(Verdict.PASS, 2, NIC, 0),
            frame(Verdict.PASS, 3, DRIVER, 0),
            frame(Verdict.DROP, 4)
        };
    }
}
