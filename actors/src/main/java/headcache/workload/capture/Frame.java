package headcache.workload.capture;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the headers of an Ethernet frame say, as far as a NIC, GRO and forwarding ask.
 *
 * @param length how long it was on the wire, in bytes, without the check sequence
 * @param destination the address it goes to, 48 bits
 * @param source the address it comes from, 48 bits
 * @param vlan the VLAN tag, 16 bits, or {@link #UNTAGGED}
 * @param etherType what it carries, such as {@link #IPV4}
 * @param ip its IPv4 header, if it carries IPv4 and the header was captured whole
 * @param tcp its TCP header, if there is one behind an IPv4 header without options and it was captured whole
 */
public record Frame(
        int length,
        long destination,
        long source,
        int vlan,
        int etherType,
        Optional<Ipv4Header> ip,
        Optional<TcpHeader> tcp) {
    /** The tag of a frame that has none. */
    public static final int UNTAGGED = -1;

    /** The type of a frame that carries IPv4. */
    public static final int IPV4 = 0x0800;

    /** How many bytes a VLAN tag takes up. */
    public static final int TAG_SIZE = 4;

    private static final int TAGGED = 0x8100;
    private static final int ADDRESSES = 12;
    private static final int TYPE_SIZE = 2;
    private static final int COPY_LIMIT = 256;
    private static final int SHORTEST = 60;
    private static final int CHECK_SEQUENCE = 4;

    /**
     * Parses a captured frame; what was not captured, or is no header that is known, is left out.
     *
     * @return the frame, or none if not even its Ethernet header was captured
     */
    public static Optional<Frame> of(CapturedFrame captured) {
        final ByteBuffer bytes = ByteBuffer.wrap(captured.bytes());
        if (bytes.limit() < ADDRESSES + TYPE_SIZE) {
            return Optional.empty();
        }
        final long destination = address(bytes);
        final long source = address(bytes);
        int type = Short.toUnsignedInt(bytes.getShort());
        int vlan = UNTAGGED;
        if (type == TAGGED && bytes.remaining() >= TAG_SIZE) {
            vlan = Short.toUnsignedInt(bytes.getShort());
            type = Short.toUnsignedInt(bytes.getShort());
        }
        final Optional<Ipv4Header> ip = type == IPV4 ? Ipv4Header.read(bytes) : Optional.empty();
        final Optional<TcpHeader> tcp = ip.filter(Ipv4Header::carriesTcp).flatMap(header -> TcpHeader.read(bytes));
        return Optional.of(new Frame(captured.length(), destination, source, vlan, type, ip, tcp));
    }

    /** The bytes of the frame without its Ethernet header and tag, padding included. */
    public int lengthAboveEthernet() {
        return length - ADDRESSES - TYPE_SIZE - (vlan == UNTAGGED ? 0 : TAG_SIZE);
    }

    /** How many bytes of data its TCP segment has; 0 without a TCP header. */
    public int segmentLength() {
        return tcp.isEmpty()
                ? 0
                : ip.orElseThrow().totalLength()
                        - Ipv4Header.SIZE
                        - tcp.orElseThrow().headerLength();
    }

    /**
     * Whether the recorded machines' driver copies it into a small buffer of its own ({@code copybreak} of e1000): it is no
     * longer than 256 bytes, without its tag, padded and with its check sequence.
     */
    public boolean isShort() {
        final int tag = vlan == UNTAGGED ? 0 : TAG_SIZE;
        return Math.max(SHORTEST, length) - tag + CHECK_SEQUENCE <= COPY_LIMIT;
    }

    private static long address(ByteBuffer bytes) {
        return (long) Short.toUnsignedInt(bytes.getShort()) << Integer.SIZE | Integer.toUnsignedLong(bytes.getInt());
    }
}
