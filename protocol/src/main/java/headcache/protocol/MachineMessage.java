package headcache.protocol;

/** What the machine hears from its parts. Its commands from outside are its own, see {@code MachineActor}. */
public non-sealed interface MachineMessage extends Message {

    /** {@code who} knows the directory. */
    record Connected(ActorName who) implements MachineMessage {}

    /** {@code who}, a CPU or a depot, has nothing parked, held or queued any more, and the slabs have it all. */
    record Drained(ActorName who) implements MachineMessage, DriverMessage {}

    /** {@code cpu} went offline or came back. */
    record Switched(CpuId cpu, boolean online) implements MachineMessage, DriverMessage {}

    /** A report was asked for; this is it. */
    record Reported(ActorName who, Report report) implements MachineMessage {}
}
