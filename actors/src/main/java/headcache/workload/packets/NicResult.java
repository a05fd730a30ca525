package headcache.workload.packets;

import headcache.workload.capture.Treatment;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the frames that one NIC received, by model and kernel.
 *
 * @param device the NIC
 * @param polls how many polls were recorded
 * @param modelReceived frames in the capture
 * @param kernelReceived gets for frames in the recording
 * @param model how many frames the model treats in each way
 * @param kernel how many the kernel did
 * @param differences frames treated differently; a frame or get that is missing counts
 * @param siteDifferences frames whose head was taken for another function
 * @param guessed frames that the model treats unlike the kernel if each poll takes 64
 * @param first the first difference, in words
 */
public record NicResult(
        String device,
        int polls,
        int modelReceived,
        int kernelReceived,
        Map<Treatment, Integer> model,
        Map<Treatment, Integer> kernel,
        int differences,
        int siteDifferences,
        int guessed,
        Optional<String> first) {}
