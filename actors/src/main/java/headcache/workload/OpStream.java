package headcache.workload;

/** A workload's operations from the beginning to the end, some at a time, so that memory does not grow with them. */
public interface OpStream {

    /**
     * Appends the next operations, a bounded number of them.
     *
     * @return whether there were any; false is the end
     */
    boolean read(OpBuffer into);

    /** An independent stream that goes on from here. */
    OpStream copy();
}
