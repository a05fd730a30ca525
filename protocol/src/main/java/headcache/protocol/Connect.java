package headcache.protocol;

/** The first message of every actor of the machine: who is who. Answered by {@link MachineMessage.Connected}. */
public record Connect(Directory directory)
        implements CpuMessage, SlabMessage, DepotMessage, TaskMessage, NicMessage, DriverMessage {}
