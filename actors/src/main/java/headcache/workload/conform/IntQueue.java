package headcache.workload.conform;

/** Numbers that are taken in the order in which they were added. */
final class IntQueue {
    private final IntList numbers;
    private int next;

    IntQueue() {
        this(new IntList());
    }

    private IntQueue(IntList numbers) {
        this.numbers = numbers;
    }

    void add(int number) {
        numbers.add(number);
    }

    boolean isEmpty() {
        return next == numbers.size();
    }

    int remaining() {
        return numbers.size() - next;
    }

    int peek() {
        return numbers.get(next);
    }

    int take() {
        return numbers.get(next++);
    }

    /** A copy that is taken from independently; nothing may be added to either any more. */
    IntQueue copy() {
        final IntQueue copy = new IntQueue(numbers);
        copy.next = next;
        return copy;
    }
}
