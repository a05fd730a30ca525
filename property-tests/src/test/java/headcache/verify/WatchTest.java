package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.ArrayStackCache;
import headcache.cache.CachePolicy;
import headcache.cache.HeadCache;
import headcache.cache.SpillEnd;
import headcache.cpu.CpuPolicy;
import headcache.cpu.CpuStep;
import headcache.machine.MachineConfig;
import headcache.machine.Topology;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.Head;
import headcache.protocol.Held;
import headcache.protocol.MachineMessage;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabPhase;
import headcache.protocol.SlabReply;
import headcache.protocol.TaskId;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import headcache.verify.CarelessCache.Mistake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each law is found broken, at the step that breaks it, by its name and with the head. */
class WatchTest {
    private static final CpuId CPU0 = new CpuId(0);
    private static final CpuId CPU1 = new CpuId(1);
    private static final NodeId NODE0 = NodeId.of(0);
    private static final NodeId NODE1 = NodeId.of(1);
    private static final DriverId DRIVER = new DriverId(0);
    private static final int H = Head.plain(0, 1);
    private static final int OTHER = Head.plain(0, 2);
    private static final MachineConfig MACHINE = MachineConfig.of(Topology.even(2, 2))
            .with(new CpuPolicy(new CachePolicy(3, 1, 2, SpillEnd.NEWEST), Kernel.LINUX_5_12, true, 8));

    private final Watch watch = new Watch(MACHINE, new Watch.Known((bytes, message) -> bytes.put(message.hashCode())));
    private final Played cpu0 = played(CPU0);
    private final Played node0 = played(NODE0);
    private final Played node1 = played(NODE1);

    private Played played(ActorName who) {
        final Scripted script = new Scripted();
        return new Played(who, script, watch.over(who, script));
    }

    /** An actor whose steps are written by hand. */
    private record Played(ActorName who, Scripted script, Watched<Message> watched) {
        Played takes(Message message, Consumer<Out> does) {
            script.does = does;
            final EventLog events = new EventLog();
            watched.on(message, new Out() {
                @Override
                public void send(ActorName to, Message sent) {
                    // Watched has written it down
                }

                @Override
                public void event(EventKind kind, int head, int detail) {
                    events.add(kind, head, detail);
                }
            });
            watched.onStep(who, message, watched, events);
            return this;
        }
    }

    private static final class Scripted implements Step<Message> {
        private Consumer<Out> does = out -> {};

        @Override
        public void on(Message message, Out out) {
            does.accept(out);
        }

        @Override
        public Step<Message> copy() {
            return this;
        }

        @Override
        public void count(HeadCount into) {}

        @Override
        public void encode(StateBytes bytes) {
            bytes.put(0);
        }
    }

    private void assertFirst(Invariant invariant, int head, String facts) {
        final Violation first = Objects.requireNonNull(watch.violation(), "nothing was found");
        assertThat(first.invariant()).isEqualTo(invariant);
        assertThat(first.head()).isEqualTo(head);
        assertThat(first.facts()).startsWith(facts);
    }

    private static final Out NOWHERE = new Out() {
        @Override
        public void send(ActorName to, Message message) {}

        @Override
        public void event(EventKind kind, int head, int detail) {}
    };

    private static final CpuMessage WORK = new CpuMessage.Batch(DRIVER, new Op[0], new Skb[0]);

    /** {@code head} comes to {@code cpu0} by a refill, in three steps. */
    private void refilled(int head) {
        cpu0.takes(WORK, out -> {
            out.event(EventKind.REFILL_ASKED, Head.NONE, 1);
            out.send(NODE0, new SlabMessage.BulkAlloc(CPU0, 1));
        });
        node0.takes(new SlabMessage.BulkAlloc(CPU0, 1), out -> {
            out.event(EventKind.SLAB_OUT, head, 0);
            out.send(CPU0, new SlabReply.BulkAllocated(new int[] {head}));
        });
        cpu0.takes(new SlabReply.BulkAllocated(new int[] {head}), out -> out.event(EventKind.REFILL, head, 0));
    }

