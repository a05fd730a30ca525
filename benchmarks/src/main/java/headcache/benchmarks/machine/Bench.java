package headcache.benchmarks.machine;

import headcache.machine.MachineConfig;
import headcache.machine.RunningMachine;
import headcache.machine.RunningMachine.Threads;
import headcache.machine.Topology;
import headcache.protocol.DriverId;
import headcache.step.Tap;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** A machine and the drivers that feed it, run round by round. */
final class Bench implements AutoCloseable {
    private final RunningMachine machine;
    private final int drivers;

    Bench(int cpus, int nodes, int drivers, Feeder.Factory factory) {
        this.drivers = drivers;
        machine = RunningMachine.boot(
                MachineConfig.of(Topology.even(cpus, nodes))
                        .plan(Tap.NONE)
                        .withDrivers(IntStream.range(0, drivers)
                                .mapToObj(i -> Feeder.behavior(new DriverId(i), factory))
                                .toList()),
                Threads.all(),
                Duration.ofMinutes(1));
    }

    /** Lets every driver do its work {@code times} over, and waits until all have. */
    void run(int times) throws InterruptedException {
        final CountDownLatch done = new CountDownLatch(drivers);
        for (int i = 0; i < drivers; i++) {
            machine.send(new DriverId(i), new Round(times, done));
        }
        done.await();
    }

    RunningMachine machine() {
        return machine;
    }

    @Override
    public void close() {
        machine.close();
    }
}
