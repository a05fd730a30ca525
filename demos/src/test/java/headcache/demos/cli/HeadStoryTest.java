package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.machine.RunningMachine;
import headcache.machine.RunningMachine.Threads;
import headcache.machine.Topology;
import headcache.middle.Batches;
import headcache.middle.Magazines;
import headcache.middle.Middle;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage.BatchDone;
import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.TaskId;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.verify.HeadHistory;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of heads of a real machine. */
final class HeadStoryTest {
    private static final CpuId CPU0 = new CpuId(0);
    private static final CpuId CPU1 = new CpuId(1);
    private static final Op GET = Op.allocate(WayIn.NAPI_BUILD_SKB, 0);
    private static final int FIRST_GOT = Head.plain(0, 15);

    private HeadHistory history = new HeadHistory(FIRST_GOT);
    private @Nullable RunningMachine machine;

    @AfterEach
    void stop() {
        if (machine != null) {
            machine.close();
        }
    }

    private RunningMachine machine() {
        if (machine == null) {
            machine = RunningMachine.boot(
                    MachineConfig.of(Topology.even(2, 1)).plan(history), Threads.DETERMINISTIC, Duration.ofSeconds(20));
        }
        return machine;
    }

    private @Nullable Skb[] run(CpuId cpu, @Nullable Skb[] slots, Op... ops) {
        machine().send(cpu, new CpuMessage.Batch(machine().console(), ops, slots));
        return ((BatchDone) machine().receive()).slots();
    }

    private List<String> story(int head) {
        return HeadStory.of(head, history.entries()).sentences().stream()
                .map(HeadStory.Sentence::toString)
                .toList();
    }

    @Test
    void tellsOfRefillGetAndPut() {
        run(CPU1, run(CPU0, new Skb[1], GET, new Op.Attach(0, Held.DST)), Op.release(WayOut.NAPI_CONSUME_SKB, 0));

        assertThat(story(FIRST_GOT))
                .containsExactly(
                        "#18 node-0 handed it out, one of 16 for cpu-0",
                        "#35 cpu-0 laid it in slot 15 of its cache: a refill",
                        "#36 cpu-0 took it from its cache for napi_build_skb, 15 left",
                        "#39 cpu-0 let its skb hold dst",
                        "#40 cpu-1 ended its skb by napi_consume_skb, released dst and data, put it in its cache,"
                                + " 1 in it");
        assertThat(HeadStory.of(FIRST_GOT, history.entries()).lives()).isEqualTo(1);
    }

    @Test
    void tellsOfSpillAndWayHome() {
        run(CPU0, new Skb[1], GET, Op.release(WayOut.NAPI_CONSUME_SKB, 0));
        machine().drain();
        machine().snapshot();

        assertThat(story(FIRST_GOT))
                .endsWith(
                        "#57 cpu-0 gave it back from slot 15, with all that was parked",
                        "#74 node-0 took it home, one of 16 from cpu-0");
    }

    /** Two heads that are freed on the CPU that took them, then two more: the first two leave in a magazine, and come back. */
    @Test
    void tellsOfMagazines() {
        boot(new Magazines(1, 0), Head.plain(0, 0));
        final Skb[] all = run(CPU0, new Skb[3], allocate(0), allocate(1), allocate(2));
        run(CPU0, all, put(0), put(1), put(2));
        run(CPU1, new Skb[1], GET);

        assertThat(story(Head.plain(0, 0)))
                .endsWith(
                        "#34 cpu-0 spilled it from slot 0",
                        "#36 depot-0 took it in with a full magazine from cpu-0",
                        "#40 depot-0 handed it out in a full magazine for cpu-1",
                        "#42 cpu-1 laid it in slot 0 of its cache: a refill",
                        "#43 cpu-1 took it from its cache for napi_build_skb, 0 left");
    }

    @Test
    void tellsOfABatchForTheOwner() {
        boot(new Batches(CachePolicy.LINUX_5_12, 1, 64), FIRST_GOT);
        run(CPU1, run(CPU0, new Skb[1], GET), put(0));
        run(
                CPU0,
                new Skb[16],
                IntStream.range(0, 16).mapToObj(HeadStoryTest::allocate).toArray(Op[]::new));

        assertThat(story(FIRST_GOT))
                .endsWith(
                        "#39 cpu-1 ended its skb by napi_consume_skb, released data, set it aside for cpu-0, which owns it",
                        "#42 cpu-1 gave it back to cpu-0",
                        "#44 cpu-0 got it back from cpu-1",
                        "#91 cpu-0 laid it in slot 0 of its cache, from what came back",
                        "#92 cpu-0 took it from its cache for napi_build_skb, 0 left");
    }

    private void boot(Middle middle, int head) {
        history = new HeadHistory(head);
        machine = RunningMachine.boot(
                MachineConfig.of(Topology.even(2, 1)).with(CpuPolicy.of(middle)).plan(history),
                Threads.DETERMINISTIC,
                Duration.ofSeconds(20));
    }

    private static Op allocate(int slot) {
        return Op.allocate(WayIn.NAPI_BUILD_SKB, slot);
    }

    private static Op put(int slot) {
        return Op.release(WayOut.NAPI_CONSUME_SKB, slot);
    }

    @Test
    void tellsOfFailedData() {
        run(CPU0, new Skb[1], new Op.Allocate(WayIn.NAPI_ALLOC_SKB_KMALLOC, 0, 0, Op.ANY_NODE, true));

        assertThat(story(FIRST_GOT))
                .endsWith(
                        "#36 cpu-0 took it from its cache for napi_alloc_skb, 15 left, found no data for it, gave it to"
                                + " the slab",
                        "#40 node-0 took it home from cpu-0");
    }

