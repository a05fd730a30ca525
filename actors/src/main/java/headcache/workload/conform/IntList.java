package headcache.workload.conform;

import java.util.Arrays;

/** A growing list of numbers. */
final class IntList {
    private int[] numbers = new int[16];
    private int size;

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    int get(int i) {
        return numbers[i];
    }

    void set(int i, int number) {
        numbers[i] = number;
    }

    void clear() {
        size = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(numbers, size);
    }

    /** Whether it has exactly {@code others}, in order. */
    boolean has(int[] others) {
        return Arrays.equals(numbers, 0, size, others, 0, others.length);
    }
}
