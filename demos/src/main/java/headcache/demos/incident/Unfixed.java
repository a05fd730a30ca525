package headcache.demos.incident;

import headcache.demos.incident.Side.Figure;
import headcache.demos.lesson.RunDrawing;
import headcache.kit.Semantics;
import headcache.kit.search.DynamicReduction;
import headcache.kit.search.Explored;
import headcache.kit.search.Found;
import headcache.kit.search.Limits;
import headcache.kit.shrink.Shrinker;
import headcache.kit.shrink.Shrunk;
import headcache.verify.Invariant;
import headcache.verify.scene.Scene;
import headcache.verify.scene.SceneCase;
import headcache.verify.scene.SceneHost;
import headcache.verify.scene.Scenes;
import java.util.ArrayList;
import java.util.List;

/**
 * A bug of v5.12 as it was released: a small machine in every order of its messages, before and after the later fix.
 *
 * @param name as commands take it
 * @param title what went wrong
 * @param story what happened
 * @param source where it was fixed
 * @param scene the machine of {@link Scenes} that sees it
 * @param law what is broken
 */
record Unfixed(String name, String title, String story, String source, String scene, Invariant law)
        implements Incident {
    private static final Semantics ORDERS = Semantics.PER_PAIR_FIFO;

    static final Unfixed TWIN = new Unfixed(
            "twin-in-gro",
            "GRO parks a head of twins among plain ones",
            "TCP sends on twins, two heads side by side from a slab of their own. Between two containers such an skb arrives"
                    + " as it was sent, and when GRO merges it, the last patch of the series puts its head into the cache of"
                    + " plain heads. In 5.13, users of veth and tunnels saw \"Wrong slab cache. skbuff_head_cache but object"
                    + " is from skbuff_fclone_cache\", and sometimes spoilt memory.",
            "20210709161609.725717-1-atenart@kernel.org; fixed by 28b34f01a734",
            "twin-in-gro",
            Invariant.I8);

    static final Unfixed REFERENCE = new Unfixed(
            "forgotten-reference",
            "a head whose data lives on is put before all it held is released",
            "When GRO keeps the data of a frame it merges, it puts the head by a short way that releases its route and its"
                    + " extensions, but not the reference to a tracked connection. So connections were never forgotten.",
            "fixed by 8550ff8d8c75",
            "stolen-head",
            Invariant.I6);

    @Override
    public Played play() {
        final Scene fixed = Scenes.named(scene).orElseThrow();
        try (SceneHost<SceneCase> host = new SceneHost<>(SceneCase::scene)) {
            final List<String> picture = new ArrayList<>(List.of("the smallest run in which it goes wrong"));
            return new Played(
                    fixed.danger() + " Every order of its messages is tried until one goes wrong.",
                    law + ", " + law.title() + ": " + law.law(),
                    List.of(
                            side("linux-5.12-unfixed", host, Scenes.unfixed(fixed), picture),
                            side("linux-5.12", host, fixed, picture)),
                    picture);
        }
    }

    private static Side side(
            final String policy, final SceneHost<SceneCase> host, final Scene scene, final List<String> picture) {
        final Explored explored = DynamicReduction.full().explore(host.show(SceneCase.of(scene), ORDERS), Limits.NONE);
        final Found found = explored.found();
        if (found == null) {
            return side(policy, true, explored.runs(), "none");
        }
        final Shrunk<SceneCase> smallest = new Shrinker<>(host, ORDERS).shrink(SceneCase.of(scene), found.names());
        picture.addAll(new RunDrawing(smallest.found().recording(), "driver-0", "cpu-0", "node-0").lines());
        return side(policy, false, explored.runs() + 1, smallest.rule());
    }

    private static Side side(final String policy, final boolean holds, final long runs, final String rule) {
        return new Side(policy, holds, List.of(Figure.of("runs", runs), new Figure("rule broken", rule)));
    }
}
