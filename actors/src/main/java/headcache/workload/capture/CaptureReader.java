package headcache.workload.capture;

import headcache.workload.BadInputException;
import headcache.workload.trace.TraceSource;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a packet capture one after another: classic pcap, plain or gzip, of either byte order, with
 * times in microseconds or nanoseconds.
 *
 * <p>It streams and keeps one frame, so a capture may have any size. Only what makes the whole file useless is an
 * error. Damage further on ends the capture there: the frames before it are good, and {@link #damage} tells of it.
 * The format is that of {@code draft-ietf-opsawg-pcap}.
 */
public final class CaptureReader implements Closeable {
    /** Frames and what is captured of them are no longer than this, in bytes; as in libpcap. */
    public static final int LONGEST_FRAME = 262_144;

    private static final int RECORD_HEADER = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final String file;
    private final InputStream in;
    private final CaptureHeader header;
    private final byte[] recordHeader = new byte[RECORD_HEADER];
    private long frames;
    private @Nullable CaptureDamage damage;

    private CaptureReader(String file, InputStream in, CaptureHeader header) {
        this.file = file;
        this.in = in;
        this.header = header;
    }

    /** Whether {@code source} begins like a capture of any format, readable here or not; false if it cannot be opened. */
    public static boolean isCapture(TraceSource source) {
        try (InputStream in = source.open()) {
            return CaptureHeader.isMagic(in.readNBytes(Integer.BYTES));
        } catch (final IOException unreadable) {
            return false;
        }
    }

    /**
     * Opens {@code source} and reads its header.
     *
     * @throws BadInputException if it cannot be opened, or is no capture that can be read
     */
    public static CaptureReader open(TraceSource source) {
        final String file = source.file();
        InputStream in = null;
        try {
            in = source.open();
            final byte[] first = in.readNBytes(CaptureHeader.SIZE);
            return new CaptureReader(file, in, CaptureHeader.of(file, first));
        } catch (final IOException | BadInputException failure) {
            close(in);
            throw failure instanceof BadInputException bad
                    ? bad
                    : new BadInputException(file, 0, "cannot be read", "reason", String.valueOf(failure.getMessage()));
        }
    }

    /** The next frame; none at the end of the capture, or where it is damaged. */
    public Optional<CapturedFrame> next() {
        if (damage != null) {
            return Optional.empty();
        }
        try {
            return readFrame();
        } catch (final EOFException cut) {
            return lost("the gzip data ends before its end mark, what follows is lost");
        } catch (final IOException failure) {
            return lost("cannot be read any further (" + failure.getMessage() + "), what follows is lost");
        }
    }

    /** Where the capture could not be read any further, if {@link #next} came to such a place. */
    public Optional<CaptureDamage> damage() {
        return Optional.ofNullable(damage);
    }

    @Override
    public void close() {
        close(in);
    }

    private Optional<CapturedFrame> readFrame() throws IOException {
        final int got = in.readNBytes(recordHeader, 0, RECORD_HEADER);
        if (got == 0) {
            return Optional.empty();
        }
        if (got < RECORD_HEADER) {
            return lost("cut off in the frame's header, of which " + got + " of " + RECORD_HEADER + " bytes are there");
        }
        final ByteBuffer fields = ByteBuffer.wrap(recordHeader).order(header.order());
        final long seconds = Integer.toUnsignedLong(fields.getInt());
        final long fraction = Integer.toUnsignedLong(fields.getInt());
        final long captured = Integer.toUnsignedLong(fields.getInt());
        final long length = Integer.toUnsignedLong(fields.getInt());
        if (captured > length || length > LONGEST_FRAME) {
            return lost("absurd lengths, captured=" + captured + ", length=" + length + ", limit=" + LONGEST_FRAME
                    + "; it and the " + restOfFile() + " bytes behind them are lost");
        }
        final byte[] bytes = in.readNBytes((int) captured);
        if (bytes.length < captured) {
            return lost("cut off in the frame, of which " + bytes.length + " of " + captured + " bytes are there");
        }
        frames++;
        return Optional.of(
                new CapturedFrame(seconds * NANOS_PER_SECOND + fraction * header.nanosPerTick(), (int) length, bytes));
    }

    /** How many bytes are left, which are skipped. */
    private long restOfFile() throws IOException {
        long bytes = 0;
        while (in.read() >= 0) {
            bytes += 1 + in.skip(LONGEST_FRAME);
        }
        return bytes;
    }

    private Optional<CapturedFrame> lost(String what) {
        damage = new CaptureDamage(
                frames, file + ": frame " + (frames + 1) + ": " + what + "; frames read before it: " + frames);
        return Optional.empty();
    }

    private static void close(@Nullable InputStream in) {
        try {
            if (in != null) {
                in.close();
            }
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
