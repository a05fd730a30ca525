package headcache.demos.cli;

import headcache.workload.Workload;
import headcache.workload.generated.Generator;
import headcache.workload.recorded.RecordedWorkload;
import headcache.workload.trace.RecordingReader;
import headcache.workload.trace.TraceSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The workloads that come with the program, by name. */
final class WorkloadNames {
    /** What is run where nothing else is said: a recorded router whose heads cross from one CPU to the other. */
    static final String DEFAULT = "vlan_nat_pair";

    private static final Map<String, String> RECORDED = Map.of(
            "tcp_bulk", "Linux 6.1, 2 CPUs: TCP bulk receive and transmit through one NIC",
            "vlan_nat", "Linux 6.1, 2 CPUs: a VLAN and NAT router and its end points, four NICs",
            "numa_two_nodes", "Linux 6.1, 4 CPUs on two memory nodes: TCP and UDP, the interrupt moving",
            "vlan_nat_pair", "Linux 6.1: a VLAN and NAT router; heads taken on one CPU often come back on the other",
            "tcp_rx_pair", "Linux 6.1, 2 CPUs: TCP receive with GRO through one NIC");

    private WorkloadNames() {}

    /**
     * The workload {@code name} that comes with the program.
     *
     * @param packets of a generator; a recording has its own
     * @throws IllegalArgumentException if there is none of that name, or not so many packets can be made
     */
    static Workload named(final String name, final long packets, final long seed) {
        final Optional<Generator> generator = Generator.named(name);
        if (generator.isPresent()) {
            return generator
                    .get()
                    .workload(generator.get().defaults().withPackets(packets).withSeed(seed));
        }
        if (!TraceSource.BUNDLED.contains(name)) {
            throw new IllegalArgumentException(
                    "no workload of that name: workload=" + name + NearNames.hint(name, all()));
        }
        return RecordedWorkload.of(RecordingReader.read(TraceSource.of(name)));
    }

    /** What {@code workload} is like, in a line. */
    static String summary(final Workload workload) {
        final String recorded = RECORDED.get(workload.name());
        return recorded == null || Generator.named(workload.name()).isPresent() ? workload.summary() : recorded;
    }

    /** What the bundled recording {@code name} is of, in a line. */
    static String recorded(final String name) {
        return Objects.requireNonNull(RECORDED.get(name), name);
    }

    static List<String> all() {
        return Stream.concat(
                        TraceSource.BUNDLED.stream(),
                        Arrays.stream(Generator.values()).map(Generator::label))
                .toList();
    }
}
