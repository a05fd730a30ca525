package headcache.workload;

import headcache.audit.Cut;
import java.util.List;

/**
 * What a cut through a running machine said.
 *
 * @param number from 1
 * @param packets packets that were done when it began, as far as the driver knew
 * @param messages messages that were under way, those without heads included
 * @param lines the heads by home node and kind
 * @param faults why it does not add up, one line each; none if it does
 */
public record RunCut(int number, long packets, int messages, List<Cut.Line> lines, List<String> faults) {

    static RunCut of(AuditPacer.Taken taken) {
        final Cut cut = taken.cut();
        return new RunCut(cut.number(), taken.packets(), cut.messages(), cut.lines(), cut.faults());
    }

    /** Whether every head was found in exactly one place. */
    public boolean addsUp() {
        return faults.isEmpty();
    }
}
