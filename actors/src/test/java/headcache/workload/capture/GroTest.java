package headcache.workload.capture;

import static headcache.workload.capture.Treatment.HANDED_UP;
import static headcache.workload.capture.Treatment.LIST_MEMBER;
import static headcache.workload.capture.Treatment.MERGED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GroTest {
    private static final Map<String, Consumer<FrameBytes>> CHANGES = new TreeMap<>(Map.ofEntries(
            Map.entry("vlan", bytes -> bytes.vlan = 5),
            Map.entry("source", bytes -> bytes.source++),
            Map.entry("port", bytes -> bytes.sourcePort++),
            Map.entry("destination", bytes -> bytes.destination++),
            Map.entry("destination's port", bytes -> bytes.destinationPort++),
            Map.entry("MAC", bytes -> bytes.sourceMac++),
            Map.entry("destination's MAC", bytes -> bytes.destinationMac++),
            Map.entry("tos", bytes -> bytes.tos = 4),
            Map.entry("ttl", bytes -> bytes.ttl--),
            Map.entry("may be cut up", bytes -> bytes.cut = 0),
            Map.entry("acknowledgement", bytes -> bytes.acknowledgement++),
            Map.entry("options", bytes -> bytes.options[11]++),
            Map.entry("gap", bytes -> bytes.sequence++),
            Map.entry("identification", bytes -> bytes.id++),
            Map.entry("longer", bytes -> bytes.data++),
            Map.entry("no data", bytes -> bytes.data = 0),
            Map.entry("padded", bytes -> bytes.padding = 2),
            Map.entry("protocol", bytes -> bytes.protocol = 17),
            Map.entry("congestion window reduced", bytes -> bytes.flags |= TcpHeader.CWR)));

    private final List<GroUnit> units = new ArrayList<>();
    private final Gro gro = new Gro(units::add);
    private final FrameBytes bytes = new FrameBytes();

    @Test
    void mergesWhatFollows() {
        assertThat(receive(3)).containsExactly(HANDED_UP, MERGED, MERGED);
        assertThat(units).isEmpty();
        gro.endPoll();
        assertThat(sizes()).containsExactly(3);
        assertThat(receive(1)).containsExactly(HANDED_UP);
        gro.endPoll();
        assertThat(sizes()).containsExactly(3, 1);
        assertThat(units.get(1).number()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vlan",
                "source",
                "port",
                "tos",
                "ttl",
                "may be cut up",
                "acknowledgement",
                "options",
                "gap",
                "identification",
                "longer",
                "no data",
                "padded",
                "protocol",
                "congestion window reduced"
            })
    void mergesNothingElse(String change) {
        receive(2);
        bytes.next();
        Objects.requireNonNull(CHANGES.get(change)).accept(bytes);
        assertThat(gro.receive(bytes.frame())).isEqualTo(HANDED_UP);
        gro.endPoll();
        assertThat(sizes()).containsExactlyInAnyOrder(2, 1);
    }

    @Test
    void keepsFlowsApart() {
        gro.receive(bytes.frame());
        bytes.sourcePort++;
        gro.receive(bytes.frame());
        bytes.next();
        assertThat(gro.receive(bytes.frame())).isEqualTo(MERGED);
        bytes.sourcePort--;
        assertThat(gro.receive(bytes.frame())).isEqualTo(MERGED);
        gro.endPoll();
        assertThat(sizes()).containsExactly(2, 2);
    }

    @Test
    void shorterSegmentIsTheLast() {
        receive(2);
        bytes.next().data--;
        assertThat(gro.receive(bytes.frame())).isEqualTo(MERGED);
        assertThat(sizes()).containsExactly(3);
        assertThat(gro.receive(bytes.next().frame())).isEqualTo(HANDED_UP);
    }

    @ParameterizedTest
    @ValueSource(ints = {TcpHeader.PSH, TcpHeader.FIN})
    void frameThatEndsDataIsTheLast(int flag) {
        receive(2);
        bytes.next().flags |= flag;
        assertThat(gro.receive(bytes.frame())).isEqualTo(MERGED);
        assertThat(sizes()).containsExactly(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {TcpHeader.SYN, TcpHeader.RST, TcpHeader.URG})
    void frameThatEndsMoreThanDataStandsAlone(int flag) {
        receive(2);
        bytes.next().flags |= flag;
        assertThat(gro.receive(bytes.frame())).isEqualTo(HANDED_UP);
        assertThat(sizes()).containsExactly(2, 1);
    }

    @Test
    void frameThatEndsSomethingBeginsNothing() {
        bytes.flags |= TcpHeader.PSH;
        gro.receive(bytes.frame());
        assertThat(sizes()).containsExactly(1);
        assertThat(gro.receive(bytes.next().frame())).isEqualTo(HANDED_UP);
    }

    @Test
    void identificationStaysOrCountsUpButNotBoth() {
        assertThat(receiveIds(100, 100, 102)).containsExactly(HANDED_UP, MERGED, HANDED_UP);
        assertThat(receiveIds(100, 100, 100)).containsExactly(HANDED_UP, MERGED, MERGED);
        assertThat(receiveIds(0xffff, 0, 0xffff)).containsExactly(HANDED_UP, MERGED, HANDED_UP);
        assertThat(receiveIds(0xffff, 0, 1)).containsExactly(HANDED_UP, MERGED, MERGED);
        bytes.cut = 0;
        assertThat(receiveIds(100, 100)).containsExactly(HANDED_UP, HANDED_UP);
        assertThat(receiveIds(100, 101)).containsExactly(HANDED_UP, MERGED);
    }

    @Test
    void eighteenthFrameBeginsAListAndTakesTheNextSeventeen() {
        final List<Treatment> expected = new ArrayList<>(List.of(HANDED_UP));
        expected.addAll(Collections.nCopies(17, MERGED));
        expected.add(LIST_MEMBER);
        expected.addAll(Collections.nCopies(17, MERGED));
        expected.add(LIST_MEMBER);
        assertThat(receive(37)).isEqualTo(expected);
        gro.endPoll();
        assertThat(units.get(0).members()).isEqualTo(2);
    }

    @Test
    void unitStaysBelow64Kibibytes() {
        bytes.options = new byte[0];
        bytes.data = 13_099;
        assertThat(receive(5)).containsExactly(HANDED_UP, MERGED, MERGED, MERGED, MERGED);
        assertThat(units).isEmpty();
        gro.endPoll();
        bytes.data = 13_100;
        assertThat(receive(5)).containsExactly(HANDED_UP, MERGED, MERGED, MERGED, HANDED_UP);
    }

    private List<Treatment> receive(int frames) {
        final List<Treatment> treatments = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            bytes.next();
            treatments.add(gro.receive(bytes.frame()));
        }
        return treatments;
    }

    private List<Treatment> receiveIds(int... ids) {
        gro.endPoll();
        final List<Treatment> treatments = new ArrayList<>();
        for (final int id : ids) {
            bytes.next().id = id;
            treatments.add(gro.receive(bytes.frame()));
        }
        return treatments;
    }

    private List<Integer> sizes() {
        return units.stream().map(unit -> unit.frames().size()).toList();
    }
}
