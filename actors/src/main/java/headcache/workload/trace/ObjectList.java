package headcache.workload.trace;

import headcache.protocol.Head;

/** A list of numbers in the row that is being read; used again for each row. */
final class ObjectList {
    /** The longest list; a kernel's cache has 64 heads. */
    static final int LIMIT = 1 << 13;

    private final int[] numbers = new int[LIMIT];
    private int size;

    int size() {
        return size;
    }

    int get(int i) {
        return numbers[i];
    }

    void clear() {
        size = 0;
    }

    void copyTo(int[] target, int at) {
        System.arraycopy(numbers, 0, target, at, size);
    }

    /** Reads objects with {@code ;} between them, none if there is no digit; how many there were. */
    int readObjects(LineScanner scanner) {
        clear();
        if (scanner.seesDigit()) {
            do {
                add(scanner, scanner.number("object", Head.INDEX_LIMIT - 1));
            } while (scanner.skip(';'));
        }
        return size;
    }

    /** Reads nodes: one digit each, or numbers with {@code ;} between them; how many there were. */
    int readHomes(LineScanner scanner, int limit) {
        clear();
        final int from = scanner.at();
        while (scanner.seesDigit()) {
            add(scanner, scanner.digit());
        }
        if (scanner.sees(';')) {
            scanner.back(from);
            clear();
            do {
                add(scanner, scanner.number("homes", limit));
            } while (scanner.skip(';'));
        }
        return size;
    }

    private void add(LineScanner scanner, int number) {
        if (size == LIMIT) {
            throw scanner.bad("list too long", "limit", LIMIT);
        }
        numbers[size++] = number;
    }
}
