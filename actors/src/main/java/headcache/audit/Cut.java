package headcache.audit;

import headcache.audit.AuditMessage.Arrived;
import headcache.audit.AuditMessage.Counted;
import headcache.protocol.DriverMessage;
import headcache.protocol.SlabKind;
import headcache.step.HeadCount;
import headcache.step.HeadSums;
import java.util.ArrayList;
import java.util.List;

/**
 * A consistent cut through a running machine: a state that the machine may well never have been in as a whole, but could
 * have been in, as far as any of its actors can tell.
 *
 * @param number from 1
 * @param parts what each actor counted, in the order of the channels' actors
 */
public record Cut(int number, List<Counted> parts) implements DriverMessage {

    /** The heads of one home node and kind, by where they are. */
    public record Line(int node, SlabKind kind, int all, int inSlab, int inCache, int inMessages, int inUse) {
        /** What should be {@link #all}. */
        public int sum() {
            return inSlab + inCache + inMessages + inUse;
        }
    }

    /** Everything that was counted by an actor: what it had, not what was under way to it. */
    public HeadCount here() {
        final HeadCount here = HeadCount.nothing();
        for (final Counted part : parts) {
            here.all().add(part.here().all());
            here.inSlab().add(part.here().inSlab());
            here.inCache().add(part.here().inCache());
            here.inUse().add(part.here().inUse());
        }
        return here;
    }

    /** The heads that were in messages. */
    public HeadSums inMessages() {
        final HeadSums heads = new HeadSums();
        for (final Counted part : parts) {
            for (final Arrived arrived : part.arrived()) {
                heads.add(arrived.heads());
            }
        }
        return heads;
    }

    /** How many messages were under way, those without heads included. */
    public int messages() {
        return parts.stream()
                .flatMap(part -> part.arrived().stream())
                .mapToInt(Arrived::messages)
                .sum();
    }

    /** The heads by home node and kind; nothing for those of which there are none. */
    public List<Line> lines() {
        final HeadCount here = here();
        final HeadSums messages = inMessages();
        final HeadSums found = found();
        final List<Line> lines = new ArrayList<>();
        for (int node = 0; node < Math.max(here.all().nodes(), found.nodes()); node++) {
            for (final SlabKind kind : SlabKind.values()) {
                if (here.all().count(node, kind) != 0 || found.count(node, kind) != 0) {
                    lines.add(new Line(
                            node,
                            kind,
                            here.all().count(node, kind),
                            here.inSlab().count(node, kind),
                            here.inCache().count(node, kind),
                            messages.count(node, kind),
                            here.inUse().count(node, kind)));
                }
            }
        }
        return lines;
    }

    /** Everything that was found somewhere. */
    private HeadSums found() {
        final HeadCount here = here();
        final HeadSums found = inMessages();
        found.add(here.inSlab());
        found.add(here.inCache());
        found.add(here.inUse());
        return found;
    }

    /** Whether every head of every page was found in exactly one place. */
    public boolean addsUp() {
        return here().all().equals(found());
    }

    /** Why it does not add up, one line for each home node and kind; nothing if it does. */
    public List<String> faults() {
        final HeadSums all = here().all();
        final HeadSums found = found();
        final List<String> faults = new ArrayList<>();
        for (int node = 0; node < Math.max(all.nodes(), found.nodes()); node++) {
            for (final SlabKind kind : SlabKind.values()) {
                final int more = found.count(node, kind) - all.count(node, kind);
                if (more != 0) {
                    faults.add(about(node, kind) + (more > 0 ? more + " found twice" : -more + " not found") + ": all="
                            + all.count(node, kind) + " found=" + found.count(node, kind));
                } else if (found.sum(node, kind) != all.sum(node, kind)) {
                    faults.add(about(node, kind) + "as many were found twice as were not found: all="
                            + all.count(node, kind));
                }
            }
        }
        return faults;
    }

    private String about(int node, SlabKind kind) {
        return "cut " + number + ": of " + (kind == SlabKind.HEAD ? "heads" : "twins") + " of node-" + node + " ";
    }
}
