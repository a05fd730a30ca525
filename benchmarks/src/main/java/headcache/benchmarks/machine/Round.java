package headcache.benchmarks.machine;

import headcache.protocol.DriverMessage;
import java.util.concurrent.CountDownLatch;

/**
 * Tells a driver to do its work some times over.
 *
 * @param times how often, 1 or more
 * @param done counted down once when that is done
 */
record Round(int times, CountDownLatch done) implements DriverMessage {}
