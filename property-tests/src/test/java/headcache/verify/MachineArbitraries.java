package headcache.verify;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.skb.Kernel;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Hands random numbers to the generators. */
final class MachineArbitraries {
    private static final int MANY = 10_000;
    private static final int MOST_COMMANDS = 60;

    private MachineArbitraries() {}

    static Arbitrary<Scenario> scenarios() {
        return scenarios(MOST_COMMANDS);
    }

    static Arbitrary<Scenario> scenarios(int mostCommands) {
        return Combinators.combine(machines(), commands(mostCommands), schedules())
                .as(Scenario::of);
    }

    static Arbitrary<MachineDraft> machines() {
        final Arbitrary<Integer> any = upTo(MANY);
        final Arbitrary<List<Integer>> shape = Combinators.combine(upTo(5), upTo(3), upTo(4095), memoryless(), upTo(2))
                .as(List::of);
        final Arbitrary<List<Integer>> policy = Combinators.combine(
                        capacities(), any, any, upTo(MachineDraft.LAST_KERNEL), upTo(7))
                .as(List::of);
        final Arbitrary<List<Integer>> slab = Combinators.combine(any, any, any).as(List::of);
        return Combinators.combine(shape, policy, slab)
                .as((s, p, m) -> new MachineDraft(
                        s.get(0), s.get(1), s.get(2), s.get(3), p.get(0), p.get(1), p.get(2), p.get(3), p.get(4),
                        m.get(0), m.get(1), m.get(2), s.get(4)));
    }

    /** Machines with the code paths of {@code kernel}. */
    static Arbitrary<MachineDraft> machines(Kernel kernel) {
        return machines().filter(machine -> machine.config().policy().kernel().equals(kernel));
    }

    /** Machines with the code paths of {@code kernel} that soon run out of heads, with so many pages of reserve. */
    static Arbitrary<MachineDraft> poorMachines(Kernel kernel, int leastReserve, int mostReserve) {
        return machines(kernel).map(m -> {
            final int reserve = leastReserve + m.pages() / 40 % (mostReserve - leastReserve + 1);
            return new MachineDraft(
                    m.cpus(),
                    m.nodes(),
                    m.places(),
                    m.memoryless(),
                    m.capacity(),
                    m.refill(),
                    m.spill(),
                    m.kernel(),
                    m.link(),
                    m.page() % 12 + m.page() / 40 * 40,
                    m.pages() % 4 + reserve * 40,
                    m.dice(),
                    m.nics());
        });
    }

    /** Some work of all kinds for one of {@code machines}; all CPUs stay online. */
    static Arbitrary<Scenario> prepared(Arbitrary<MachineDraft> machines) {
        return Combinators.combine(machines, commands(25), schedules())
                .as(Scenario::of)
                .map(scenario -> new Scenario(
                        scenario.machine(),
                        scenario.commands().stream()
                                .filter(command ->
                                        !(command instanceof Command.Offline) && !(command instanceof Command.Online))
                                .toList(),
                        scenario.schedule()));
    }

    private static Arbitrary<Integer> memoryless() {
        return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(0)), Tuple.of(1, upTo(15)));
    }

    private static Arbitrary<Integer> capacities() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, between(2, 8)), Tuple.of(1, between(9, 80)), Tuple.of(1, Arbitraries.just(64)));
    }

    /** Caches of any size up to 70 and those of two kernels, with any refill and spill that they have room for. */
    static Arbitrary<CachePolicy> cachePolicies() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, policiesUpTo(8)),
                Tuple.of(4, policiesUpTo(70)),
                Tuple.of(1, Arbitraries.of(CachePolicy.LINUX_5_12, CachePolicy.BEFORE_SERIES)));
    }

    private static Arbitrary<CachePolicy> policiesUpTo(int capacityLimit) {
        return Arbitraries.integers().between(1, capacityLimit).flatMap(capacity -> {
            final Arbitrary<Integer> part = Arbitraries.integers().between(1, capacity);
            return Combinators.combine(part, part, Arbitraries.of(SpillEnd.class))
                    .as((refill, spill, end) -> new CachePolicy(capacity, refill, spill, end));
        });
    }

    static Arbitrary<List<CommandDraft>> commands(int most) {
        final Arbitrary<Integer> choice = upTo(CommandDraft.CHOICES - 1);
        return Combinators.combine(
                        upTo(CommandWriter.KINDS - 1), choice, choice, choice, upTo(CommandDraft.DETAILS - 1))
                .as(CommandDraft::new)
                .list()
                .ofMaxSize(most)
                .withSizeDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
    }

    /** 0 delivers the oldest message first; all others are interleavings of their own. */
    static Arbitrary<Long> schedules() {
        return Arbitraries.longs()
                .between(0, Integer.MAX_VALUE)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
    }

    static Arbitrary<Integer> upTo(int most) {
        return between(0, most);
    }

    static Arbitrary<Integer> between(int least, int most) {
        return Arbitraries.integers()
                .between(least, most)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
    }
}
