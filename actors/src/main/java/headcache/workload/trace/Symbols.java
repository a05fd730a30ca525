package headcache.workload.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers for texts that occur again and again: function and device names. A text that was seen before
 * is found from its bytes, without making a string.
 */
final class Symbols {
    /** The most texts there can be; a kernel's recording has about fifty. */
    static final int LIMIT = 1 << 12;

    /** The number of the empty text. */
    static final int EMPTY = 0;

    private static final int TABLE = LIMIT * 2;
    private static final int HASH_FACTOR = 31;

    private final short[] table = new short[TABLE];
    private String[] texts = new String[64];
    private byte[][] bytes = new byte[64][];
    private int size;

    Symbols() {
        final byte[] none = {};
        table[hash(none, 0, 0)] = 1 + EMPTY;
        add("", none);
    }

    /** The number of the text in {@code from} to {@code to} of {@code source}, or -1 if there are too many texts. */
    int of(byte[] source, int from, int to) {
        int at = hash(source, from, to);
        while (table[at] != 0) {
            final int symbol = table[at] - 1;
            if (Arrays.equals(bytes[symbol], 0, bytes[symbol].length, source, from, to)) {
                return symbol;
            }
            at = at + 1 & TABLE - 1;
        }
        if (size == LIMIT) {
            return -1;
        }
        table[at] = (short) (size + 1);
        final byte[] copy = Arrays.copyOfRange(source, from, to);
        return add(new String(copy, StandardCharsets.UTF_8), copy);
    }

    String text(int symbol) {
        return texts[symbol];
    }

    private int add(String text, byte[] itsBytes) {
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, size * 2);
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        texts[size] = text;
        bytes[size] = itsBytes;
        return size++;
    }

    private static int hash(byte[] source, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * HASH_FACTOR + source[i];
        }
        return (hash ^ hash >>> 15) & TABLE - 1;
    }
}
