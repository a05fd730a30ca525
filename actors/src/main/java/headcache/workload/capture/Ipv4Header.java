package headcache.workload.capture;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IPv4 header.
 *
 * @param hasOptions whether it is longer than {@link #SIZE}
 * @param tos type of service
 * @param totalLength bytes of the datagram with this header
 * @param id identification, 16 bits
 * @param dontFragment whether it must not be cut up
 * @param fragment whether it is a part of a datagram that was cut up
 * @param ttl time to live
 * @param protocol what it carries, such as {@link #TCP}
 * @param source address
 * @param destination address
 */
public record Ipv4Header(
        boolean hasOptions,
        int tos,
        int totalLength,
        int id,
        boolean dontFragment,
        boolean fragment,
        int ttl,
        int protocol,
        int source,
        int destination) {
    /** How many bytes it has without options. */
    public static final int SIZE = 20;

    /** The protocol TCP. */
    public static final int TCP = 6;

    private static final int BYTE = 0xff;
    private static final int VERSION_4 = 4;
    private static final int LENGTH_MASK = 0xf;
    private static final int WORDS = SIZE / Integer.BYTES;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_OR_OFFSET = 0x3fff;

    /** Reads one; the bytes behind it are next, unless it has options. */
    static Optional<Ipv4Header> read(ByteBuffer bytes) {
        if (bytes.remaining() < SIZE) {
            return Optional.empty();
        }
        final int first = bytes.get();
        final int words = first & LENGTH_MASK;
        if ((first & BYTE) >> VERSION_4 != VERSION_4 || words < WORDS) {
            return Optional.empty();
        }
        final int tos = bytes.get() & BYTE;
        final int totalLength = Short.toUnsignedInt(bytes.getShort());
        final int id = Short.toUnsignedInt(bytes.getShort());
        final int cut = Short.toUnsignedInt(bytes.getShort());
        final int ttl = bytes.get() & BYTE;
        final int protocol = bytes.get() & BYTE;
        bytes.getShort(); // the checksum
        return Optional.of(new Ipv4Header(
                words > WORDS,
                tos,
                totalLength,
                id,
                (cut & DONT_FRAGMENT) != 0,
                (cut & MORE_OR_OFFSET) != 0,
                ttl,
                protocol,
                bytes.getInt(),
                bytes.getInt()));
    }

    /** Whether a TCP header follows directly. */
    boolean carriesTcp() {
        return protocol == TCP && !hasOptions && !fragment;
    }
}
