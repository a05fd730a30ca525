package headcache.workload.capture;

import headcache.workload.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a capture says of itself in its first bytes.
 *
 * @param order the order of the bytes in its numbers
 * @param nanosPerTick the unit of the times' fractions, in nanoseconds: 1,000 or 1
 */
record CaptureHeader(ByteOrder order, int nanosPerTick) {
    /** How many bytes it has. */
    static final int SIZE = 24;

    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int NANOS_PER_MICROSECOND = 1000;
    private static final int PCAPNG = 0x0a0d0d0a;
    private static final int MAGIC_SIZE = 4;
    private static final int VERSION_AT = 4;
    private static final int VERSION = 2;
    private static final int LINK_TYPE_AT = 20;
    private static final int ETHERNET = 1;

    /** The bits above tell of frame check sequences. */
    private static final int LINK_TYPE_MASK = 0x03ff_ffff;

    /**
     * Reads it from {@code first}, the first {@link #SIZE} bytes of {@code file}, or all that it has.
     *
     * @throws BadInputException if this is no capture of Ethernet frames in the classic format
     */
    static CaptureHeader of(String file, byte[] first) {
        if (first.length == 0) {
            throw new BadInputException(file, 0, "the file is empty", "expected", "a capture (classic pcap)");
        }
        final CaptureHeader header = ofMagic(file, first);
        if (first.length < SIZE) {
            throw new BadInputException(
                    file, 0, "the capture is cut off in its header", "bytes", first.length, "of", SIZE);
        }
        final ByteBuffer fields = ByteBuffer.wrap(first).order(header.order);
        final int version = Short.toUnsignedInt(fields.getShort(VERSION_AT));
        if (version != VERSION) {
            throw new BadInputException(file, 0, "unknown version of pcap", "version", version, "known", VERSION);
        }
        final int linkType = fields.getInt(LINK_TYPE_AT) & LINK_TYPE_MASK;
        if (linkType != ETHERNET) {
            throw new BadInputException(
                    file, 0, "unknown link type", "link type", linkType, "known", ETHERNET + " (Ethernet)");
        }
        return header;
    }

    /** Whether {@code first}, a file's first four bytes, are those of a capture of any format. */
    static boolean isMagic(byte[] first) {
        if (first.length < MAGIC_SIZE) {
            return false;
        }
        final int big = ByteBuffer.wrap(first).getInt();
        final int little = Integer.reverseBytes(big);
        return Stream.of(big, little).anyMatch(List.of(MICROSECONDS, NANOSECONDS, PCAPNG)::contains);
    }

    private static CaptureHeader ofMagic(String file, byte[] first) {
        final ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(first, MAGIC_SIZE));
        if (bytes.getInt(0) == PCAPNG) {
            throw new BadInputException(
                    file, 0, "is a pcapng capture, convert it first: editcap -F pcap in.pcapng out.pcap");
        }
        for (final ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            final int magic = bytes.order(order).getInt(0);
            if (magic == MICROSECONDS || magic == NANOSECONDS) {
                return new CaptureHeader(order, magic == NANOSECONDS ? 1 : NANOS_PER_MICROSECOND);
            }
        }
        throw new BadInputException(
                file, 0, "is no capture", "begins with", hex(first), "expected", "classic pcap, plain or gzip");
    }

    private static String hex(byte[] first) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(MAGIC_SIZE, first.length); i++) {
            text.append(i == 0 ? "" : " ").append(String.format("%02x", first[i]));
        }
        return text.toString();
    }
}
