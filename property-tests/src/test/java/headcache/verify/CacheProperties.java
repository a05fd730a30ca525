package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.protocol.Head;
import headcache.step.HeadMisuse;
import headcache.verify.CacheGame.Move;
import headcache.verify.CacheGame.Turn;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;

class CacheProperties {

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I5 order: gets, spills and drains take the heads that a plain list used as a stack gives, in its order")
    void order(@ForAll("policies") CachePolicy policy, @ForAll("scripts") int[] script) {
        final List<Turn> turns = new CacheGame(policy).play(script);
        for (final Turn turn : turns) {
            assertThat(turn.cache().left()).isEqualTo(turn.naive().left());
            assertThat(turn.cache().kept()).isEqualTo(turn.naive().kept());
        }
        Often.require("put that spilled", 30, turns.stream().anyMatch(CacheProperties::spilled));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I4 bounds: after every operation a cache holds 0 to capacity - 1 heads, and after a spill capacity - spill")
    void bounds(@ForAll("policies") CachePolicy policy, @ForAll("scripts") int[] script) {
        final List<Turn> turns = new CacheGame(policy).play(script);
        for (final Turn turn : turns) {
            assertThat(turn.lowest()).isNotNegative();
            assertThat(turn.highest()).isLessThan(policy.capacity());
            if (spilled(turn)) {
                assertThat(turn.lowest()).isLessThanOrEqualTo(policy.capacity() - policy.spill());
                assertThat(turn.cache().left().size() % policy.spill()).isZero();
            }
        }
        Often.require("put that spilled", 30, turns.stream().anyMatch(CacheProperties::spilled));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I16 observability: a second put, a use after put and a refill of a parked head are noticed,"
            + " and nothing else is")
    void observability(@ForAll("policies") CachePolicy policy, @ForAll("scripts") int[] script) {
        final List<Turn> turns = new CacheGame(policy).play(script);
        for (final Turn turn : turns) {
            assertThat(turn.cache().alarms()).isEqualTo(turn.naive().alarms());
        }
        Often.require(
                "misuse",
                30,
                turns.stream().anyMatch(turn -> !turn.cache().alarms().isEmpty()));
    }

    @Property
    @Label("I8 origin: a pair of twins never enters a cache, and leaves it as it was")
    void origin(
            @ForAll("policies") CachePolicy policy,
            @ForAll("scripts") int[] script,
            @ForAll @IntRange(max = 255) int node,
            @ForAll @IntRange(max = 4_194_303) int index) {
        final CacheGame game = new CacheGame(policy);
        game.play(script);
        final List<Integer> before = game.parked();
        assertThatExceptionOfType(HeadMisuse.class)
                .isThrownBy(() -> game.cache().push(Head.fclone(node, index)))
                .satisfies(misuse -> assertThat(misuse.rule()).isEqualTo(HeadMisuse.Rule.WRONG_SLAB));
        assertThat(game.parked()).isEqualTo(before);
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("Recycled: a get is recycled if and only if its head came by a put")
    void recycled(@ForAll("policies") CachePolicy policy, @ForAll("scripts") int[] script) {
        final List<Turn> turns = new CacheGame(policy).play(script);
        for (final Turn turn : turns) {
            assertThat(turn.cache().recycled()).isEqualTo(turn.naive().recycled());
        }
        Often.require(
                "recycled get",
                30,
                turns.stream().anyMatch(turn -> turn.cache().recycled().contains(true)));
    }

    @Property
    @Label("Copies: what happens to a copy does not happen to its original, nor the other way round")
    void copies(
            @ForAll("policies") CachePolicy policy,
            @ForAll("scripts") int[] before,
            @ForAll("scripts") int[] onCopy,
            @ForAll("scripts") int[] onOriginal) {
        final CacheGame original = new CacheGame(policy);
        original.play(before);
        final CacheGame copy = original.copy();
        assertThat(copy.encoded()).isEqualTo(original.encoded());
        for (final List<Turn> turns : List.of(copy.play(onCopy), original.play(onOriginal))) {
            for (final Turn turn : turns) {
                assertThat(turn.cache()).isEqualTo(turn.naive());
            }
        }
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("Encoding: two caches of one policy give equal bytes if and only if they hold the same heads in the same"
            + " order, whatever their past")
    void encoding(
            @ForAll("scripts") int[] past,
            @ForAll("fewHeads") List<Integer> put,
            @ForAll("fewHeads") List<Integer> fetched) {
        final CachePolicy policy = new CachePolicy(4, 3, 2, SpillEnd.OLDEST);
        final CacheGame one = new CacheGame(policy);
        put.forEach(one.cache()::push);
        final CacheGame two = new CacheGame(policy);
        two.play(past);
        two.cache().takeAll();
        two.cache().refill(fetched.stream().mapToInt(head -> head).toArray());
        final boolean same = put.equals(fetched);
        assertThat(Arrays.equals(one.encoded(), two.encoded())).isEqualTo(same);
        Often.require("two that are the same and not empty", 1, same && !put.isEmpty());
        Often.require("two that differ", 5, !same);
    }

    @Provide
    Arbitrary<CachePolicy> policies() {
        return MachineArbitraries.cachePolicies();
    }

    @Provide
    Arbitrary<List<Integer>> fewHeads() {
        return Arbitraries.of(Head.plain(0, 0), Head.plain(0, 1), Head.plain(1, 0))
                .list()
                .ofMaxSize(3)
                .uniqueElements();
    }

    @Provide
    Arbitrary<int[]> scripts() {
        return Arbitraries.integers()
                .between(0, CacheGame.NUMBERS - 1)
                .array(int[].class)
                .ofMaxSize(60)
                .withoutEdgeCases();
    }

    private static boolean spilled(Turn turn) {
        return turn.move() == Move.PUT && !turn.cache().left().isEmpty();
    }
}
