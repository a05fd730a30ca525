package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.slab.NodeSlab;
import headcache.slab.SlabConfig;
import headcache.verify.SlabGame.Move;
import headcache.verify.SlabGame.Turn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.statistics.StatisticsReport;

/** The laws of the pages of one node, whatever is taken and freed in whatever order. */
class SlabProperties {

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I1 conservation: free heads and heads out are all heads of all pages, and no head is handed out twice")
    void conservation(@ForAll("slabs") SlabConfig config, @ForAll("scripts") int[] script) {
        final List<Turn> turns = new SlabGame(config).play(script);
        for (final Turn turn : turns) {
            assertThat(turn.slab().freeHeads() + turn.out().size())
                    .isEqualTo(turn.slab().pages() * config.headsPerPage());
            assertThat(turn.out()).doesNotHaveDuplicates();
        }
        Often.require("page given back", 30, pagesShrank(turns));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("Order: a slab hands out the heads that a naive one of plain lists does, in its order, on as many pages")
    void order(@ForAll("slabs") SlabConfig config, @ForAll("scripts") int[] script) {
        final List<Turn> turns = new SlabGame(config).play(script);
        for (final Turn turn : turns) {
            assertThat(turn.slab()).isEqualTo(turn.naive());
        }
        Often.require(
                "two partial pages",
                25,
                turns.stream().anyMatch(turn -> turn.naive().partialPages() > 1));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I12 home: a freed head returns to its own page: it can be handed out again, and nothing else has changed")
    void home(@ForAll("slabs") SlabConfig config, @ForAll("scripts") int[] script) {
        final SlabGame game = new SlabGame(config);
        boolean freed = false;
        for (final int number : script) {
            final Turn turn = game.play(new int[] {number}).get(0);
            final Set<Integer> out = new HashSet<>(turn.out());
            for (int head = 0; head < heads(config); head++) {
                assertThat(game.slab().isOut(head)).isEqualTo(out.contains(head));
            }
            freed |= turn.move() == Move.BULK_FREE && turn.freed().size() > 1;
        }
        Often.require("bulk free of two or more", 50, freed);
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("Operations: a bulk free takes 1 to n synchronised operations, as many as a naive count of its chains")
    void operations(@ForAll("slabs") SlabConfig config, @ForAll("scripts") int[] script) {
        final List<Turn> turns = new SlabGame(config).play(script);
        boolean between = false;
        for (final Turn turn : turns) {
            if (turn.move() == Move.BULK_FREE && !turn.freed().isEmpty()) {
                final int operations = turn.slab().operations();
                assertThat(operations).isBetween(1, turn.freed().size());
                assertThat(operations).isEqualTo(turn.naive().operations());
                between |= operations > 1 && operations < turn.freed().size();
            }
        }
        Often.require("more than one operation and less than one for each head", 25, between);
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("M29 reserve: only entitled requests get heads of the reserve, and each limit holds for its own pages")
    void reserve(@ForAll("slabs") SlabConfig config, @ForAll("scripts") int[] script) {
        final List<Turn> turns = new SlabGame(config).play(script);
        for (final Turn turn : turns) {
            if (turn.fromReserve()) {
                assertThat(turn.move()).isIn(Move.TAKE_ENTITLED, Move.TAKE_RESERVE);
            }
            assertThat(turn.slab().reservePages()).isBetween(0, config.reservePages());
            assertThat(turn.slab().pages() - turn.slab().reservePages()).isBetween(0, config.pageLimit());
        }
        Often.require("head of the reserve", 10, turns.stream().anyMatch(Turn::fromReserve));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I16 observability: a free of a head that is not out is noticed, and a free of one that is out is not")
    void observability(@ForAll("slabs") SlabConfig config, @ForAll("scripts") int[] script) {
        final List<Turn> turns = new SlabGame(config).play(script);
        boolean misused = false;
        for (final Turn turn : turns) {
            final boolean misuse = turn.move() == Move.FREE_AGAIN
                    && !turn.out().contains(turn.freed().get(0));
            assertThat(turn.alarms()).hasSize(misuse ? 1 : 0);
            misused |= misuse;
        }
        Often.require("misuse", 30, misused);
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("Copies: what happens to a copy does not happen to its original, nor the other way round")
    void copies(
            @ForAll("slabs") SlabConfig config,
            @ForAll("scripts") int[] before,
            @ForAll("scripts") int[] onCopy,
            @ForAll("scripts") int[] onOriginal) {
        final SlabGame original = new SlabGame(config);
        original.play(before);
        final SlabGame copy = original.copy();
        assertThat(copy.encoded()).isEqualTo(original.encoded());
        for (final List<Turn> turns : List.of(copy.play(onCopy), original.play(onOriginal))) {
            for (final Turn turn : turns) {
                assertThat(turn.slab()).isEqualTo(turn.naive());
            }
        }
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("Encoding: two slabs of one configuration give equal bytes if and only if they behave alike from then on")
    void encoding(
            @ForAll("tinySlabs") SlabConfig config,
            @ForAll("shortScripts") int[] script,
            @ForAll("shortScripts") int[] end,
            @ForAll boolean reorder) {
        final SlabGame one = new SlabGame(config);
        one.play(script);
        final SlabGame two = one.copy();
        if (reorder) {
            final List<Integer> out = one.play(end).get(end.length - 1).out();
            two.play(end);
            final List<Integer> back = new ArrayList<>(out.subList(0, (out.size() + 1) / 2));
            back.forEach(one::free);
            Collections.reverse(back);
            back.forEach(two::free);
        } else {
            one.play(end);
            two.play(Arrays.copyOf(end, end.length - 1));
        }
        final boolean equal = Arrays.equals(one.encoded(), two.encoded());
        assertThat(behaviour(one.slab().copy(), config)
                        .equals(behaviour(two.slab().copy(), config)))
                .isEqualTo(equal);
        Often.require("equal after a last move that one did alone", 5, equal && !reorder);
        Often.require("different after frees in another order", 2, !equal && reorder);
    }

    /** Everything about a slab that can be seen from outside, by taking all it has and giving it back one by one. */
    private static List<Integer> behaviour(NodeSlab slab, SlabConfig config) {
        final List<Integer> seen = new ArrayList<>();
        for (int head = 0; head < heads(config); head++) {
            seen.add(slab.isOut(head) ? 1 : 0);
        }
        final int[] into = new int[heads(config)];
        seen.add(slab.takePartial(into, 0, into.length, false));
        Arrays.stream(into).forEach(seen::add);
        seen.add(slab.takePartial(into, 0, into.length, true));
        Arrays.stream(into).forEach(seen::add);
        seen.add(slab.takeNew(into, 0, into.length));
        Arrays.stream(into).forEach(seen::add);
        while (slab.takeReserve(into, 0) == 1) {
            seen.add(into[0]);
        }
        for (int head = 0; head < heads(config); head++) {
            if (slab.isOut(head)) {
                slab.free(head);
                seen.add(slab.pages());
                seen.add(slab.reservePages());
            }
        }
        return seen;
    }

    @Provide
    Arbitrary<SlabConfig> slabs() {
        return Arbitraries.oneOf(slabsUpTo(4, 5, 2), slabsUpTo(32, 3, 1));
    }

    @Provide
    Arbitrary<SlabConfig> tinySlabs() {
        return slabsUpTo(2, 4, 1);
    }

    @Provide
    Arbitrary<int[]> scripts() {
        return scripts(10, 60);
    }

    @Provide
    Arbitrary<int[]> shortScripts() {
        return scripts(2, 12);
    }

    private static Arbitrary<int[]> scripts(int least, int most) {
        return upTo(SlabGame.NUMBERS - 1)
                .array(int[].class)
                .ofMinSize(least)
                .ofMaxSize(most)
                .withoutEdgeCases();
    }

    private static Arbitrary<SlabConfig> slabsUpTo(int headsPerPage, int pages, int reservePages) {
        return Combinators.combine(upTo(headsPerPage - 1), upTo(pages), upTo(pages), upTo(reservePages))
                .as((heads, minPartial, limit, reserve) -> new SlabConfig(heads + 1, minPartial, limit, reserve));
    }

    private static Arbitrary<Integer> upTo(int most) {
        return Arbitraries.integers()
                .between(0, most)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
    }

    private static int heads(SlabConfig config) {
        return (config.pageLimit() + config.reservePages()) * config.headsPerPage();
    }

    private static boolean pagesShrank(List<Turn> turns) {
        for (int i = 1; i < turns.size(); i++) {
            if (turns.get(i).slab().pages() < turns.get(i - 1).slab().pages()) {
                return true;
            }
        }
        return false;
    }
}
