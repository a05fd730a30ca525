package headcache.workload.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes the headers of a frame of TCP, byte by byte, with everything that GRO looks at. */
public final class FrameBytes {
    public static final int DATA = 1000;

    public int vlan = Frame.UNTAGGED;
    public int tos;
    public int id = 100;
    public int cut = 0x4000;
    public int ttl = 64;
    public int protocol = Ipv4Header.TCP;
    public int destinationMac = 0x11;
    public int sourceMac = 0x12;
    public int source = 0x0a000001;
    public int destination = 0x0a000002;
    public int sourcePort = 5000;
    public int destinationPort = 80;
    public int sequence = 1;
    public int acknowledgement = 9;
    public int flags = TcpHeader.ACK;
    public byte[] options = {1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2};
    public int data = DATA;
    public int padding;

    /** The segment that follows on {@code data} bytes of this one. */
    public FrameBytes next() {
        id++;
        sequence += data;
        return this;
    }

    public CapturedFrame captured() {
        final ByteBuffer bytes = ByteBuffer.allocate(128);
        bytes.putShort((short) 0x5254)
                .putInt(destinationMac)
                .putShort((short) 0x5254)
                .putInt(sourceMac);
        if (vlan != Frame.UNTAGGED) {
            bytes.putShort((short) 0x8100).putShort((short) vlan);
        }
        bytes.putShort((short) Frame.IPV4);
        final int ethernet = bytes.position();
        final int total = 40 + options.length + data;
        bytes.put((byte) 0x45)
                .put((byte) tos)
                .putShort((short) total)
                .putShort((short) id)
                .putShort((short) cut);
        bytes.put((byte) ttl)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(source)
                .putInt(destination);
        bytes.putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(sequence)
                .putInt(acknowledgement);
        final int words = (20 + options.length) / 4;
        bytes.putShort((short) ((words << 12) | flags));
        bytes.putShort((short) 512).putInt(0).put(options);
        final int length = ethernet + total + padding;
        return new CapturedFrame(0, length, Arrays.copyOf(bytes.array(), Math.min(length, bytes.limit())));
    }

    Frame frame() {
        return Frame.of(captured()).orElseThrow();
    }
}
