package headcache.workload.capture;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A TCP header.
 *
 * @param sourcePort port
 * @param destinationPort port
 * @param sequence number of the first byte of data
 * @param acknowledgement number of the byte that is expected next from the other side
 * @param flags bits of this class's constants
 * @param options the options' bytes, compared by content
 */
public record TcpHeader(
        int sourcePort, int destinationPort, int sequence, int acknowledgement, int flags, ByteBuffer options) {
    /** No more data comes. */
    public static final int FIN = 0x01;

    /** A connection begins. */
    public static final int SYN = 0x02;

    /** The connection is broken off. */
    public static final int RST = 0x04;

    /** Data is to be delivered at once. */
    public static final int PSH = 0x08;

    /** The acknowledgement number counts. */
    public static final int ACK = 0x10;

    /** There is urgent data. */
    public static final int URG = 0x20;

    /** The sender has slowed down. */
    public static final int CWR = 0x80;

    private static final int SIZE = 20;
    private static final int FLAGS = 0xff;
    private static final int WORDS_AT = 12;

    /** How many bytes it has, with options. */
    public int headerLength() {
        return SIZE + options.limit();
    }

    /** Whether any of {@code bits} is set. */
    public boolean hasAny(int bits) {
        return (flags & bits) != 0;
    }

    /** Reads one, if it is there whole. */
    static Optional<TcpHeader> read(ByteBuffer bytes) {
        if (bytes.remaining() < SIZE) {
            return Optional.empty();
        }
        final int sourcePort = Short.toUnsignedInt(bytes.getShort());
        final int destinationPort = Short.toUnsignedInt(bytes.getShort());
        final int sequence = bytes.getInt();
        final int acknowledgement = bytes.getInt();
        final int lengthAndFlags = Short.toUnsignedInt(bytes.getShort());
        bytes.position(bytes.position() + Integer.BYTES + Short.BYTES); // window, checksum, urgent pointer
        final int optionBytes = (lengthAndFlags >> WORDS_AT) * Integer.BYTES - SIZE;
        if (optionBytes < 0 || optionBytes > bytes.remaining()) {
            return Optional.empty();
        }
        final byte[] options = new byte[optionBytes];
        bytes.get(options);
        return Optional.of(new TcpHeader(
                sourcePort,
                destinationPort,
                sequence,
                acknowledgement,
                lengthAndFlags & FLAGS,
                ByteBuffer.wrap(options).asReadOnlyBuffer()));
    }
}
