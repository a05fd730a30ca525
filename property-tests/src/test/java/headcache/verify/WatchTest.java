package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.MachineMessage;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.protocol.TaskId;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What shows only from outside of an actor, or at the end of a run, is found by its name and with the head. */
final class WatchTest extends HandPlayed {
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
            assertFirst(Invariant.REFINEMENT, Head.NONE, "cpu-0: expected send driver-0 Drained[who=cpu-0]");
        }

        /** What goes wrong is repeated, to see whether it always does. */
        @Test
        void aHistoryThatWasFoundWrongBefore() {
            final Watch.Known known = new Watch.Known((bytes, message) -> bytes.put(0));
            for (int run = 0; run < 2; run++) {
                final Watch other = new Watch(MACHINE, known);
                final Scripted script = new Scripted();
                new Played(CPU0, script, other.over(CPU0, script))
                        .takes(new CpuMessage.Drain(DRIVER), out -> out.send(DRIVER, new MachineMessage.Drained(CPU1)));
                other.ended();
                assertThat(other.violations()).hasSize(1);
            }
            assertThat(known.histories()).isZero();
        }
    }
}
