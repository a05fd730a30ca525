package headcache.demos.incident;

import headcache.skb.Kernel;
import java.util.List;

/** A list so short that it is full before it tells anybody. */
final class DeferCap implements Incident {
    private static final int READ = 90;

    @Override
    public String name() {
        return "defer-cap";
    }

    @Override
    public String title() {
        return "a list of heads to be handed back is full, and never tells its owner";
    }

    @Override
    public String story() {
        return "An idle CPU is told of its list when more than half of skb_defer_max are on it. In review the list took one skb"
                + " at a limit of 1 and never told: that was mended before 5.19. Since the lists lost their locks one less fits"
                + " than the limit says, so that, by our reading, a limit of 2 is the same again: one skb is on the list, two"
                + " would be more than half. It stays there as long as the CPU is idle, and all others are freed where they"
                + " were read. One more is enough.";
    }

    @Override
    public String source() {
        return "review of 68822bdf76f1; 5628f3fe3b16; net.core.skb_defer_max";
    }

    @Override
    public Played play() {
        final Kernel two = Kernel.LINUX_6_19.withDeferMax(2);
        final Kernel three = Kernel.LINUX_6_19.withDeferMax(3);
        final HandBacks broken = HandBacks.of(two, READ);
        return new Played(
                "cpu-0 takes " + READ + " heads and is idle; a task on cpu-1 reads and frees the skbs one by one",
                "a list that is full has told its owner",
                List.of(side(two, broken), side(three, HandBacks.of(three, READ))),
                LevelChart.of(
                        "skb_defer_max=2: skbs on the list of cpu-0 after each that is read; no kick",
                        broken.columns(),
                        two.deferKick()));
    }

    private static Side side(final Kernel kernel, final HandBacks played) {
        final boolean stayedFull = played.columns().stream().anyMatch(column -> column.level() >= kernel.deferCap());
        return new Side(
                "skb_defer_max=" + kernel.deferMax(),
                !stayedFull || played.owner().deferKicks() > 0,
                played.figures());
    }
}
