package headcache.workload.packets;

import headcache.workload.capture.Treatment;
import java.util.ArrayList;
import java.util.List;

/** What a recording tells of one NIC: its polls, the heads of the frames it received, and its completions. */
final class KernelNic {
    private final List<Integer> polls = new ArrayList<>();
    private final List<KernelHead> received = new ArrayList<>();
    private final List<KernelHead> completed = new ArrayList<>();

    /** Adds a poll that began with {@code completions} and then took {@code gets}. */
    void poll(String device, List<KernelHead> gets, List<KernelHead> completions) {
        for (final KernelHead head : gets) {
            head.origin = new Origin(device, received.size());
            received.add(head);
        }
        polls.add(gets.size());
        completed.addAll(completions);
    }

    /** How many frames each poll received. */
    List<Integer> polls() {
        return polls;
    }

    /** The head of each received frame, in order. */
    List<KernelHead> received() {
        return received;
    }

    /** The frame whose head each transmit completion put back, in order. */
    List<Origin> completions() {
        return completed.stream().map(head -> head.origin).toList();
    }

    /** How many heads were treated as {@code treatment}. */
    int count(Treatment treatment) {
        return (int)
                received.stream().filter(head -> head.treatment == treatment).count();
    }

    /** A head from its get, or from when it is first seen, until it is given back. */
    static final class KernelHead {
        final String site;
        Treatment treatment = Treatment.HANDED_UP;
        Origin origin = Origin.OWN;

        /** It was taken for {@code site}, the name of a kernel function. */
        KernelHead(String site) {
            this.site = site;
        }
    }
}
