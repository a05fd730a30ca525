package headcache.workload.conform;

/**
 * A place where recording and model differ.
 *
 * @param check what differs
 * @param row the recording's row that it is about; the number of rows if it is about the end
 * @param cpu the CPU that it is about, or {@link #NO_CPU}
 * @param expected what the recording says
 * @param actual what the model did
 */
public record Mismatch(Check check, int row, int cpu, String expected, String actual) {
    /** It is about no CPU. */
    public static final int NO_CPU = -1;
}
