package headcache.demos.cli;

import headcache.workload.captured.CaptureSettings;
import headcache.workload.captured.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what is made of a capture's frames. */
final class CaptureOptions {
    private static final String MAC_FORM = "[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}";
    private static final int HEX = 16;
    private static final long NANOS_PER_MICROSECOND = 1000;

    @Option(
            names = "--queues",
            paramLabel = "N",
            description =
                    "Captures: receive queues, to which frames are steered by the hash of their flow (default: 2, and 1"
                            + " for those that come with the program).")
    private @Nullable Integer queues;

    @Option(
            names = "--destination",
            paramLabel = "WHERE",
            description =
                    "Captures: forward (consumed after transmission) or deliver (freed by a task; default: forward, and"
                            + " deliver for tcp_rx_pair.eth0).")
    private @Nullable Destination destination;

    @Option(
            names = "--hop",
            paramLabel = "N",
            description = "Captures: how many CPUs further a frame ends than it was received, 0: there (default: 1).")
    private @Nullable Integer hop;

    @Option(
            names = "--nic",
            paramLabel = "MAC",
            description = "Captures: the NIC's own address; frames that it sent do not arrive (default: all arrive).")
    private @Nullable String nic;

    @Option(
            names = "--window",
            paramLabel = "US",
            description = "Captures: microseconds in which frames join a poll (default: 50).")
    private @Nullable Long window;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before anything is asked
    private CommandSpec spec;

    /** What is asked for, and as in {@code usual} where nothing is. */
    CaptureSettings settings(final CaptureSettings usual, final @Nullable Integer cpus) {
        return new CaptureSettings(
                cpus == null ? usual.cpus() : cpus,
                queues == null ? usual.queues() : queues,
                destination == null ? usual.destination() : destination,
                hop == null ? usual.hop() : hop,
                nic == null ? usual.own() : OptionalLong.of(address(nic)),
                window == null ? usual.window() : window * NANOS_PER_MICROSECOND);
    }

    private long address(final String mac) {
        if (!mac.matches(MAC_FORM)) {
            throw new ParameterException(
                    spec.commandLine(), "no address of a NIC: --nic " + mac + "; write it like 52:54:00:00:00:11");
        }
        return Long.parseLong(mac.replace(":", ""), HEX);
    }

    /** Whether any was given. */
    boolean isGiven() {
        return !words().isEmpty();
    }

    /** The options that were given, as words of a command line. */
    List<String> words() {
        final List<String> words = new ArrayList<>();
        add(words, "--queues", queues);
        add(
                words,
                "--destination",
                destination == null ? null : destination.name().toLowerCase(Locale.ROOT));
        add(words, "--hop", hop);
        add(words, "--nic", nic);
        add(words, "--window", window);
        return words;
    }

    private static void add(final List<String> words, final String option, final @Nullable Object value) {
        if (value != null) {
            words.add(option);
            words.add(value.toString());
        }
    }
}
