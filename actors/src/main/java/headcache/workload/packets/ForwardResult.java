package headcache.workload.packets;

import java.util.Optional;

/**
 * What became of the units that a router forwarded from one NIC to another, by model and kernel.
 *
 * @param from the NIC that received them
 * @param to the NIC that sent them
 * @param modelForwarded units that leave on their own heads, by the model
 * @param kernelForwarded completions that gave back the head of a received frame
 * @param modelOwn completions of other heads, by the model: pieces of units cut up in software, and ARP
 * @param kernelOwn completions that gave back other heads
 * @param modelSent frames that the model says were sent, empty segments included
 * @param captureSent frames sent in the capture
 * @param emptySegments empty segments that the emulated NIC added
 * @param differences completions that gave back another head than the model says
 * @param frameDifferences sent frames unlike those that the model says were sent
 * @param first the first difference, in words
 */
public record ForwardResult(
        String from,
        String to,
        int modelForwarded,
        int kernelForwarded,
        int modelOwn,
        int kernelOwn,
        int modelSent,
        int captureSent,
        int emptySegments,
        int differences,
        int frameDifferences,
        Optional<String> first) {}
