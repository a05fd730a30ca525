package headcache.protocol;

/**
 * What actors of the machine say to one another.
 *
 * <p>Messages are immutable. An array in a message is handed over: the sender never touches it
 * again.
 */
public sealed interface Message
        permits CpuMessage, SlabMessage, DepotMessage, TaskMessage, NicMessage, DriverMessage, MachineMessage {}
