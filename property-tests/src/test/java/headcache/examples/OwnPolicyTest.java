package headcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.machine.RunningMachine.Threads;
import headcache.machine.Topology;
import headcache.metrics.Figures;
import headcache.policy.Policies;
import headcache.policy.Policy;
import headcache.protocol.Head;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.step.Tap;
import headcache.verify.Ledger;
import headcache.workload.Context;
import headcache.workload.ListedWorkload;
import headcache.workload.OpBuffer;
import headcache.workload.OpKinds;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.SkbWriter;
import headcache.workload.Workload;
import headcache.workload.WorkloadRun;
import headcache.workload.generated.Generator;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A policy of one's own, from its parameters to its place among the others: v5.12 that keeps the newest heads. */
class OwnPolicyTest {
    /** Step 1, what it is: 64 heads, 16 in on empty, the oldest 32 out on full. */
    private static final Policy COLD = coldest(64, 16, 32);

    private static Policy coldest(int capacity, int refill, int spill) {
        final CachePolicy cache = new CachePolicy(capacity, refill, spill, SpillEnd.OLDEST);
        return new Policy(
                "linux-5.12-cold",
                "as 5.12, but the oldest heads go home",
                "an example",
                new CpuPolicy(cache, Kernel.LINUX_5_12, true, CpuPolicy.BACKLOG_LIMIT));
    }

    /** Step 2, what it does, worked out by hand with room for four heads, two in and two out. */
    @Test
    void theOldestGoHomeWhenItIsFull() {
        final List<String> contacts = new ArrayList<>();
        final Workload work = walk(+3, -3, +2, -1, +3, -3); // gets and puts by turns, the oldest skb first

        run(work, coldest(4, 2, 2), (who, message, state, events) -> {
            for (int i = 0; i < events.size(); i++) {
                if (events.kind(i) == EventKind.REFILL || events.kind(i) == EventKind.SPILL) {
                    contacts.add(events.kind(i) + " " + Head.name(events.head(i)));
                }
            }
        });

        assertThat(contacts)
                .containsExactly(
                        "REFILL n0/0",
                        "REFILL n0/1", // gets take 1 and 0
                        "REFILL n0/2",
                        "REFILL n0/3", // a get takes 3; puts of 1, 0 and 3 on top of 2 make four
                        "SPILL n0/2",
                        "SPILL n0/1", // gets take 3 and 0; a put of 3; a get takes it again
                        "REFILL n0/2",
                        "REFILL n0/1", // gets take 1 and 2; puts of 0, 3, 1 and 2 make four
                        "SPILL n0/0",
                        "SPILL n0/3");
    }

    /** Step 3, the laws that hold for every policy. */
    @ParameterizedTest
    @EnumSource
    void noHeadIsLost(Generator traffic) {
        final Ledger ledger = new Ledger();

        run(traffic.workload(traffic.defaults().withPackets(5_000)), COLD, ledger);
        ledger.checkAllHome();

        assertThat(ledger.violations()).isEmpty();
    }

    /** Step 4, its own bound: 16 gets and puts, or more, lie between two bulk calls. */
    @Property(tries = 100)
    void contactsAreFarApart(@ForAll @Size(max = 30) List<@IntRange(min = -100, max = 100) Integer> turns) {
        final List<Integer> gaps = new ArrayList<>(List.of(Integer.MAX_VALUE));

        run(walk(turns.stream().mapToInt(turn -> turn).toArray()), COLD, (who, message, state, events) -> {
            for (int i = 0; i < events.size(); i++) {
                final int last = gaps.size() - 1;
                if (events.kind(i) == EventKind.GET || events.kind(i) == EventKind.PUT) {
                    gaps.set(last, gaps.get(last) == Integer.MAX_VALUE ? gaps.get(last) : gaps.get(last) + 1);
                } else if ((events.kind(i) == EventKind.REFILL || events.kind(i) == EventKind.SPILL)
                        && events.detail(i) == 0) {
                    gaps.add(0);
                }
            }
        });
        gaps.remove(gaps.size() - 1);

        assertThat(gaps).allMatch(gap -> gap >= 16);
    }

    /** Step 5, its place among the others: as many calls one way, and fewer heads sent to another node. */
    @Test
    void fewerHeadsGoToAnotherNode() {
        final Policy usual = Policies.named("linux-5.12").orElseThrow();

        assertThat(figures(COLD, Generator.ONE_WAY).contacts())
                .isEqualTo(figures(usual, Generator.ONE_WAY).contacts());
        assertThat(figures(COLD, Generator.NUMA_CROSS).remoteFrees())
                .isLessThan(0.7 * figures(usual, Generator.NUMA_CROSS).remoteFrees());
    }

    private static Figures figures(Policy policy, Generator traffic) {
        return Figures.of(traffic.workload(traffic.defaults().withPackets(20_000)), options(policy));
    }

    private static void run(Workload workload, Policy policy, Tap tap) {
        WorkloadRun.run(workload, options(policy).with(tap), ProgressListener.NONE);
    }

    private static RunOptions options(Policy policy) {
        return RunOptions.DEFAULT.with(policy.cpu()).with(Threads.DETERMINISTIC);
    }

    /** One CPU that takes and gives back by turns: so many gets where a turn is above 0, so many puts where below. */
    private static Workload walk(int... turns) {
        final OpKinds kinds = new OpKinds();
        final int get = kinds.in(WayIn.NAPI_BUILD_SKB);
        final int put = kinds.out(WayOut.NAPI_CONSUME_SKB);
        final OpBuffer ops = new OpBuffer();
        final SkbWriter skbs = new SkbWriter();
        skbs.writeTo(ops);
        final List<Integer> inUse = new ArrayList<>();
        for (final int turn : turns) {
            for (int i = 0; i < turn; i++) {
                inUse.add(skbs.begin(get, 0, Context.SOFTIRQ));
            }
            for (int i = Math.min(-turn, inUse.size()); i > 0; i--) {
                skbs.end(inUse.remove(0), put, 0, Context.SOFTIRQ);
            }
        }
        inUse.forEach(skb -> skbs.end(skb, put, 0, Context.SOFTIRQ));
        return ListedWorkload.of(Topology.even(1, 1), kinds, ops);
    }
}
