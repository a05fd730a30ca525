package headcache.verify;

import static headcache.verify.Contacts.Kind.REFILL;
import static headcache.verify.Contacts.Kind.SPILL;
import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.CachePolicy;
import headcache.cache.SpillEnd;
import headcache.machine.MachineConfig;
import headcache.protocol.OfflinePolicy;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.slab.SlabConfig;
import headcache.step.Tap;
import headcache.verify.Contacts.Contact;
import headcache.verify.Recorded.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * What a cache is for: it keeps a CPU away from the slab. With capacity C, refill R and spill S, refills that deliver
 * and no drain, a refill leaves R - 1 heads and a spill C - S, and a get or a put moves that by one (I11).
 */
class ContactGapProperties {

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I11 gap: two contacts of a cache are at least min(R, S, C-R+1, C-S+1) gets and puts apart; two refills R, two"
                    + " spills S, a spill after a refill C-R+1, a refill after a spill C-S+1")
    void ofTheCache(@ForAll("policies") CachePolicy policy, @ForAll("runs") int[] runs) {
        final List<Contact> contacts = Contacts.ofCore(policy, runs);
        mustBeApart(policy, contacts);
        Often.require("second contact", 70, contacts.size() > 1);
        Often.require("gap as small as can be", 40, smallest(contacts) == least(policy));
    }

    @Property(tries = 500)
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I11 gap: two contacts of a CPU are as far apart as two of its cache, whatever goes past the cache and however"
                    + " messages interleave")
    void ofTheMachine(@ForAll("undrained") Scenario scenario) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phase();
        final CachePolicy policy = scenario.machine().policy().cache();
        boolean second = false;
        for (final List<Entry> history : run.histories()) {
            final List<Contact> contacts = Contacts.in(history);
            mustBeApart(policy, contacts);
            second |= contacts.size() > 1;
        }
        Often.require("second contact", 50, second);
    }

    @Property(tries = 200)
    @Label(
            "I11 gap: no bound is larger: under every policy two refills R apart, two spills S apart, a spill C-R+1 after a"
                    + " refill and a refill C-S+1 after a spill can be had")
    void tight(@ForAll("policies") CachePolicy policy) {
        final int full = policy.capacity() - 1;
        final int toSpill = apart(policy, REFILL, SPILL);
        final int toRefill = apart(policy, SPILL, REFILL);
        mustContact(policy, REFILL, 0, REFILL, policy.refill(), -1 - policy.refill());
        mustContact(policy, SPILL, full, SPILL, full + policy.spill(), full + 1 + policy.spill());
        mustContact(policy, REFILL, 0, SPILL, toSpill, -1, toSpill);
        mustContact(policy, SPILL, full, REFILL, full + toRefill, full + 1, -toRefill);
    }

    private static void mustContact(
            CachePolicy policy, Contacts.Kind first, int at, Contacts.Kind second, int then, int... runs) {
        final List<Contact> expected = List.of(new Contact(first, at), new Contact(second, then));
        assertThat(Contacts.ofCore(policy, runs)).isEqualTo(expected);
        assertThat(Contacts.ofMachine(policy, runs)).isEqualTo(expected);
    }

    /** Of 8/2/5: refills leave 1 head, so gets alone need one every other time. */
    @Example
    void shouldRefillAgainAfterRefillSizeGets() {
        for (final SpillEnd end : SpillEnd.values()) {
            mustAllContactAt(new CachePolicy(8, 2, 5, end), REFILL, new int[] {0, 2, 4}, -6);
        }
    }

    /** Of 8/4/2: spills leave 6 heads, so puts alone need one every other time. */
    @Example
    void shouldSpillAgainAfterSpillSizePuts() {
        for (final SpillEnd end : SpillEnd.values()) {
            mustAllContactAt(new CachePolicy(8, 4, 2, end), SPILL, new int[] {7, 9, 11}, 13);
        }
    }

    /** Of 8/7/4: a refill leaves 6 heads, so the second put after it fills the cache. */
    @Example
    void shouldSpillSoonAfterALargeRefill() {
        for (final SpillEnd end : SpillEnd.values()) {
            mustContact(new CachePolicy(8, 7, 4, end), REFILL, 0, SPILL, 2, -1, 3);
        }
    }

    /** Of 8/4/7: a spill leaves 1 head, so the second get after it finds the cache empty. */
    @Example
    void shouldRefillSoonAfterALargeSpill() {
        for (final SpillEnd end : SpillEnd.values()) {
            mustContact(new CachePolicy(8, 4, 7, end), SPILL, 7, REFILL, 9, 8, -3);
        }
    }

    /** The worst that can happen to v5.12: gets alone, a refill at every 16th. */
    @Example
    void shouldKeepVersion512AwayFromTheSlabFor16Operations() {
        assertThat(least(CachePolicy.LINUX_5_12)).isEqualTo(16);
        mustAllContactAt(CachePolicy.LINUX_5_12, REFILL, new int[] {0, 16, 32, 48}, -64);
        mustContact(CachePolicy.LINUX_5_12, SPILL, 63, SPILL, 95, 127);
        mustContact(CachePolicy.LINUX_5_12, REFILL, 0, SPILL, 49, -1, 49);
        mustContact(CachePolicy.LINUX_5_12, SPILL, 63, REFILL, 96, 64, -33);
    }

    private static void mustAllContactAt(CachePolicy policy, Contacts.Kind kind, int[] at, int... runs) {
        final List<Contact> expected =
                Arrays.stream(at).mapToObj(i -> new Contact(kind, i)).toList();
        assertThat(Contacts.ofCore(policy, runs)).isEqualTo(expected);
        assertThat(Contacts.ofMachine(policy, runs)).isEqualTo(expected);
    }

    private static void mustBeApart(CachePolicy policy, List<Contact> contacts) {
        for (int i = 1; i < contacts.size(); i++) {
            final Contact before = contacts.get(i - 1);
            final Contact after = contacts.get(i);
            assertThat(after.at() - before.at())
                    .as("from %s to %s under %s", before, after, policy)
                    .isGreaterThanOrEqualTo(apart(policy, before.kind(), after.kind()));
        }
    }

    private static int apart(CachePolicy policy, Contacts.Kind before, Contacts.Kind after) {
        if (before == after) {
            return before == REFILL ? policy.refill() : policy.spill();
        }
        return policy.capacity() + 1 - (before == REFILL ? policy.refill() : policy.spill());
    }

    private static int least(CachePolicy policy) {
        final int refillOrSpill = Math.min(policy.refill(), policy.spill());
        return Math.min(
                refillOrSpill, Math.min(policy.capacity() - policy.refill(), policy.capacity() - policy.spill()) + 1);
    }

    private static int smallest(List<Contact> contacts) {
        int smallest = Integer.MAX_VALUE;
        for (int i = 1; i < contacts.size(); i++) {
            smallest = Math.min(
                    smallest, contacts.get(i).at() - contacts.get(i - 1).at());
        }
        return smallest;
    }

    @Provide
    Arbitrary<CachePolicy> policies() {
        return MachineArbitraries.cachePolicies();
    }

    @Provide
    Arbitrary<int[]> runs() {
        return Arbitraries.integers()
                .between(-90, 90)
                .array(int[].class)
                .ofMaxSize(30)
                .withoutEdgeCases();
    }

    /** Scenarios of v5.12 in which refills deliver, and what CPUs have parked stays with them. */
    @Provide
    Arbitrary<Scenario> undrained() {
        return Combinators.combine(
                        MachineArbitraries.machines().filter(machine -> keepsWhatIsParked(machine.config())),
                        MachineArbitraries.commands(60),
                        MachineArbitraries.schedules())
                .as((machine, drafts, schedule) -> {
                    final MachineConfig config = machine.config().withHeads(SlabConfig.LARGEST);
                    final List<Command> commands = CommandWriter.commands(config, drafts).stream()
                            .flatMap(ContactGapProperties::withoutDrain)
                            .toList();
                    return new Scenario(config, commands, schedule);
                });
    }

    private static Stream<Command> withoutDrain(Command command) {
        if (command instanceof Command.Offline off) {
            return Stream.of(new Command.Offline(off.at(), OfflinePolicy.PARK, off.survivor()));
        }
        return command instanceof Command.Drain ? Stream.empty() : Stream.of(command);
    }

    /** The law is that of kernels that leave the cache alone when a softirq ends; those that do not break it. */
    private static boolean keepsWhatIsParked(MachineConfig machine) {
        final Kernel kernel = machine.policy().kernel();
        return Stream.of(CodePath.FLUSH_AFTER_SOFTIRQ, CodePath.HALVE_AFTER_SOFTIRQ, CodePath.BALANCE_AFTER_SOFTIRQ)
                .noneMatch(kernel::takes);
    }
}
