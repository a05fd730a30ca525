package headcache.workload.packets;

import headcache.machine.RunningMachine.Threads;
import headcache.machine.Topology;
import headcache.protocol.CpuReport;
import headcache.workload.ListedWorkload;
import headcache.workload.OpBuffer;
import headcache.workload.ProgressListener;
import headcache.workload.RunOptions;
import headcache.workload.RunResult;
import headcache.workload.WorkloadRun;
import headcache.workload.capture.Frame;
import headcache.workload.captured.CaptureKinds;
import headcache.workload.captured.CaptureSettings;
import headcache.workload.captured.Destination;
import headcache.workload.captured.GuessedPolls;
import headcache.workload.captured.Receiver;
import headcache.workload.trace.InitialState;
import headcache.workload.trace.Recording;
import headcache.workload.trace.TraceEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far the calls of head caches to the slab depend on where polls end: the frames of a run are received by the
 * machine three times, in the polls that were recorded, in polls of a whole budget, and in polls that are guessed from
 * arrival.
 */
final class PollStudy {
    /** So long that only a whole budget of frames, or the end, makes a poll. */
    private static final long FOR_EVER = Long.MAX_VALUE >> 1;

    private final List<CapturedNic> nics;
    private final Map<String, Integer> queueOf = new HashMap<>();
    private final Destination destination;
    private final Recording recording;
    private final InitialState initial;

    /** The study of the frames that {@code nics} received, one queue each, from CPU 0 on, during {@code recording}. */
    PollStudy(List<CapturedNic> nics, Recording recording, InitialState initial) {
        this.nics = nics;
        this.recording = recording;
        this.initial = initial;
        nics.forEach(nic -> queueOf.put(nic.nic().device(), queueOf.size()));
        this.destination =
                nics.stream().allMatch(nic -> nic.nic().forwardsFrom().isEmpty())
                        ? Destination.DELIVER
                        : Destination.FORWARD;
    }

    /** What the kernel did, and what the machine does for each way to know polls. */
    List<PollEffect> effects(List<KernelPoll> polls) {
        final List<PollEffect> effects = new ArrayList<>();
        for (int cpu = 0; cpu < recording.cpus(); cpu++) {
            effects.add(
                    new PollEffect(cpu, "kernel", count(cpu, TraceEvent.BULK_ALLOC), count(cpu, TraceEvent.BULK_FREE)));
        }
        final CaptureSettings settings = settings(recording.cpus(), CaptureSettings.WINDOW);
        effects.addAll(run(settings, "as recorded", receiver -> recorded(receiver, polls)));
        final CaptureSettings whole = settings(recording.cpus(), FOR_EVER);
        effects.addAll(run(whole, "64 frames each", receiver -> guessed(whole, receiver)));
        effects.addAll(run(settings, "50 us of arrival", receiver -> guessed(settings, receiver)));
        effects.sort(Comparator.comparingInt(PollEffect::cpu));
        return List.copyOf(effects);
    }

    private long count(int cpu, TraceEvent event) {
        long count = 0;
        for (int row = 0; row < recording.size(); row++) {
            count += recording.cpu(row) == cpu && recording.event(row) == event ? 1 : 0;
        }
        return count;
    }

    private CaptureSettings settings(int cpus, long window) {
        return new CaptureSettings(cpus, nics.size(), destination, 1, OptionalLong.empty(), window);
    }

    /** Receives all frames. */
    private interface Reception {
        void by(Receiver receiver);
    }

    private List<PollEffect> run(CaptureSettings settings, String polls, Reception reception) {
        final CaptureKinds kinds = new CaptureKinds();
        final OpBuffer ops = new OpBuffer();
        final Receiver receiver = new Receiver(settings, kinds);
        receiver.writeTo(ops);
        for (int cpu = 0; cpu < settings.cpus(); cpu++) {
            receiver.park(
                    cpu,
                    initial.of(recording.name(), cpu)
                            .map(cache -> cache.objects().length)
                            .orElse(0));
        }
        reception.by(receiver);
        for (int cpu = 0; cpu < settings.cpus(); cpu++) {
            receiver.completeOnly(cpu);
        }
        final RunResult result = WorkloadRun.run(
                ListedWorkload.of(Topology.even(settings.cpus(), 1), kinds.all(), ops),
                RunOptions.DEFAULT.with(Threads.DETERMINISTIC),
                ProgressListener.NONE);
        final List<PollEffect> effects = new ArrayList<>();
        for (final CpuReport cpu : RunResult.cpus(result.atEnd())) {
            effects.add(new PollEffect(effects.size(), polls, cpu.refills(), cpu.spills()));
        }
        return effects;
    }

    private void recorded(Receiver receiver, List<KernelPoll> polls) {
        final List<Iterator<Frame>> frames =
                nics.stream().map(nic -> nic.received().iterator()).toList();
        for (final KernelPoll poll : polls) {
            final Integer queue = queueOf.get(poll.device());
            if (queue != null) {
                receiver.poll(queue, poll.completions(), next(frames.get(queue), poll.frames()));
            }
        }
    }

    private static List<Frame> next(Iterator<Frame> frames, int count) {
        final List<Frame> next = new ArrayList<>(count);
        while (next.size() < count && frames.hasNext()) {
            next.add(frames.next());
        }
        return next;
    }

    private void guessed(CaptureSettings settings, Receiver receiver) {
        final GuessedPolls polls = new GuessedPolls(settings, receiver);
        final List<Arrival> arrivals = new ArrayList<>();
        for (int queue = 0; queue < nics.size(); queue++) {
            final CapturedNic nic = nics.get(queue);
            for (int i = 0; i < nic.received().size(); i++) {
                arrivals.add(
                        new Arrival(queue, nic.arrivals().get(i), nic.received().get(i)));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::time));
        arrivals.forEach(arrival -> polls.arrive(arrival.queue(), arrival.time(), arrival.frame()));
        polls.pollUntil(Long.MAX_VALUE - 1);
    }

    private record Arrival(int queue, long time, Frame frame) {}
}
