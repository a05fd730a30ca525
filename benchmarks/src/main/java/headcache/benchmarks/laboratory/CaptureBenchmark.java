package headcache.benchmarks.laboratory;

import headcache.machine.RunningMachine.Threads;
import headcache.workload.OpBuffer;
import headcache.workload.OpStream;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.Workload;
import headcache.workload.WorkloadRun;
import headcache.workload.capture.CaptureReader;
import headcache.workload.capture.CapturedFrame;
import headcache.workload.capture.Frame;
import headcache.workload.captured.BundledCapture;
import headcache.workload.captured.CapturedWorkload;
import headcache.workload.trace.TraceSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Frames of a capture per second: read alone, with their headers, as operations, and played by the machine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CaptureBenchmark {
    /** Frames in the capture: those of a recorded router's first NIC, many times over. */
    public static final int FRAMES = 8_389 * CaptureBenchmark.TIMES;

    private static final int TIMES = 100;
    private static final int HEADER = 24;

    private final BundledCapture bundled = BundledCapture.ROUTER_ETH0;
    private Path file = Path.of("");

    /** Writes the capture, unpacked. */
    @Setup
    public void write() throws IOException {
        file = Files.createTempFile("capture", ".pcap");
        try (InputStream in = bundled.source().open();
                OutputStream out = Files.newOutputStream(file)) {
            final byte[] once = in.readAllBytes();
            out.write(once, 0, HEADER);
            for (int i = 0; i < TIMES; i++) {
                out.write(once, HEADER, once.length - HEADER);
            }
        }
    }

    /** Removes it. */
    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    private TraceSource source() {
        return TraceSource.file(file.toString());
    }

    /** Every frame, read and no more. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void readAlone(Blackhole frames) {
        try (CaptureReader reader = CaptureReader.open(source())) {
            Optional<CapturedFrame> next = reader.next();
            while (next.isPresent()) {
                frames.consume(next.get());
                next = reader.next();
            }
        }
    }

    /** Every frame with its headers. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void parsed(Blackhole frames) {
        try (CaptureReader reader = CaptureReader.open(source())) {
            Optional<CapturedFrame> next = reader.next();
            while (next.isPresent()) {
                frames.consume(Frame.of(next.get()));
                next = reader.next();
            }
        }
    }

    /** Every frame steered, taken by a poll and merged: read twice, once to count. */
    @Benchmark
    @OperationsPerInvocation(2 * FRAMES)
    public long operations() {
        final OpStream stream =
                CapturedWorkload.of(source(), bundled.settings()).open();
        final OpBuffer ops = new OpBuffer();
        long count = 0;
        while (stream.read(ops)) {
            count += ops.size();
            ops.clear();
        }
        return count;
    }

    /** Every frame through the actors, from boot to shutdown; read twice, once to count. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public RunResult played() {
        final Workload workload = CapturedWorkload.of(source(), bundled.settings());
        return WorkloadRun.run(workload, RunOptions.DEFAULT.with(Threads.DETERMINISTIC), ProgressListener.NONE);
    }
}
