package headcache.step;

import java.util.Arrays;

/** A growing array of bytes that states are encoded to, so that equal states give equal bytes. */
public final class StateBytes {
    private byte[] bytes = new byte[256];
    private int size;

    /** Appends {@code value} in one to five bytes; small numbers of either sign take one. */
    public void put(int value) {
        int rest = (value << 1) ^ (value >> 31);
        while ((rest & ~0x7f) != 0) {
            putByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        putByte(rest);
    }

    /** Appends {@code value}. */
    public void put(long value) {
        put((int) (value >>> 32));
        put((int) value);
    }

    /** Appends {@code value}. */
    public void put(boolean value) {
        putByte(value ? 1 : 0);
    }

    /** Appends the first {@code count} of {@code values}, and {@code count} before them. */
    public void put(int[] values, int count) {
        put(count);
        for (int i = 0; i < count; i++) {
            put(values[i]);
        }
    }

    /** What was appended so far. */
    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Forgets everything, to be used again. */
    public void clear() {
        size = 0;
    }

    private void putByte(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
    }
}
