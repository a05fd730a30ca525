package headcache.protocol;

/** What the slab answers to a CPU or a task, and what a depot answers in its place. */
public sealed interface SlabReply extends CpuMessage, TaskMessage, DepotMessage
        permits SlabReply.BulkAllocated, SlabReply.Allocated, SlabReply.Freed, SlabReply.Refused {

    /** The heads of a bulk allocation, slot 0 first; none if it failed. Handed over. */
    record BulkAllocated(int[] heads) implements SlabReply {}

    /**
     * The object of a single allocation.
     *
     * @param head the object, or {@link Head#NONE}
     * @param reserve whether its page came from the emergency reserve ({@code pfmemalloc}), which holds while it is out
     */
    record Allocated(int head, boolean reserve) implements SlabReply {
        /** An object of an ordinary page, or {@link Head#NONE}. */
        public Allocated(int head) {
            this(head, false);
        }
    }

    /** A bulk or single free has been done. */
    enum Freed implements SlabReply {
        /** It says no more than that. */
        FREED
    }

    /** A barn has no room for the heads of a full sheaf: here they are again. Handed over. */
    record Refused(int[] heads) implements SlabReply {}
}
