package headcache.protocol;

/**
 * A message that says by which channel it came. Messages travel so in a machine that is audited, and only there.
 *
 * @param from the sender
 * @param message what the receiver is told
 */
public record Via(ActorName from, Message message)
        implements CpuMessage, SlabMessage, DepotMessage, TaskMessage, NicMessage, DriverMessage {}
