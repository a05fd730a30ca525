package headcache.demos.incident;

import headcache.skb.Kernel;
import java.util.List;

/** What is handed back to a CPU that does nothing more, on a list that is too short to be noticed. */
final class DeferResidue implements Incident {
    private static final int READ = 90;

    @Override
    public String name() {
        return "defer-residue";
    }

    @Override
    public String title() {
        return "heads that are handed back to an idle CPU stay on its list for ever";
    }

    @Override
    public String story() {
        return "Since v5.19 an skb that is read on another CPU goes to a list of the CPU that allocated it, which empties it"
                + " at the end of its next poll. If that never comes, it is told when the list is half full. Less than half"
                + " stays as long as the CPU is idle, with all that the skbs hold: connections could not be forgotten, and"
                + " network namespaces not be removed, until the references were dropped before (783d108dd71d, 2ef02ac38d3c)."
                + " No safety law sees it, for nothing is lost. With skb_defer_max=0 nothing is handed back.";
    }

    @Override
    public String source() {
        return "68822bdf76f1; net.core.skb_defer_max";
    }

    @Override
    public Played play() {
        final Kernel kernel = Kernel.LINUX_5_19;
        final HandBacks before = HandBacks.of(kernel, READ);
        final HandBacks after = HandBacks.of(kernel.withDeferMax(0), READ);
        return new Played(
                "cpu-0 takes " + READ + " heads and is idle; a task on cpu-1 reads and frees the skbs one by one",
                "when all is read and nothing more happens, no skb waits to be freed",
                List.of(side("linux-5.19", before), side("with skb_defer_max=0", after)),
                LevelChart.of(
                        "linux-5.19: skbs on the list of cpu-0 after each that is read, K a kick",
                        before.columns(),
                        kernel.deferKick()));
    }

    private static Side side(final String name, final HandBacks played) {
        return new Side(name, played.owner().onDeferList() == 0, played.figures());
    }
}
