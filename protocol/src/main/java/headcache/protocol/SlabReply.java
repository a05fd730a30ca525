package headcache.protocol;

/** What the slab answers to a CPU or a task, and what a depot answers in its place. */
public sealed interface SlabReply extends CpuMessage, TaskMessage, DepotMessage
        permits SlabReply.BulkAllocated, SlabReply.Allocated, SlabReply.Freed, SlabReply.Refused {

    /** The heads of a bulk allocation, slot 0 first; none if it failed. Handed over. */
    record BulkAllocated(int[] heads) implements SlabReply {}

    /** The object of a single allocation, or {@link Head#NONE}. */
    record Allocated(int head) implements SlabReply {}

    /** A bulk or single free has been done. */
    enum Freed implements SlabReply {
        /** It says no more than that. */
        FREED
    }

    /** A barn has no room for the heads of a full sheaf: here they are again. Handed over. */
    record Refused(int[] heads) implements SlabReply {}
}
