package headcache.step;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * A growing array of bytes that states are encoded to, so that equal states give equal bytes.
 *
 * <p>It may write CPUs and drivers under other numbers than their own: two states that differ only in which of some
 * interchangeable CPUs is which give equal bytes under names that undo the exchange.
 */
public final class StateBytes {
    private final IntUnaryOperator cpus;
    private final IntUnaryOperator drivers;
    private byte[] bytes = new byte[256];
    private int size;

    /** No bytes yet, to be written with everyone's own number. */
    public StateBytes() {
        this(IntUnaryOperator.identity(), IntUnaryOperator.identity());
    }

    /** No bytes yet; CPUs and their tasks are to be written under the numbers of {@code cpus}, and so on. */
    public StateBytes(IntUnaryOperator cpus, IntUnaryOperator drivers) {
        this.cpus = cpus;
        this.drivers = drivers;
    }

    /** Appends the number of a CPU, or of the task that is pinned to it; below 0 it is nobody's. */
    public void putCpu(int index) {
        put(index < 0 ? index : cpus.applyAsInt(index));
    }

    /** Appends the number of a driver. */
    public void putDriver(int index) {
        put(drivers.applyAsInt(index));
    }

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