    private void born(int head) {
        refilled(head);
        cpu0.takes(WORK, out -> {
            out.event(EventKind.GET, head, 0);
            out.event(EventKind.BORN, head, WayIn.NAPI_BUILD_SKB.ordinal());
            out.event(EventKind.DATA_TAKEN, head, 0);
        });
    }

    @Nested
    class Answered {
        @Test
        void anAnswerThatNobodyAskedFor() {
            cpu0.takes(SlabReply.Freed.FREED, out -> {});
            assertFirst(Invariant.ANSWERED, Head.NONE, "cpu-0 was answered twice or unasked");
        }

        @Test
        void anAnswerThatComesTwice() {
            refilled(H);
            assertThat(watch.violation()).isNull();
            cpu0.takes(new SlabReply.BulkAllocated(new int[0]), out -> {});
            assertFirst(Invariant.ANSWERED, Head.NONE, "");
        }

        @Test
        void anAnswerThatCrashesTheActorWhoGetsIt() {
            final Played crashing = played(new TaskId(0));
            crashing.script().does = out -> {
                throw new IllegalStateException("answer that nobody waits for");
            };
            try {
                crashing.watched().on(SlabReply.Freed.FREED, NOWHERE);
            } catch (IllegalStateException crash) {
                watch.crashed();
            }
            assertFirst(Invariant.ANSWERED, Head.NONE, "");
        }

        @Test
        void anAnswerThatNeverComes() {
            cpu0.takes(WORK, out -> out.send(NODE0, new SlabMessage.BulkAlloc(CPU0, 1)));
            assertThat(watch.violation()).isNull();
            watch.ended();
            assertFirst(Invariant.I15, Head.NONE, "nothing is on its way, but cpu-0 waits for an answer: open=[REFILL");
        }
    }

    @Nested
    class AtTheEnd {
        @Test
        void aHeadThatTheSlabHandedOutToNobody() {
            node0.takes(new SlabMessage.BulkAlloc(CPU0, 1), out -> {
                out.event(EventKind.SLAB_OUT, H, 0);
                out.send(CPU0, new SlabReply.BulkAllocated(new int[] {H}));
            });
            watch.ended();
            assertFirst(
                    Invariant.I1,
                    H,
                    "nowhere, last in a message, handed out by node-0 since step=1 event=1 (SLAB_OUT)");
        }

        @Test
        void aHeadThatWasGivenUpAndNeverCameHome() {
            born(H);
            cpu0.takes(WORK, out -> {
                out.event(EventKind.DATA_DROPPED, H, 0);
                out.event(EventKind.DIED, H, WayOut.KFREE_SKB.ordinal());
                out.event(EventKind.SINGLE_FREE, H, 0);
            });
            watch.ended();
            assertFirst(Invariant.I15, H, "never got home, last in a message, given up by cpu-0 since step=5");
        }

        @Test
        void aHeadThatWasHandedOverAndNeverArrived() {
            refilled(H);
            cpu0.takes(
                    new CpuMessage.Offline(DRIVER, OfflinePolicy.HAND_OVER, CPU1),
                    out -> out.event(EventKind.HANDED_OVER, H, 1));
            watch.ended();
            assertFirst(Invariant.I13, H, "never arrived, last in a message, handed over by cpu-0 since step=4");
        }

        @Test
        void aHistoryThatTheSequentialMachineDoesNotHave() {
            cpu0.takes(new CpuMessage.Drain(DRIVER), out -> out.send(DRIVER, new MachineMessage.Drained(CPU1)));
            assertThat(watch.violation()).isNull();
            watch.ended();
            assertFirst(Invariant.REFINEMENT, Head.NONE, "cpu-0: expected send driver-0 Drained[cpu=cpu-0]");
        }
    }

    @Nested
    class Slabs {
        private final SlabMessage asked = new SlabMessage.PassedOn(
                CPU0, NODE0, SlabKind.HEAD, 2, true, true, false, SlabPhase.ZONE_LIST, 1, 1, new int[] {H});