    @Test
    void tellsOfATaskThatGoesPastTheCache() {
        history = new HeadHistory(Head.plain(0, 0));
        final RunningMachine running = machine();
        running.send(
                new TaskId(1),
                new CpuMessage.Batch(
                        running.console(),
                        new Op[] {
                            Op.allocate(WayIn.ALLOC_SKB, 0),
                            new Op.Share(0),
                            Op.release(WayOut.KFREE_SKB, 0),
                            Op.release(WayOut.KFREE_SKB, 0)
                        },
                        new Skb[1]));
        running.receive();

        assertThat(story(Head.plain(0, 0)))
                .containsExactly(
                        "#1 node-0 handed it out for task-1",
                        "#2 task-1 took it from the slab for alloc_skb",
                        "#5 task-1 shared its skb: 2 users",
                        "#6 task-1 gave up a reference to its skb: 1 left",
                        "#7 task-1 ended its skb by kfree_skb, released data, gave it to the slab",
                        "#10 node-0 took it home from task-1");
    }

    @Test
    void countsWhatHappensAgainAndAgain() {
        run(
                CPU0,
                new Skb[2],
                GET,
                Op.allocate(WayIn.NAPI_BUILD_SKB, 1),
                new Op.Release(WayOut.GRO_STOLEN_HEAD, 1, 0),
                Op.allocate(WayIn.NAPI_BUILD_SKB, 1),
                new Op.Release(WayOut.GRO_STOLEN_HEAD, 1, 0));
        assertThat(story(FIRST_GOT))
                .endsWith("#42 cpu-0 merged the frame of n0/14 into its skb, which took over the data, 2 times");
    }

    private void aggregate() {
        run(
                CPU0,
                new Skb[3],
                GET,
                Op.allocate(WayIn.NAPI_BUILD_SKB, 1),
                Op.allocate(WayIn.NAPI_BUILD_SKB, 2),
                new Op.Release(WayOut.GRO_STOLEN_HEAD, 1, 0),
                new Op.Release(WayOut.GRO_LIST_MEMBER, 2, 0),
                Op.release(WayOut.KFREE_SKB, 0));
    }

    @Test
    void tellsOfAnAggregate() {
        aggregate();
        assertThat(story(FIRST_GOT).subList(3, 7))
                .containsExactly(
                        "#45 cpu-0 merged the frame of n0/14 into its skb, which took over the data",
                        "#48 cpu-0 linked n0/13 to the frag_list of its skb",
                        "#49 cpu-0 ended its skb by kfree_skb, released data, gave it to the slab",
                        "#58 node-0 took it home from cpu-0");
    }

    @Test
    void tellsOfAMergedFrame() {
        history = new HeadHistory(Head.plain(0, 14));
        aggregate();
        assertThat(story(Head.plain(0, 14)).subList(2, 5))
                .containsExactly(
                        "#39 cpu-0 took it from its cache for napi_build_skb, 14 left",
                        "#45 cpu-0 ended its skb by napi_skb_free_stolen_head, n0/15 took over its data, put it in its"
                                + " cache, 14 in it",
                        "#50 cpu-0 freed data that was its own once, with the skb of n0/15");
    }

    @Test
    void tellsOfAMember() {
        history = new HeadHistory(Head.plain(0, 13));
        aggregate();
        assertThat(story(Head.plain(0, 13)).subList(3, 5))
                .containsExactly(
                        "#48 cpu-0 linked its skb to the frag_list of n0/15",
                        "#51 cpu-0 ended its skb by skb_release_data, released data, gave it to the slab");
    }

    @Test
    void tellsOfTwins() {
        final int pair = Head.fclone(0, 0);
        history = new HeadHistory(pair);
        run(
                CPU0,
                new Skb[2],
                Op.allocate(WayIn.ALLOC_SKB_FCLONE, 0),
                new Op.Clone(0, 1),
                Op.release(WayOut.KFREE_SKB, 1),
                Op.release(WayOut.KFREE_SKB, 0));
        assertThat(story(pair))
                .containsExactly(
                        "#2 node-0 handed it out for cpu-0",
                        "#4 cpu-0 took it from the slab for alloc_skb_fclone",
                        "#7 cpu-0 made its second twin an skb: skb_clone",
                        "#9 cpu-0 ended its skb by kfree_skb, released data, gave it to the slab",
                        "#13 node-0 took one of the twins home from cpu-0",
                        "#15 cpu-0 ended its skb by kfree_skb, released data, gave it to the slab",
                        "#19 node-0 took it home from cpu-0");
        assertThat(HeadStory.of(pair, history.entries()).lives()).isEqualTo(2);
    }

    @Test
    void tellsOfQueueReuseAndClone() {
        run(
                CPU0,
                new Skb[2],
                Op.allocate(WayIn.NAPI_GET_FRAGS, 0),
                new Op.Attach(0, Held.CONNTRACK),
                Op.release(WayOut.GRO_FRAGS_REUSE, 0),
                new Op.Clone(0, 1),
                Op.release(WayOut.DEV_KFREE_SKB_IRQ, 0),
                Op.release(WayOut.KFREE_SKB, 1));
        assertThat(IntStream.range(3, 8).mapToObj(i -> story(FIRST_GOT).get(i)))
                .containsExactly(
                        "#39 cpu-0 let its skb hold conntrack",
                        "#40 cpu-0 released conntrack",
                        "#41 cpu-0 emptied its skb for the next frame: napi_reuse_skb",
                        "#47 cpu-0 let a clone share its data",
                        "#48 cpu-0 queued its skb for the transmit softirq, 1 waiting");
    }
}
