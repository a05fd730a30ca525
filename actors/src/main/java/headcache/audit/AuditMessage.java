package headcache.audit;

import headcache.protocol.ActorName;
import headcache.protocol.DriverMessage;
import headcache.step.HeadCount;
import headcache.step.HeadSums;
import java.util.List;

/** What the actor that audits a machine is told. */
public sealed interface AuditMessage extends DriverMessage permits AuditMessage.Begin, AuditMessage.Counted {

    /**
     * Begin a cut, unless one is under way.
     *
     * @param from who is told what it says
     */
    record Begin(ActorName from) implements AuditMessage {}

    /**
     * An actor's part of a cut.
     *
     * @param who the actor
     * @param cut the number of the cut
     * @param here what it had at its own cut
     * @param arrived for each channel to it what was under way then; handed over
     */
    record Counted(ActorName who, int cut, HeadCount here, List<Arrived> arrived) implements AuditMessage {}

    /**
     * What a channel held in a cut: what was sent before the sender's cut and came after the receiver's.
     *
     * @param from the sender
     * @param messages how many messages, those without heads included
     * @param heads the heads in them
     */
    record Arrived(ActorName from, int messages, HeadSums heads) {}
}