        @Test
        void whatAFailedRequestHadCollectedStays() {
            node0.takes(new SlabMessage.BulkAlloc(CPU0, 2), out -> {
                out.event(EventKind.SLAB_OUT, H, 0);
                out.send(NODE1, asked);
            });
            node1.takes(asked, out -> out.send(CPU0, new SlabReply.BulkAllocated(new int[0])));
            assertFirst(Invariant.I14, H, "was collected for a request that failed, and node-1 did not send it home");
        }

        @Test
        void whatAFailedRequestHadCollectedGoesHome() {
            node0.takes(new SlabMessage.BulkAlloc(CPU0, 2), out -> {
                out.event(EventKind.SLAB_OUT, H, 0);
                out.send(NODE1, asked);
            });
            node1.takes(asked, out -> {
                out.send(NODE0, new SlabMessage.BulkFree(NODE1, NODE0, new int[] {H}, false));
                out.send(CPU0, new SlabReply.BulkAllocated(new int[0]));
            });
            assertThat(watch.violation()).isNull();
        }

        @Test
        void aFreedHeadThatDoesNotReturnToItsPage() {
            node0.takes(new SlabMessage.BulkFree(CPU0, NODE0, new int[] {H}, false), out -> {});
            assertFirst(Invariant.I1, H, "came to node-0 and went nowhere from there");
        }

        @Test
        void aHeadThatTheSlabDoesNotHave() {
            node0.takes(
                    new SlabMessage.BulkAlloc(CPU0, 1),
                    out -> out.send(CPU0, new SlabReply.BulkAllocated(new int[] {H})));
            assertFirst(Invariant.I2, H, "node-0 gave it away, and did not have it");
        }
    }

    @Nested
    class Skbs {
        private void answers(Skb skb) {
            cpu0.takes(
                    SlabReply.Freed.FREED,
                    out -> out.send(DRIVER, new DriverMessage.BatchDone(CPU0, new Skb[] {skb}, 0, 0)));
        }

        private Skb alive() {
            born(H);
            cpu0.takes(WORK, out -> out.send(NODE0, new SlabMessage.BulkFree(CPU0, NODE0, new int[0], true)));
            return Skb.fresh(H, 0);
        }

        @Test
        void aFreshOneIsClean() {
            answers(alive());
            assertThat(watch.violation()).isNull();
        }

        @Test
        void oneThatCarriesSomethingFromAFormerLife() {
            answers(alive().holding(Held.SOCKET));
            assertFirst(
                    Invariant.I7, H, "carries SOCKET, which it was never given in this life, at cpu-0; it is in use");
        }

        @Test
        void oneThatForgetsWhatItHolds() {
            final Skb skb = alive();
            cpu0.takes(WORK, out -> out.event(EventKind.HOLD, H, Held.DST.ordinal()));
            answers(skb);
            assertFirst(Invariant.I6, H, "carries no DST any more, which was not released");
        }

        @Test
        void oneThatCountsOtherUsers() {
            answers(alive().withUsers(2));
            assertFirst(Invariant.I9, H, "carries users=2, its events make users=1");
        }

        @Test
        void oneWithTheDataOfAnother() {
            answers(alive().cloneOn(OTHER, 0).cloneOn(H, 0).adopting(OTHER));
            assertFirst(Invariant.I7, H, "carries other data than it was given in this life");
        }

        @Test
        void oneThatIsOver() {
            alive();
            answers(Skb.fresh(OTHER, 0));
            assertFirst(Invariant.I2, OTHER, "handed on as an skb");
        }
    }

