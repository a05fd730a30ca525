package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Head;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage.PassedOn;
import headcache.slab.SlabConfig;
import headcache.verify.WalkGame.Answer;
import headcache.verify.WalkGame.Hop;
import headcache.verify.WalkGame.Machine;
import headcache.verify.WalkGame.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;

/** The laws of requests that go from node to node, whatever the topology and the order of messages. */
class WalkProperties {
    private static final int MORE_THAN_THERE_IS = 1000;

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I1 conservation: at any moment a head that is out is either held by who asked or in one message, never both")
    void conservation(@ForAll("machines") Machine machine, @ForAll("scripts") int[] script) {
        final WalkGame game = new WalkGame(machine);
        boolean underWay = false;
        for (final int number : script) {
            game.play(number);
            assertThat(game.outside()).containsExactlyInAnyOrderElementsOf(out(game));
            underWay |= game.hops().stream()
                    .anyMatch(hop -> hop.message() instanceof PassedOn request && request.collected().length > 0);
        }
        Often.require("heads under way", 20, underWay);
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I14 all or nothing: a request gets all the heads it asks for or none, and is answered exactly once")
    void allOrNothing(@ForAll("machines") Machine machine, @ForAll("scripts") int[] script) {
        final WalkGame game = new WalkGame(machine);
        Arrays.stream(script).forEach(game::play);
        game.settle();
        for (final Answer answer : game.answers()) {
            assertThat(answer.heads().length)
                    .isIn(0, game.requests().get(answer.request()).count());
        }
        assertThat(game.answers().stream().map(Answer::request))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, game.requests().size()).boxed().toList());
        Often.require("failure", 20, game.answers().stream().anyMatch(answer -> answer.heads().length == 0));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I14 failure leaves nothing behind: after a failed request exactly those heads are out that were out before")
    void failureLeavesNothingBehind(
            @ForAll("machines") Machine machine, @ForAll("scripts") int[] script, @ForAll @IntRange(max = 2) int node) {
        final WalkGame game = new WalkGame(machine);
        Arrays.stream(script).forEach(game::play);
        game.settle();
        final List<Integer> before = out(game);
        final int hops = game.hops().size();
        game.bulk(node % game.nodes(), MORE_THAN_THERE_IS);
        game.settle();
        assertThat(game.lastAnswer().heads()).isEmpty();
        assertThat(out(game)).isEqualTo(before);
        Often.require("heads sent home", 20, game.hops().size() > hops + 1);
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("Completeness: a lone bulk request succeeds if and only if all nodes together have or can make that many")
    void completeness(
            @ForAll("machinesWithoutReserve") Machine machine,
            @ForAll("scripts") int[] script,
            @ForAll @IntRange(max = 2) int node,
            @ForAll boolean oneTooMany) {
        final WalkGame game = new WalkGame(machine);
        Arrays.stream(script).forEach(game::play);
        game.settle();
        final int all =
                game.nodes() * machine.slab().pageLimit() * machine.slab().headsPerPage();
        final long plainOut =
                out(game).stream().filter(head -> !Head.isFclone(head)).count();
        final int count = all - (int) plainOut + (oneTooMany ? 1 : 0);
        if (count > 0) {
            game.bulk(node % game.nodes(), count);
            game.settle();
            assertThat(game.lastAnswer().heads()).hasSize(oneTooMany ? 0 : count);
        }
        Often.require("several nodes and a success", 12, game.nodes() > 1 && count > 0 && !oneTooMany);
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("Order of places: a request is always at the node its place names, and every hop takes it to a later place")
    void orderOfPlaces(@ForAll("machines") Machine machine, @ForAll("scripts") int[] script) {
        final WalkGame game = new WalkGame(machine);
        Arrays.stream(script).forEach(game::play);
        game.settle();
        final Map<Object, Integer> places = new HashMap<>();
        boolean far = false;
        for (final Hop hop : game.hops()) {
            if (hop.message() instanceof PassedOn request) {
                final int origin = request.origin().index();
                final int others = machine.zones()[origin].length;
                assertThat(hop.to())
                        .isEqualTo(request.visited() == 0 ? origin : machine.zones()[origin][request.visited() - 1]);
                final int place = request.phase().ordinal() * (others + 1) + request.visited();
                assertThat(place).isGreaterThan(places.getOrDefault(request.from(), 0));
                places.put(request.from(), place);
                far |= request.hops() > 2;
            }
        }
        Often.require("a walk of three hops or more", 15, far);
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I12 home: heads leave from and return to their home node only")
    void home(@ForAll("machines") Machine machine, @ForAll("scripts") int[] script) {
        final WalkGame game = new WalkGame(machine);
        Arrays.stream(script).forEach(game::play);
        game.settle();
        assertThat(game.strays()).isEmpty();
        Often.require(
                "head from another node", 15, game.answers().stream().anyMatch(answer -> gotRemote(game, answer)));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("M29 reserve: when all ordinary heads are out, only entitled single requests get more,"
            + " exactly as many as the reserves of all nodes hold")
    void reserve(@ForAll("machines") Machine machine, @ForAll boolean anyNode, @ForAll @IntRange(max = 2) int first) {
        final WalkGame game = new WalkGame(machine);
        final int heads = machine.slab().headsPerPage() * game.nodes();
        final int node = first % game.nodes();
        game.bulk(node, Math.max(1, heads * machine.slab().pageLimit()));
        game.settle();
        game.single(node, SlabKind.HEAD, anyNode, false);
        game.bulk(node, 1);
        game.settle();
        assertThat(game.answers().subList(1, 3)).allMatch(answer -> answer.heads().length == 0);
        int got = 0;
        while (got <= heads * machine.slab().reservePages()) {
            game.single(node, SlabKind.HEAD, anyNode, true);
            game.settle();
            if (game.lastAnswer().heads().length == 0) {
                break;
            }
            got++;
        }
        assertThat(got).isEqualTo(heads * machine.slab().reservePages());
        Often.require("a reserve on several nodes", 15, got > 0 && game.nodes() > 1);
    }

    private static boolean gotRemote(WalkGame game, Answer answer) {
        final Request request = game.requests().get(answer.request());
        return Arrays.stream(answer.heads()).anyMatch(head -> Head.node(head) != request.node());
    }

    private static List<Integer> out(WalkGame game) {
        final List<Integer> out = new ArrayList<>();
        for (int node = 0; node < game.nodes(); node++) {
            out.addAll(game.out(node));
        }
        return out;
    }

    @Provide
    Arbitrary<Machine> machines() {
        return machinesWithReserve(2);
    }

    @Provide
    Arbitrary<Machine> machinesWithoutReserve() {
        return machinesWithReserve(0);
    }

    @Provide
    Arbitrary<int[]> scripts() {
        return upTo(WalkGame.NUMBERS - 1)
                .array(int[].class)
                .ofMinSize(5)
                .ofMaxSize(40)
                .withoutEdgeCases();
    }

    private static Arbitrary<Machine> machinesWithReserve(int reservePages) {
        final Arbitrary<SlabConfig> slabs = Combinators.combine(upTo(3), upTo(2), upTo(3), upTo(reservePages))
                .as((heads, minPartial, limit, reserve) -> new SlabConfig(heads + 1, minPartial, limit, reserve));
        final Arbitrary<Integer> ratios = Arbitraries.of(0, 500, 1024);
        final Arbitrary<Integer> seeds = upTo(Integer.MAX_VALUE);
        return upTo(2).flatMap(others ->
                Combinators.combine(slabs, zones(others + 1), ratios, seeds).as(Machine::new));
    }

    /** For each node all the others, in any order. */
    private static Arbitrary<int[][]> zones(int nodes) {
        final List<Arbitrary<int[]>> lists = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            final int self = node;
            lists.add(Arbitraries.shuffle(IntStream.range(0, nodes)
                            .filter(other -> other != self)
                            .boxed()
                            .toList())
                    .map(list -> list.stream().mapToInt(Integer::intValue).toArray()));
        }
        return Combinators.combine(lists).as(list -> list.toArray(int[][]::new));
    }

    private static Arbitrary<Integer> upTo(int most) {
        return Arbitraries.integers()
                .between(0, most)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
    }
}
