package headcache.metrics;

import headcache.cache.CachePolicy;
import headcache.cpu.CpuPolicy;
import headcache.protocol.CpuReport;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.Workload;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/**
 * Everything that is measured of a run. What a run does not have is missing, and not 0.
 *
 * @param figures the counters, and what follows from them
 * @param values what was measured, in the order of {@link Metric}
 * @param occupancy what each CPU's cache held in the course of the run
 */
public record Measures(Figures figures, Map<Metric, Double> values, Occupancy occupancy) {

    /**
     * Runs {@code workload} and measures it; the tap of {@code options} watches too.
     *
     * @throws IllegalArgumentException if it would be run on more than one thread
     * @throws headcache.machine.RunningMachine.MachineFailure if an actor crashed
     */
    public static Measures of(Workload workload, RunOptions options) {
        if (!options.threads().deterministic()) {
            throw new IllegalArgumentException("measured on one thread only: threads=" + options.threads());
        }
        final Meter meter = new Meter(
                options.machineFor(workload), options.policy(), options.heads().headsPerPage());
        final Figures figures = Figures.of(workload, options.with(meter.before(options.tap())));
        final Values values = new Values();
        values.traffic(figures, options.policy());
        values.batches(figures.result(), meter, options.policy().cache());
        values.exits(meter.exits);
        values.memory(figures, meter);
        values.locality(figures, meter);
        values.latency(figures, meter);
        return new Measures(figures, Collections.unmodifiableMap(values.all), meter.occupancy);
    }

    /** The value of {@code metric}, if the run has one. */
    public OptionalDouble value(Metric metric) {
        final Double value = values.get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static final class Values {
        private final Map<Metric, Double> all = new EnumMap<>(Metric.class);

        private void put(Metric metric, double value) {
            all.put(metric, value);
        }

        private void put(Metric metric, OptionalDouble value) {
            value.ifPresent(some -> all.put(metric, some));
        }

        void traffic(Figures figures, CpuPolicy policy) {
            final RunResult result = figures.result();
            put(Metric.CONTACTS, figures.contacts());
            if (policy.kernel().servesGets()) {
                put(Metric.LEAST, Ratio.of(figures.leastContacts(), result.packets()));
            }
            put(Metric.SINGLES, figures.singles());
            put(Metric.MESSAGES, figures.messages());
            put(Metric.HIT_RATE, figures.hitRate());
            put(Metric.FAILED_GETS, (double) result.failedGets());
            final long framesDropped = sum(result, CpuReport::framesDropped);
            put(Metric.DROPS, (double) (result.failed() + framesDropped));
        }

        void batches(RunResult result, Meter meter, CachePolicy cache) {
            final long refills = sum(result, CpuReport::refills);
            final long spills = sum(result, CpuReport::spills);
            final long fetched = sum(result, CpuReport::fetched);
            final long spilled = sum(result, CpuReport::spilled);
            put(Metric.REFILL, Ratio.of(fetched, refills));
            put(Metric.SPILL, Ratio.of(spilled, spills));
            final long possible = refills * cache.refill() + spills * cache.spill();
            put(Metric.BATCH_FILL, Ratio.of(fetched + spilled, possible));
            put(Metric.LONGEST_BULK, meter.contacts.longest());
            put(Metric.CONTACT_GAP, meter.contacts.gap());
        }

        private static long sum(RunResult result, ToLongFunction<CpuReport> counter) {
            return RunResult.cpus(result.atEnd()).stream().mapToLong(counter).sum();
        }

        void exits(ExitMix exits) {
            put(Metric.CACHED, exits.shareCached());
            put(Metric.CACHE_FULL, exits.shareCacheFull());
            put(Metric.RELEASED, exits.shareReleased());
            put(Metric.RING, exits.shareRing());
            put(Metric.RING_FULL, exits.shareRingFull());
        }

        void memory(Figures figures, Meter meter) {
            put(Metric.PARKED_MEAN, figures.parkedMean());
            put(Metric.PARKED_PEAK, figures.parkedPeak());
            put(Metric.IDLE_MEAN, meter.idle.mean());
            put(Metric.IDLE_PEAK, meter.idle.peak());
            put(Metric.WORKING_SET, meter.idle.workingSet());
            put(Metric.FRAGMENTATION, meter.fragmentation.mean());
            put(Metric.FRAGMENTATION_AT_PEAK, meter.fragmentation.atPeak());
            put(Metric.BLOW_UP, meter.idle.blowUp());
            put(Metric.STARVATION, meter.starvation.share());
        }

        void locality(Figures figures, Meter meter) {
            if (figures.givenBack() > 0) {
                put(Metric.REMOTE_FREES, figures.remoteFrees());
            }
            put(Metric.OTHER_CPU, meter.elsewhere.onOtherCpu());
            put(Metric.OTHER_NODE, meter.elsewhere.onOtherNode());
            put(Metric.REUSE_MEDIAN, meter.reuse.median());
            put(Metric.WARM, meter.reuse.warm());
            put(Metric.FALSE_SHARING, meter.sharing.share());
        }

        void latency(Figures figures, Meter meter) {
            put(Metric.CYCLES, figures.bill().cyclesPerPacket());
            put(Metric.GET_P50, meter.latency.percentile(50));
            put(Metric.GET_P99, meter.latency.percentile(99));
            put(Metric.GET_P999, meter.latency.percentile(99.9));
            put(Metric.GET_MOST, meter.latency.percentile(100));
        }
    }
}
