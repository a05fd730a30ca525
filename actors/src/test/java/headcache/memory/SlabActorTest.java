package headcache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import headcache.protocol.Connect;
import headcache.protocol.CpuMessage;
import headcache.protocol.Directory;
import headcache.protocol.Head;
import headcache.protocol.MachineMessage;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabMessage.BulkAlloc;
import headcache.protocol.SlabReply;
import headcache.slab.SlabConfig;
import headcache.step.Tap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Real slab actors: nodes 0 and 2 have a page of 4 heads each, node 1 has no memory and is served by node 2. */
final class SlabActorTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    private final TestProbe<CpuMessage> cpu = KIT.createTestProbe();
    private final TestProbe<MachineMessage> machine = KIT.createTestProbe();
    private final Directory directory;

    SlabActorTest() {
        final ZoneLists zones = ZoneLists.equallyFar(true, false, true);
        final ActorRef<SlabMessage> node0 = slab(0, zones);
        final ActorRef<SlabMessage> node2 = slab(2, zones);
        directory = new Directory(
                machine.ref(),
                List.of(cpu.ref()),
                List.of(node0, node2, node2),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        node0.tell(new Connect(directory));
        node2.tell(new Connect(directory));
        assertThat(machine.receiveSeveralMessages(2))
                .containsExactlyInAnyOrder(
                        new MachineMessage.Connected(new NodeId(0)), new MachineMessage.Connected(new NodeId(2)));
    }

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void aRequestGoesRoundRealActors() {
        assertThat(bulk(0, 6)).containsExactly(0, 1, 2, 3, Head.plain(2, 0), Head.plain(2, 1));
        assertThat(bulk(2, 3)).isEmpty();
        assertThat(bulk(0, 2)).containsExactly(Head.plain(2, 2), Head.plain(2, 3));
    }

    @Test
    void aMemorylessNodeIsServedByItsNearestWithMemory() {
        assertThat(bulk(1, 5))
                .containsExactly(
                        Head.plain(2, 0), Head.plain(2, 1), Head.plain(2, 2), Head.plain(2, 3), Head.plain(0, 0));
    }

    private int[] bulk(int node, int count) {
        directory.tell(new NodeId(node), new BulkAlloc(SlabNet.CPU, count));
        return cpu.expectMessageClass(SlabReply.BulkAllocated.class).heads();
    }

    private static ActorRef<SlabMessage> slab(int node, ZoneLists zones) {
        final SlabConfig onePage = new SlabConfig(4, 5, 1, 0);
        final NodeConfig config = new NodeConfig(new NodeId(node), zones, onePage, onePage, 0, 0);
        return KIT.spawn(SlabActor.create(new NodeId(node), new SlabStep(config), Tap.NONE));
    }
}
