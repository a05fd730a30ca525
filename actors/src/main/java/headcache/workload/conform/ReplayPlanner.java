package headcache.workload.conform;

import headcache.protocol.Head;
import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import headcache.workload.BadInputException;
import headcache.workload.trace.Call;
import headcache.workload.trace.InitialState;
import headcache.workload.trace.Recording;
import headcache.workload.trace.TraceContext;
import headcache.workload.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes a recording apart.
 *
 * <p>A CPU of which it is not known what its cache held begins where the cache is known to be empty: at
 * its first {@code bulk_alloc}, or at its first event if that is a put that counts 1. What its cache did
 * before is skipped.
 */
final class ReplayPlanner {
    private final Recording recording;
    private final Routes routes;
    private final List<CpuPlan> cpus = new ArrayList<>();
    private final List<SortedMap<Integer, Playback>> slabs = new ArrayList<>();
    private final Findings findings = new Findings();
    private int skipped;
    private int unnamed;

    private ReplayPlanner(Recording recording) {
        this.recording = recording;
        this.routes = new Routes(recording);
        this.unnamed = recording.objectLimit();
    }

    /**
     * Plans the replay of {@code recording}.
     *
     * @throws BadInputException if {@code initial} names more heads than there can be
     */
    static ReplayPlan plan(Recording recording, InitialState initial, ConformSettings settings) {
        final ReplayPlanner planner = new ReplayPlanner(recording);
        planner.setUp(initial, settings);
        for (int row = 0; row < recording.size(); row++) {
            planner.row(row, planner.cpus.get(recording.cpu(row)));
        }
        for (final CpuPlan cpu : planner.cpus) {
            planner.orphan(cpu, cpu.takeBulkAlloc(), "no get follows it");
        }
        if (recording.missingRows() > 0) {
            planner.findings.add(
                    new Mismatch(
                            Check.COMPLETE,
                            recording.firstMissingLine() - recording.line(0),
                            Mismatch.NO_CPU,
                            "seq counts without gaps",
                            "rows are missing before this one"),
                    recording.missingRows());
        }
        return new ReplayPlan(
                recording, planner.routes, planner.cpus, planner.slabs, planner.skipped, planner.findings);
    }

    private void setUp(InitialState initial, ConformSettings settings) {
        final int[] nodeOfCpu = settings.nodes(recording, Math.max(recording.cpus(), initial.cpus(recording.name())));
        int nodes = recording.nodes();
        for (int cpu = 0; cpu < nodeOfCpu.length; cpu++) {
            initial.of(recording.name(), cpu).ifPresent(this::countNamed);
        }
        for (int cpu = 0; cpu < nodeOfCpu.length; cpu++) {
            final CpuPlan plan = new CpuPlan(cpu, nodeOfCpu[cpu]);
            cpus.add(plan);
            nodes = Math.max(nodes, nodeOfCpu[cpu] + 1);
            initial.of(recording.name(), cpu).ifPresent(state -> plan.startWith(heads(state, initial)));
        }
        for (int node = 0; node < nodes; node++) {
            slabs.add(new TreeMap<>());
        }
    }

    private void countNamed(InitialState.CacheState state) {
        for (final int object : state.objects()) {
            unnamed = Math.max(unnamed, object + 1);
        }
    }

    /** Heads that the recording never names get names of their own. */
    private int[] heads(InitialState.CacheState state, InitialState initial) {
        final int[] heads = new int[state.objects().length];
        for (int i = 0; i < heads.length; i++) {
            final int object = state.objects()[i];
            if (object != InitialState.UNKNOWN && object < recording.objectLimit()) {
                heads[i] = recording.head(object, SlabKind.HEAD);
            } else if (object != InitialState.UNKNOWN) {
                heads[i] = Head.plain(0, object);
            } else if (unnamed < Head.INDEX_LIMIT) {
                heads[i] = Head.plain(0, unnamed++);
            } else {
                throw new BadInputException(
                        initial.file(), state.line(), "no number is left for an unknown head", "limit", unnamed);
            }
        }
        return heads;
    }

    private void row(int row, CpuPlan cpu) {
        final TraceEvent event = recording.event(row);
        if (event.isCacheEvent() && !isStarted(row, event, cpu)) {
            skipped++;
            return;
        }
        final boolean interrupt = recording.call(recording.callId(row)).context() == TraceContext.HARDIRQ;
        if (event != TraceEvent.GET && !interrupt) {
            orphan(cpu, cpu.takeBulkAlloc(), "no get follows it directly");
        }
        switch (event) {
            case GET -> cpu.get(row);
            case PUT -> cpu.put(row);
            case BULK_ALLOC -> bulkAlloc(row, cpu);
            case BULK_FREE -> bulkFree(row, cpu);
            case SLAB_ALLOC -> slabAlloc(row, cpu, interrupt);
            case SLAB_FREE -> slabFree(row, cpu, interrupt);
            case POLL -> cpu.other();
        }
    }

    private boolean isStarted(int row, TraceEvent event, CpuPlan cpu) {
        final boolean first = cpu.isFirstCacheEvent();
        if (event == TraceEvent.BULK_ALLOC || (first && event == TraceEvent.PUT && recording.count(row) == 1)) {
            cpu.start();
        }
        return cpu.isStarted();
    }

    private void bulkAlloc(int row, CpuPlan cpu) {
        final int[] heads = heads(recording.objects(row));
        playback(cpu.node(), Requester.cpu(cpu.cpu())).refills().add(heads);
        cpu.bulkAlloc(row);
    }

    private void bulkFree(int row, CpuPlan cpu) {
        final int[] heads = heads(recording.objects(row));
        for (final int head : heads) {
            playback(Head.node(head), Requester.cpu(cpu.cpu())).addFreed(head, row);
        }
        if (!cpu.bulkFree(row)) {
            orphan(cpu, row, "no put precedes it directly");
        }
    }

    private void slabAlloc(int row, CpuPlan cpu, boolean interrupt) {
        final Call call = recording.call(recording.callId(row));
        final int head = recording.head(recording.object(row), call.kind());
        final int node = call.node() == Op.ANY_NODE ? cpu.node() : call.node();
        playback(node, requester(row, cpu)).singles().add(head);
        cpu.single(row, routes.isTask(row), interrupt);
    }

    private void slabFree(int row, CpuPlan cpu, boolean interrupt) {
        final Call call = recording.call(recording.callId(row));
        final int head = recording.head(recording.object(row), call.kind());
        playback(Head.node(head), requester(row, cpu)).addFreed(head, row);
        cpu.single(row, routes.isTask(row), interrupt);
    }

    private int requester(int row, CpuPlan cpu) {
        return routes.isTask(row) ? Requester.task(cpu.cpu()) : Requester.cpu(cpu.cpu());
    }

    private Playback playback(int node, int requester) {
        return slabs.get(node).computeIfAbsent(requester, key -> new Playback());
    }

    private int[] heads(int[] objects) {
        for (int i = 0; i < objects.length; i++) {
            objects[i] = recording.head(objects[i], SlabKind.HEAD);
        }
        return objects;
    }

    private void orphan(CpuPlan cpu, int row, String why) {
        if (row != Script.NO_ROW) {
            findings.add(new Mismatch(Check.RULE, row, cpu.cpu(), RowText.of(recording, row), why));
        }
    }
}
