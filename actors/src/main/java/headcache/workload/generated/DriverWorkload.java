package headcache.workload.generated;

import headcache.machine.Topology;
import headcache.protocol.WayIn;
import headcache.workload.OpKinds;
import headcache.workload.OpStream;
import headcache.workload.Workload;
import java.util.List;

/** A driver that calls one way in, and what becomes of its frames: the least that tells one kernel from the next. */
public final class DriverWorkload implements Workload {
    /** What a NAPI driver may call to get an skb. */
    public static final List<WayIn> DRIVERS =
            List.of(WayIn.BUILD_SKB, WayIn.NAPI_BUILD_SKB, WayIn.NAPI_ALLOC_SKB_FRAG, WayIn.NAPI_GET_FRAGS);

    private final WayIn driver;
    private final Fate fate;
    private final GeneratorOptions options;
    private final TrafficKinds kinds = new TrafficKinds();
    private final OpStream beginning;

    /**
     * The traffic.
     *
     * @param driver what it calls, one of {@link #DRIVERS}
     * @param fate what becomes of its frames
     * @throws IllegalArgumentException if no NAPI driver calls {@code driver}
     */
    public DriverWorkload(WayIn driver, Fate fate, GeneratorOptions options) {
        if (!DRIVERS.contains(driver)) {
            throw new IllegalArgumentException("no driver calls it: way=" + driver.kernelName());
        }
        this.driver = driver;
        this.fate = fate;
        this.options = options;
        this.beginning = new DriverTraffic(kinds, driver, fate, options);
    }

    /** What the driver calls. */
    public WayIn driver() {
        return driver;
    }

    /** What becomes of its frames. */
    public Fate fate() {
        return fate;
    }

    @Override
    public String name() {
        return driver.kernelName() + "-" + fate.label();
    }

    @Override
    public String summary() {
        return "frames of a driver that calls " + driver.kernelName() + ", " + fate.summary();
    }

    @Override
    public Topology topology() {
        return options.topology();
    }

    @Override
    public long packets() {
        return options.packets();
    }

    @Override
    public OpKinds kinds() {
        return kinds.all;
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public OpStream open() {
        return beginning.copy();
    }
}