    @Nested
    class Entries {
        @Test
        void anAllocationThatTheCacheMustServe() {
            node0.takes(new SlabMessage.SingleAlloc(CPU0, SlabKind.HEAD, true, false), out -> {
                out.event(EventKind.SLAB_OUT, H, 0);
                out.send(CPU0, new SlabReply.Allocated(H));
            });
            cpu0.takes(WORK, out -> {
                out.event(EventKind.SINGLE_ALLOC, H, 0);
                out.event(EventKind.BORN, H, WayIn.NAPI_BUILD_SKB.ordinal());
                out.event(EventKind.DATA_TAKEN, H, 0);
            });
            assertFirst(Invariant.I17, H, "napi_build_skb was served by the slab, not by the cache");
        }

        @Test
        void anAllocationThatTheSlabMustServe() {
            refilled(H);
            cpu0.takes(WORK, out -> {
                out.event(EventKind.GET, H, 0);
                out.event(EventKind.BORN, H, WayIn.BUILD_SKB.ordinal());
                out.event(EventKind.DATA_TAKEN, H, 0);
            });
            assertFirst(Invariant.I17, H, "build_skb was served by the cache, not by the slab");
        }

        @Test
        void aHeadThatMustNotBePut() {
            born(H);
            cpu0.takes(WORK, out -> {
                out.event(EventKind.DATA_DROPPED, H, 0);
                out.event(EventKind.DIED, H, WayOut.KFREE_SKB.ordinal());
                out.event(EventKind.PUT, H, 1);
            });
            assertFirst(Invariant.I17, H, "ended by kfree_skb and went to the cache, not to the slab");
        }

        @Test
        void aHeadThatMustBePut() {
            born(H);
            cpu0.takes(WORK, out -> {
                out.event(EventKind.DATA_DROPPED, H, 0);
                out.event(EventKind.DIED, H, WayOut.NAPI_CONSUME_SKB.ordinal());
                out.event(EventKind.SINGLE_FREE, H, 0);
            });
            assertFirst(Invariant.I17, H, "ended by napi_consume_skb and went to the slab, not to the cache");
        }
    }

    @Nested
    class Offline {
        @Test
        void aGetWhileOffline() {
            refilled(H);
            cpu0.takes(
                    new CpuMessage.Offline(DRIVER, OfflinePolicy.PARK, CPU1),
                    out -> out.event(EventKind.WENT_OFFLINE, Head.NONE, 1));
            cpu0.takes(WORK, out -> {
                out.event(EventKind.GET, H, 0);
                out.event(EventKind.BORN, H, WayIn.NAPI_BUILD_SKB.ordinal());
                out.event(EventKind.DATA_TAKEN, H, 0);
            });
            assertFirst(Invariant.I13, H, "GET by a CPU that is offline: policy=PARK, kept=1");
        }

        @Test
        void aFlushOfParkedHeadsThatNobodyAskedFor() {
            refilled(H);
            cpu0.takes(
                    new CpuMessage.Offline(DRIVER, OfflinePolicy.DRAIN, CPU1),
                    out -> out.event(EventKind.WENT_OFFLINE, Head.NONE, 1));
            assertFirst(Invariant.I13, Head.NONE, "went offline and kept heads: policy=DRAIN, kept=1");
        }
    }

    @Nested
    class Stacks {
        @Test
        void aRefillThatIsNotNeeded() {
            refilled(H);
            cpu0.takes(WORK, out -> out.event(EventKind.REFILL_ASKED, Head.NONE, 1));
            assertFirst(Invariant.I11, Head.NONE, "a refill was asked for though the cache is not empty");
        }

        @Test
        void aCacheThatIsFullAndDoesNotSpill() {
            for (int index = 1; index <= 3; index++) {
                final int head = Head.plain(0, index);
                final int count = index;
                node0.takes(new SlabMessage.SingleAlloc(CPU0, SlabKind.HEAD, true, false), out -> {
                    out.event(EventKind.SLAB_OUT, head, 0);
                    out.send(CPU0, new SlabReply.Allocated(head));
                });
                cpu0.takes(WORK, out -> {
                    out.event(EventKind.SINGLE_ALLOC, head, 0);
                    out.event(EventKind.BORN, head, WayIn.BUILD_SKB.ordinal());
                    out.event(EventKind.DATA_TAKEN, head, 0);
                    out.event(EventKind.DATA_DROPPED, head, 0);
                    out.event(EventKind.DIED, head, WayOut.NAPI_CONSUME_SKB.ordinal());
                    out.event(EventKind.PUT, head, count);
                });
            }
            assertThat(watch.violation()).isNull();
            watch.ended();
            assertFirst(Invariant.I11, Head.NONE, "a full cache did not spill all it has to: left=2");
        }
    }

