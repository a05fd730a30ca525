package headcache.verify.scene;

import headcache.verify.CommandDraft;
import headcache.verify.CommandWriter;
import headcache.verify.MachineDraft;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Draws scenes: machines, commands and faults. */
final class DraftArbitraries {
    private DraftArbitraries() {}

    /** Any machine, two drivers with twelve commands at most, three faults at most. */
    static Arbitrary<DraftCase> cases() {
        final Arbitrary<CommandDraft> any = drafts(Arbitraries.integers().between(0, CommandWriter.KINDS - 1));
        final Arbitrary<CommandDraft> faults = drafts(Arbitraries.of(CommandWriter.FAULTS));
        return Combinators.combine(
                        machines(),
                        any.list().ofMaxSize(12).list().ofSize(2),
                        faults.list().ofMaxSize(3))
                .as(DraftCase::new);
    }

    private static Arbitrary<CommandDraft> drafts(Arbitrary<Integer> kinds) {
        final Arbitrary<Integer> choice = Arbitraries.integers().between(0, CommandDraft.CHOICES - 1);
        return Combinators.combine(
                        kinds, choice, choice, choice, Arbitraries.integers().between(0, CommandDraft.DETAILS - 1))
                .as(CommandDraft::new);
    }

    private static Arbitrary<MachineDraft> machines() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 63),
                        Arbitraries.integers().between(2, 4),
                        Arbitraries.integers().between(0, 3).list().ofSize(2),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 3).list().ofSize(2),
                        Arbitraries.integers().between(0, 1))
                .as((cpus, nodes, places, capacity, sizes, link, slab, nics) -> new MachineDraft(
                        cpus,
                        nodes,
                        places,
                        0,
                        capacity,
                        sizes.get(0),
                        sizes.get(1),
                        0,
                        link,
                        slab.get(0),
                        slab.get(1) + 1,
                        0,
                        nics));
    }
}
