package headcache.skb;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.Frame;
import headcache.protocol.Head;
import headcache.protocol.HeldUnit;
import headcache.protocol.Message;
import headcache.protocol.NapiId;
import headcache.protocol.NicMessage;
import headcache.protocol.NodeId;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabPhase;
import headcache.protocol.SlabReply;
import headcache.protocol.TaskMessage;
import headcache.step.HeadSums;
import headcache.step.HeadTaker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every head in a message is told of, once and in order. */
final class CarriedTest {
    private static final ActorName CPU = new CpuId(0);
    private static final NodeId NODE = new NodeId(0);
    private static final NapiId NAPI = new NapiId(0);
    private static final int PAIR = Head.fclone(0, 7);
    private static final Skb ONE = Skb.fresh(1, 0);
    private static final Skb TWO = Skb.fresh(2, 0);
    private static final Skb TWIN = Skb.freshTwin(PAIR, 0);
    private static final List<Class<?>> CARRIERS = List.of(int[].class, Skb.class, Skb[].class, HeldUnit[].class);

    private static Stream<Arguments> carriers() {
        return Stream.of(
                Arguments.of(new SlabReply.BulkAllocated(new int[] {3, PAIR}), List.of("n0/3", "n0/f7")),
                Arguments.of(new SlabReply.Allocated(3), List.of("n0/3")),
                Arguments.of(passedOn(new int[] {4, 3}), List.of("n0/4", "n0/3")),
                Arguments.of(new SlabMessage.BulkFree(CPU, NODE, new int[] {4, 3}, true), List.of("n0/4", "n0/3")),
                Arguments.of(new SlabMessage.SingleFree(CPU, NODE, 3, false, true), List.of("n0/3")),
                Arguments.of(new SlabMessage.SingleFree(CPU, NODE, PAIR, true, true), List.of("twin n0/f7")),
                Arguments.of(new DepotMessage.TradeForEmpty(CPU, new int[] {4, 3}, true), List.of("n0/4", "n0/3")),
                Arguments.of(new SlabReply.Refused(new int[] {4, 3}), List.of("n0/4", "n0/3")),
                Arguments.of(new DepotMessage.TradeForFull(CPU, NODE), List.of()),
                Arguments.of(new CpuMessage.GiveBack(new CpuId(0), new int[] {5, 6}), List.of("n0/5", "n0/6")),
                Arguments.of(new CpuMessage.HandOver(CPU, new int[] {5, 6}), List.of("n0/5", "n0/6")),
                Arguments.of(new CpuMessage.HardInterrupt(ONE), List.of("skb n0/1")),
                Arguments.of(new CpuMessage.Defer(CPU, NODE, ONE), List.of("skb n0/1")),
                Arguments.of(new CpuMessage.Deferred(TWO), List.of("skb n0/2")),
                Arguments.of(new CpuMessage.Deferred(null), List.of()),
                Arguments.of(new CpuMessage.FreeHere(CPU, TWO), List.of("skb n0/2")),
                Arguments.of(new CpuMessage.Peeked(3), List.of("n0/3")),
                Arguments.of(new CpuMessage.Peeked(Head.NONE), List.of()),
                Arguments.of(
                        new CpuMessage.Batch(CPU, new Op[0], new Skb[] {null, ONE, null, TWO}),
                        List.of("skb n0/1", "skb n0/2")),
                Arguments.of(
                        new CpuMessage.Poll(CPU, NAPI, new Skb[] {TWO, TWIN}, new Frame[0]),
                        List.of("skb n0/2", "skb n0/f7")),
                Arguments.of(
                        new CpuMessage.Adopt(NAPI, ONE, new HeldUnit[] {new HeldUnit(0, TWO, null, 0)}),
                        List.of("skb n0/1", "skb n0/2")),
                Arguments.of(new CpuMessage.Adopt(NAPI, null, new HeldUnit[0]), List.of()),
                Arguments.of(new TaskMessage.Deliver(new Skb[] {ONE}), List.of("skb n0/1")),
                Arguments.of(new NicMessage.Transmit(0, new Skb[] {ONE, TWO}), List.of("skb n0/1", "skb n0/2")),
                Arguments.of(new NicMessage.PollDone(new CpuId(0), NAPI, 0, 0, new Skb[] {TWO}), List.of("skb n0/2")),
                Arguments.of(new DriverMessage.BatchDone(CPU, new Skb[] {null, TWO}, 0, 0), List.of("skb n0/2")),
                Arguments.of(new SlabReply.Allocated(Head.NONE), List.of()),
                Arguments.of(new SlabMessage.BulkAlloc(CPU, 16), List.of()));
    }

    private static Message passedOn(int[] collected) {
        return new SlabMessage.PassedOn(
                CPU, NODE, SlabKind.HEAD, 16, true, true, false, SlabPhase.REMOTE_PARTIAL, 1, 1, collected);
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void eachIsToldOf(Message message, List<String> heads) {
        final List<String> seen = new ArrayList<>();
        Carried.each(message, new HeadTaker() {
            @Override
            public void add(int head) {
                seen.add(Head.name(head));
            }

            @Override
            public void addTwin(int pair) {
                seen.add("twin " + Head.name(pair));
            }

            @Override
            public void add(Skb skb) {
                seen.add("skb " + Head.name(skb.head()));
            }
        });
        assertThat(seen).isEqualTo(heads);
    }

    /** A kind of message that is new and has heads in it must be told of here. */
    @Test
    void noKindOfMessageIsMissing() {
        assertThat(kinds(Message.class).filter(CarriedTest::hasHeads).collect(Collectors.toSet()))
                .isEqualTo(carriers()
                        .map(arguments -> arguments.get()[0].getClass())
                        .filter(CarriedTest::hasHeads)
                        .collect(Collectors.toSet()));
    }

    /** What drivers are told is open to drivers of other modules; here are those of the protocol. */
    private static Stream<Class<?>> kinds(Class<?> kind) {
        final Class<?>[] within = kind.isSealed() ? kind.getPermittedSubclasses() : kind.getDeclaredClasses();
        return kind.isInterface() ? Arrays.stream(within).flatMap(CarriedTest::kinds) : Stream.of(kind);
    }

    private static boolean hasHeads(Class<?> kind) {
        return kind.isRecord()
                && Arrays.stream(kind.getRecordComponents())
                        .anyMatch(part -> CARRIERS.contains(part.getType())
                                || (part.getType() == int.class
                                        && part.getName().equals("head")));
    }

    @Test
    void sumsTakeAMembersHeadWithTheAggregate() {
        final HeadSums sums = new HeadSums();
        Carried.each(new CpuMessage.HardInterrupt(ONE.linking(TWO)), sums);
        assertThat(sums).hasToString("2 of node-0");
    }
}