    /** A look into a cache that is not what events make it. */
    @Nested
    class Looks {
        private final Now now = new Now();
        private final Findings findings = new Findings(now);
        private final StackRules events = new StackRules(CachePolicy.LINUX_5_12, true, findings);

        private CacheLook look(HeadCache cache) {
            final CpuStep cpu = new CpuStep(CPU0, NODE0, MACHINE.policy(), cache);
            return new CacheLook(CPU0, cpu.heads(), events, new HashSet<>(), findings);
        }

        private List<Invariant> found() {
            final List<Invariant> found = new ArrayList<>();
            findings.first().forEach(violation -> found.add(violation.invariant()));
            return found;
        }

        @Test
        void nothingIsFoundInACacheThatIsWhatEventsMakeIt() {
            final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
            final CacheLook look = look(cache);
            cache.push(H);
            events.did(EventKind.PUT, H, 1);
            look.ended();
            look.othersTurn(CPU1);
            assertThat(found()).isEmpty();
        }

        @Test
        void aPutThatIsLost() {
            final CacheLook look = look(new CarelessCache(Mistake.LOSES_PUTS));
            events.did(EventKind.PUT, H, 1);
            look.ended();
            assertThat(found()).containsExactly(Invariant.I1);
        }

        @Test
        void aHeadThatIsStillThere() {
            final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
            final CacheLook look = look(cache);
            cache.push(H);
            look.ended();
            assertThat(found()).containsExactly(Invariant.I2);
        }

        @Test
        void headsInAnotherOrder() {
            final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
            final CacheLook look = look(cache);
            cache.push(H);
            cache.push(OTHER);
            events.did(EventKind.PUT, OTHER, 1);
            events.did(EventKind.PUT, H, 2);
            look.ended();
            assertThat(found()).containsExactly(Invariant.I5);
        }

        @Test
        void aFullCache() {
            final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
            final CacheLook look = look(cache);
            for (int index = 0; index < 64; index++) {
                cache.push(Head.plain(0, index));
            }
            look.ended();
            assertThat(found()).containsExactly(Invariant.I4);
        }

        @Test
        void aCacheThatSomebodyElseTouched() {
            final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
            final CacheLook look = look(cache);
            cache.push(H);
            look.othersTurn(CPU1);
            assertThat(found()).containsExactly(Invariant.I10);
            assertThat(findings.first().get(0).facts())
                    .isEqualTo("the cache of cpu-0 changed in a turn of cpu-1: parked=1, before=0");
        }

        @Test
        void aCacheThatNoticesNothing() {
            final HeadCache cache = new CarelessCache(Mistake.KEEPS_WHAT_IT_SPILLS);
            final CacheLook look = look(cache);
            cache.push(H);
            events.did(EventKind.PUT, H, 1);
            look.ended();
            assertThat(found()).containsExactly(Invariant.I16);
        }

        @Test
        void aHeadThatIsMarkedParkedThoughItLeft() {
            final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
            final CacheLook look = look(cache);
            cache.push(H);
            look.did(EventKind.GET, H, 0);
            look.ended();
            assertThat(found()).as("by its mark and by its slot").containsExactly(Invariant.I2, Invariant.I2);
        }

        @Test
        void aHeadThatComesBackInTheStepInWhichItLeft() {
            final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
            final CacheLook look = look(cache);
            cache.push(H);
            look.did(EventKind.GET, H, 0);
            events.did(EventKind.PUT, H, 1);
            look.did(EventKind.PUT, H, 1);
            look.ended();
            assertThat(found()).isEmpty();
        }
    }
}
