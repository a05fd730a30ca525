package headcache.demos.cli;

import headcache.workload.Workload;
import headcache.workload.generated.Generator;
import headcache.workload.trace.TraceSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    /** Names that {@code wrong} may have been meant for, the likeliest first; at most three. */
    static List<String> near(final String wrong) {
        final String plain = plain(wrong);
        final int limit = Math.max(2, plain.length() / 3);
        return all().stream()
                .filter(name -> distance(plain, plain(name)) <= limit
                        || (plain.length() > 2 && plain(name).contains(plain)))
                .sorted(Comparator.comparingInt((String name) -> distance(plain, plain(name)))
                        .thenComparingInt(name -> distance(wrong, name)))
                .limit(3)
                .toList();
    }

    private static String plain(final String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** The least number of letters to insert, delete or replace (Levenshtein). */
    private static int distance(final String from, final String to) {
        int[] above = new int[to.length() + 1];
        Arrays.setAll(above, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            final int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                final int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
