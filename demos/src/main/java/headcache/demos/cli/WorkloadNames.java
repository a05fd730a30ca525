package headcache.demos.cli;

import headcache.workload.Workload;
import headcache.workload.capture.CaptureReader;
import headcache.workload.captured.BundledCapture;
import headcache.workload.captured.CaptureSettings;
import headcache.workload.captured.CapturedWorkload;
import headcache.workload.generated.Generator;
import headcache.workload.recorded.RecordedWorkload;
import headcache.workload.trace.RecordingReader;
import headcache.workload.trace.TraceSource;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** What such a file holds, its name says: then people are told what is wrong with a capture, not with a recording. */
    private static final Pattern CAPTURE_NAME = Pattern.compile("\\.p?cap(ng)?(\\.gz)?$");

    private WorkloadNames() {}

    /**
     * The workload {@code name} that comes with the program, or is in a file of that name.
     *
     * @param packets of a generator; the others have their own
     * @throws IllegalArgumentException if there is none of that name, or not so many packets can be made
     * @throws headcache.workload.BadInputException if a file cannot be read
     */
    static Workload named(final String name, final long packets, final long seed, final CaptureOptions captures) {
        final Optional<Generator> generator = Generator.named(name);
        return generator.isPresent()
                ? generator
                        .get()
                        .workload(
                                generator.get().defaults().withPackets(packets).withSeed(seed))
                : fixed(name, null, captures);
    }

    /**
     * The recording or capture {@code name}, which comes with the program or is a file.
     *
     * @param cpus CPUs for a capture, or null for its own
     * @throws IllegalArgumentException if there is none of that name, or an option is for captures and this is none
     * @throws headcache.workload.BadInputException if a file cannot be read
     */
    static Workload fixed(final String name, final @Nullable Integer cpus, final CaptureOptions captures) {
        final Optional<BundledCapture> capture = BundledCapture.named(name);
        if (capture.isPresent() && !isFile(name)) {
            return CapturedWorkload.of(
                    capture.get().source(), captures.settings(capture.get().settings(), cpus));
        }
        if (!TraceSource.BUNDLED.contains(name) && !isMeantForFile(name)) {
            throw new IllegalArgumentException(
                    "no workload or file of that name: workload=" + name + NearNames.hint(name, all()));
        }
        final TraceSource source = TraceSource.of(name);
        if (CaptureReader.isCapture(source) || CAPTURE_NAME.matcher(name).find()) {
            return CapturedWorkload.of(source, captures.settings(CaptureSettings.DEFAULT, cpus));
        }
        if (captures.isGiven()) {
            throw new IllegalArgumentException(
                    String.join(" ", captures.words()) + " is for captures, and " + name + " is none");
        }
        return RecordedWorkload.of(RecordingReader.read(source));
    }

    private static boolean isMeantForFile(final String name) {
        return name.contains("/") || name.contains(".") || isFile(name);
    }

    private static boolean isFile(final String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (final InvalidPathException impossible) {
            return false;
        }
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
        return Stream.of(
                        TraceSource.BUNDLED.stream(),
                        Arrays.stream(BundledCapture.values()).map(BundledCapture::label),
                        Arrays.stream(Generator.values()).map(Generator::label))
                .flatMap(names -> names)
                .toList();
    }
}
