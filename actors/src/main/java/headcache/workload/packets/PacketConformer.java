package headcache.workload.packets;

import headcache.workload.BadInputException;
import headcache.workload.capture.CaptureDamage;
import headcache.workload.capture.Frame;
import headcache.workload.capture.Treatment;
import headcache.workload.packets.KernelNic.KernelHead;
import headcache.workload.trace.InitialState;
import headcache.workload.trace.InitialStateReader;
import headcache.workload.trace.Nic;
import headcache.workload.trace.NicsReader;
import headcache.workload.trace.Recording;
import headcache.workload.trace.RecordingReader;
import headcache.workload.trace.TraceSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Holds the captured packets of a run against the recorded head caches of the same run. */
public final class PacketConformer {
    /** What a poll may take, which is what each takes whose size is guessed. */
    private static final int BUDGET = 64;

    private PacketConformer() {}

    /**
     * Reads the recording {@code source} and the captures beside it, and compares.
     *
     * @throws BadInputException if the recording, the list of its NICs or a capture is missing or cannot be read
     */
    public static PacketConformance conform(TraceSource source) {
        final List<Nic> nics = nicsOf(source);
        final Recording recording = RecordingReader.read(source);
        final KernelSide side = KernelSide.of(recording);
        final Map<String, KernelNic> kernel = side.nics();
        final List<NicRun> runs = new ArrayList<>();
        for (final Nic nic : nics) {
            final KernelNic its = kernel.get(nic.device());
            if (its == null) {
                throw new BadInputException(
                        source.file(),
                        0,
                        "no poll of this NIC was recorded",
                        "dev",
                        nic.device(),
                        "polled",
                        kernel.keySet());
            }
            final CapturedNic captured = CapturedNic.read(nic, beside(source, nic.file()));
            runs.add(new NicRun(captured, its, ModelNic.receive(captured.received(), its.polls())));
        }
        final List<String> damage = runs.stream()
                .flatMap(run -> run.captured.damage().stream())
                .map(CaptureDamage::message)
                .toList();
        return new PacketConformance(
                source.name(),
                runs.stream().map(PacketConformer::received).toList(),
                damage.isEmpty() ? forwarded(runs) : List.of(),
                new PollStudy(runs.stream().map(NicRun::captured).toList(), recording, initialState(source))
                        .effects(side.polls()),
                damage);
    }

    private static List<Nic> nicsOf(TraceSource source) {
        final TraceSource list = beside(source, NicsReader.FILE);
        final List<Nic> nics = NicsReader.read(list).stream()
                .filter(nic -> nic.run().equals(source.name()))
                .toList();
        if (nics.isEmpty()) {
            throw new BadInputException(list.file(), 0, "names no capture of this run", "run", source.name());
        }
        return nics;
    }

    private static InitialState initialState(TraceSource source) {
        return source.beside(TraceSource.INITIAL_STATE)
                .map(InitialStateReader::read)
                .orElse(InitialState.NONE);
    }

    private static TraceSource beside(TraceSource source, String file) {
        return source.beside(file)
                .orElseThrow(() -> new BadInputException(source.file(), 0, "there is no " + file + " beside it"));
    }

    private static NicResult received(NicRun run) {
        final List<Frame> frames = run.captured.received();
        final List<KernelHead> heads = run.isDamaged()
                ? run.kernel
                        .received()
                        .subList(
                                0, Math.min(frames.size(), run.kernel.received().size()))
                : run.kernel.received();
        final List<Treatment> treated =
                heads.stream().map(head -> head.treatment).toList();
        final String device = run.captured.nic().device();
        final Tally treatments = Tally.of(device + ": frame received", treated, run.model.treatments());
        final Tally sites = Tally.of(
                device + ": site of frame received",
                heads.stream().map(head -> head.site).toList(),
                frames.stream().map(ModelNic::site).toList());
        final List<Integer> guess = Collections.nCopies((frames.size() + BUDGET - 1) / BUDGET, BUDGET);
        final Tally guessed =
                Tally.of(device, treated, ModelNic.receive(frames, guess).treatments());
        return new NicResult(
                device,
                run.kernel.polls().size(),
                frames.size(),
                heads.size(),
                counts(run.model::count),
                counts(run.kernel::count),
                treatments.differences(),
                sites.differences(),
                guessed.differences(),
                treatments.first().or(sites::first));
    }

    private static List<ForwardResult> forwarded(List<NicRun> runs) {
        final List<ForwardResult> results = new ArrayList<>();
        for (final NicRun from : runs) {
            for (final NicRun to : runs) {
                if (to.captured.nic().forwardsFrom().equals(from.captured.nic().device())) {
                    results.add(forwarded(from, to));
                }
            }
        }
        return results;
    }

    private static ForwardResult forwarded(NicRun from, NicRun to) {
        final String device = from.captured.nic().device();
        final List<Frame> sent = to.captured.transmitted();
        final Forwarding model = Forwarding.of(device, from.model.units(), sent);
        final List<Origin> kernel = to.kernel.completions();
        final Tally completions = Tally.of(to.captured.nic().device() + ": completion", kernel, model.completions());
        return new ForwardResult(
                device,
                to.captured.nic().device(),
                heads(model.completions()),
                heads(kernel),
                model.completions().size() - heads(model.completions()),
                kernel.size() - heads(kernel),
                model.sent(),
                sent.size(),
                model.emptySegments(),
                completions.differences(),
                model.frames().differences(),
                completions.first().or(() -> model.frames().first()));
    }

    private static int heads(List<Origin> completions) {
        return completions.size() - Collections.frequency(completions, Origin.OWN);
    }

    private static Map<Treatment, Integer> counts(ToIntFunction<Treatment> of) {
        final Map<Treatment, Integer> counts = new EnumMap<>(Treatment.class);
        for (final Treatment treatment : Treatment.values()) {
            counts.put(treatment, of.applyAsInt(treatment));
        }
        return Collections.unmodifiableMap(counts);
    }

    /** One NIC by capture, recording and model. */
    private record NicRun(CapturedNic captured, KernelNic kernel, ModelNic model) {
        boolean isDamaged() {
            return captured.damage().isPresent();
        }
    }
}
