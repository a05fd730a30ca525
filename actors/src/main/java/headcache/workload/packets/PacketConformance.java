package headcache.workload.packets;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of holding one run's packets against its recording.
 *
 * @param trace the recording's name
 * @param nics each NIC whose packets were captured
 * @param forwards each way through a router; none if a capture is damaged, for then the end of it is not known
 * @param effects the bulk calls of each CPU, by kernel and by model for each way to know where polls end
 * @param damage what captures lack, in words; only what is there was compared
 */
public record PacketConformance(
        String trace,
        List<NicResult> nics,
        List<ForwardResult> forwards,
        List<PollEffect> effects,
        List<String> damage) {

    /** How many frames, gets and completions differ. */
    public int differences() {
        return nics.stream()
                        .mapToInt(nic -> nic.differences() + nic.siteDifferences())
                        .sum()
                + forwards.stream()
                        .mapToInt(way -> way.differences() + way.frameDifferences())
                        .sum();
    }

    /** Whether any frame was compared, and none is missing. */
    public boolean isWhole() {
        return damage.isEmpty() && nics.stream().anyMatch(nic -> nic.kernelReceived() > 0);
    }

    /** The first difference, in words. */
    public Optional<String> first() {
        return Stream.concat(
                        nics.stream().map(NicResult::first), forwards.stream().map(ForwardResult::first))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
