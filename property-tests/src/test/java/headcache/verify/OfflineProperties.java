package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.CpuMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.OfflinePolicy;
import headcache.step.EventKind;
import headcache.step.Tap;
import headcache.verify.Recorded.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;

/** Nothing is lost when CPUs go and come, though work arrives for them all the time (I13). */
class OfflineProperties {

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I13 nothing lost: with CPUs going offline and coming back under any policy, every command is answered, every"
                    + " head is parked or in use, and after a drain all are home")
    void nothingIsLost(@ForAll("hotplug") Scenario scenario) {
        final Ledger ledger = new Ledger();
        final NetworkRun run = new NetworkRun(scenario, ledger).phase();
        final Balance balance = ledger.balance();
        assertThat(balance.in(Place.HANDED_OVER)).isZero();
        assertThat(balance.in(Place.IN_CACHE)).isEqualTo(run.parked());
        assertThat(balance.in(Place.IN_CACHE) + balance.in(Place.IN_USE)).isEqualTo(run.inUse());
        run.phase().phase();
        ledger.checkAllHome();
        assertThat(run.parked() + run.inUse()).isZero();
        assertThat(ledger.violations()).isEmpty();
        Often.require("work that a survivor did", 30, forwarded(run));
    }

    /** Whether a CPU sent on what had come for it. */
    private static boolean forwarded(NetworkRun run) {
        return run.histories().stream()
                .flatMap(history -> history.stream())
                .anyMatch(entry -> entry instanceof Entry.Sent sent
                        && (sent.message() instanceof CpuMessage.Batch || sent.message() instanceof CpuMessage.Poll));
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label(
            "I13 parked: a CPU that parks keeps its heads, and nothing touches them until it is back or drained; one that"
                    + " drains or hands over keeps none")
    void heedsThePolicy(@ForAll("hotplug") Scenario scenario) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phase();
        boolean kept = false;
        for (final List<Entry> history : run.histories()) {
            final Absence absence = new Absence();
            history.forEach(absence::see);
            kept |= absence.kept;
        }
        Often.require("heads kept", 8, kept);
    }

    /** What a CPU may do from the moment it goes offline to the moment it comes back. */
    private static final class Absence {
        boolean kept;

        private OfflinePolicy policy = OfflinePolicy.PARK;
        private boolean offline;
        private int drainsDue;
        private int parked;

        void see(Entry entry) {
            if (entry instanceof Entry.Took took) {
                policy = took.message() instanceof CpuMessage.Offline order ? order.parked() : policy;
                drainsDue += took.message() instanceof CpuMessage.Drain ? 1 : 0;
            } else if (entry instanceof Entry.Sent sent) {
                drainsDue -= sent.message() instanceof MachineMessage.Drained ? 1 : 0;
            } else if (entry instanceof Entry.Did did) {
                see(did);
            }
        }

        private void see(Entry.Did did) {
            if (did.kind() == EventKind.WENT_OFFLINE) {
                offline = true;
                parked = did.detail();
                kept |= parked > 0;
                assertThat(policy == OfflinePolicy.PARK || parked == 0).isTrue();
            } else if (did.kind() == EventKind.CAME_ONLINE) {
                offline = false;
                assertThat(did.detail()).isEqualTo(parked);
            } else if (offline) {
                assertThat(did.kind()).isNotIn(EventKind.GET, EventKind.PUT, EventKind.REFILL, EventKind.HANDED_OVER);
                if (did.kind() == EventKind.FLUSH) {
                    assertThat(drainsDue).isPositive();
                    parked--;
                }
            }
        }
    }

    @Property
    @StatisticsReport(onFailureOnly = true)
    @Label("I13 handed over: every head that leaves a CPU for its survivor is put once by a CPU that is online")
    void handedOverHeadsArePut(@ForAll("hotplug") Scenario scenario) {
        final NetworkRun run = new NetworkRun(scenario, Tap.NONE).phase();
        final List<Integer> left = new ArrayList<>();
        final List<Integer> arrived = new ArrayList<>();
        for (final List<Entry> history : run.histories()) {
            for (int i = 0; i < history.size(); i++) {
                if (history.get(i) instanceof Entry.Did did && did.kind() == EventKind.HANDED_OVER) {
                    left.add(did.head());
                } else if (history.get(i) instanceof Entry.Took took
                        && took.message() instanceof CpuMessage.HandOver heads) {
                    arrived.addAll(putHere(heads, history.subList(i, history.size())));
                }
            }
        }
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(left);
        Often.require("heads handed over", 8, !left.isEmpty());
    }

    /** Those of {@code heads} that the CPU put after it took them, at the beginning of {@code since}; none if it sent them on. */
    private static List<Integer> putHere(CpuMessage.HandOver heads, List<Entry> since) {
        final Set<Integer> put = new HashSet<>();
        for (final Entry entry : since) {
            if (entry instanceof Entry.Sent sent && sent.message().equals(heads)) {
                return List.of();
            }
            if (entry instanceof Entry.Did did && did.kind() == EventKind.PUT) {
                put.add(did.head());
            }
        }
        return Arrays.stream(heads.heads()).filter(put::contains).boxed().toList();
    }

    /** Scenarios with two CPUs or more in which one goes offline in the middle of everything. */
    @Provide
    Arbitrary<Scenario> hotplug() {
        final Arbitrary<MachineDraft> machines = MachineArbitraries.machines().filter(machine -> machine.cpus() > 0);
        final Arbitrary<CommandDraft> offline = Combinators.combine(
                        MachineArbitraries.upTo(5), MachineArbitraries.upTo(2))
                .as((cpu, policy) -> new CommandDraft(CommandWriter.OFFLINE, cpu, 0, 0, policy));
        final Arbitrary<CommandDraft> online =
                MachineArbitraries.upTo(5).map(cpu -> new CommandDraft(CommandWriter.ONLINE, cpu, 0, 0, 0));
        return Combinators.combine(
                        machines,
                        MachineArbitraries.commands(25),
                        offline,
                        MachineArbitraries.commands(15),
                        online,
                        MachineArbitraries.commands(15),
                        MachineArbitraries.schedules())
                .as((machine, before, off, during, on, after, schedule) -> {
                    final List<CommandDraft> all = new ArrayList<>(before);
                    all.add(off);
                    all.addAll(during);
                    all.add(on);
                    all.addAll(after);
                    return Scenario.of(machine, all, schedule);
                });
    }
}
