package headcache.workload.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Writes a capture: classic pcap, big-endian, nanoseconds, Ethernet. */
public final class CaptureBytes {
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A capture without frames. */
    public CaptureBytes() {
        bytes.writeBytes(ByteBuffer.allocate(24)
                .putInt(NANOSECONDS)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(1)
                .array());
    }

    /** Adds a frame that was captured at {@code nanos}. */
    public CaptureBytes add(long nanos, FrameBytes frame) {
        return add(nanos, frame.captured().length(), frame.captured().bytes());
    }

    /** Adds a frame of {@code length} bytes of which {@code captured} are there. */
    public CaptureBytes add(long nanos, int length, byte... captured) {
        bytes.writeBytes(ByteBuffer.allocate(16)
                .putInt((int) (nanos / NANOS_PER_SECOND))
                .putInt((int) (nanos % NANOS_PER_SECOND))
                .putInt(captured.length)
                .putInt(length)
                .array());
        bytes.writeBytes(captured);
        return this;
    }

    /** The capture so far. */
    public byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
