package headcache.workload;

/** Writes the operations of skbs, to each of which it gives a number from its beginning to its end. */
public final class SkbWriter {
    private final SkbNumbers numbers;
    private OpBuffer ops = new OpBuffer();

    /** A writer that has given no numbers yet. */
    public SkbWriter() {
        this(new SkbNumbers());
    }

    private SkbWriter(SkbNumbers numbers) {
        this.numbers = numbers;
    }

    /** What is written from here on is appended to {@code into}. */
    public void writeTo(OpBuffer into) {
        ops = into;
    }

    /** An skb begins on {@code cpu}; its number. */
    public int begin(int kind, int cpu, Context context) {
        final int skb = numbers.take();
        ops.add(kind, context.queue(cpu), skb);
        return skb;
    }

    /** A clone of {@code skb} begins on {@code cpu}; its number. */
    public int beginClone(int skb, int kind, int cpu, Context context) {
        final int clone = numbers.take();
        ops.add(kind, context.queue(cpu), skb, clone);
        return clone;
    }

    /** Something is done to {@code skb} in {@code cpu}'s own turn. */
    public void on(int skb, int kind, int cpu) {
        on(skb, kind, cpu, Context.SOFTIRQ);
    }

    /** Something is done to {@code skb} on {@code cpu}. */
    public void on(int skb, int kind, int cpu, Context context) {
        ops.add(kind, context.queue(cpu), skb);
    }

    /** {@code skb} ends on {@code cpu}. */
    public void end(int skb, int kind, int cpu, Context context) {
        ops.add(kind, context.queue(cpu), skb);
        numbers.give(skb);
    }

    /** {@code skb} ends in {@code cpu}'s own turn, and {@code unit} takes over what it had. */
    public void merge(int skb, int kind, int unit, int cpu) {
        ops.add(kind, Context.SOFTIRQ.queue(cpu), skb, unit);
        numbers.give(skb);
    }

    /** A poll of {@code cpu} ends; {@code kind} is that of {@link headcache.protocol.Op.PollEnd}. */
    public void pollEnds(int kind, int cpu) {
        ops.add(kind, Context.SOFTIRQ.queue(cpu), OpBuffer.NONE);
    }

    /** A copy that appends to no buffer yet. */
    public SkbWriter copy() {
        return new SkbWriter(numbers.copy());
    }
}
