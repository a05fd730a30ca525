package headcache.workload.conform;

import headcache.cache.ArrayStackCache;
import headcache.cache.CachePolicy;
import headcache.cache.HeadCache;
import headcache.cpu.CpuPolicy;
import headcache.cpu.CpuStep;
import headcache.machine.MachinePlan;
import headcache.machine.RunningMachine;
import headcache.machine.RunningMachine.MachineFailure;
import headcache.machine.RunningMachine.Threads;
import headcache.nic.TaskStep;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.CpuReport;
import headcache.protocol.Message;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import headcache.skb.Kernel;
import headcache.step.EventLog;
import headcache.step.HeadMisuse;
import headcache.step.Step;
import headcache.workload.trace.InitialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The machine of one replay: the real CPUs and tasks over slabs that play back. */
final class Replay {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final ReplayPlan plan;
    private final List<CpuStep> cpus = new ArrayList<>();
    private final List<Part<CpuMessage>> softirqs = new ArrayList<>();
    private final List<Part<TaskMessage>> tasks = new ArrayList<>();
    private final List<PlaybackSlabStep> slabs = new ArrayList<>();
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();

    /** A step that replays, and who compares what it does. */
    private record Part<M extends Message>(GuardedStep<M> step, ScriptChecker checker) {}

    Replay(ReplayPlan plan, CachePolicy cache) {
        this.plan = plan;
        final CpuPolicy policy = new CpuPolicy(cache, Kernel.LINUX_5_12, true, CpuPolicy.BACKLOG_LIMIT);
        for (final CpuPlan cpu : plan.cpus()) {
            final CpuId id = new CpuId(cpu.cpu());
            final TaskId taskId = new TaskId(cpu.cpu());
            final NodeId node = NodeId.of(cpu.node());
            final CpuStep step = new CpuStep(id, node, policy, heads(cpu, id, cache));
            cpus.add(step);
            softirqs.add(new Part<>(new GuardedStep<>(id, step), new ScriptChecker(plan, cpu, cpu.softirq())));
            final TaskStep task = new TaskStep(taskId, cpu.cpu(), node, Kernel.LINUX_5_12, true);
            tasks.add(new Part<>(new GuardedStep<>(taskId, task), new ScriptChecker(plan, cpu, cpu.task())));
        }
        for (int node = 0; node < plan.slabs().size(); node++) {
            slabs.add(new PlaybackSlabStep(
                    NodeId.of(node), plan.recording().size(), plan.slabs().get(node)));
        }
    }

    /** The cache at the beginning; at rest it is never full. */
    private static ArrayStackCache heads(CpuPlan cpu, CpuId id, CachePolicy policy) {
        final ArrayStackCache heads = new ArrayStackCache(policy, id);
        heads.refill(cpu.initialHeads(), Math.min(cpu.initialHeads().length, policy.capacity() - 1));
        return heads;
    }

    /**
     * Boots the machine, replays everything and stops the machine.
     *
     * @throws MachineFailure if the machine does not come to an end
     */
    void run(Threads threads) {
        final Map<Integer, Step<SlabMessage>> slabOfNode = new TreeMap<>();
        for (int node = 0; node < slabs.size(); node++) {
            slabOfNode.put(node, slabs.get(node));
        }
        final MachinePlan machine = new MachinePlan(
                softirqs.stream().<Step<CpuMessage>>map(Part::step).toList(),
                slabOfNode,
                IntStream.range(0, slabs.size()).boxed().toList(),
                List.of(),
                tasks.stream().<Step<TaskMessage>>map(Part::step).toList(),
                List.of(),
                List.of(ReplayDriver.create(plan, done)),
                this::onStep);
        final RunningMachine running = RunningMachine.boot(machine, threads, LONGEST);
        try {
            done.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during a replay", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "the replay did not end: trace=" + plan.recording().name(), e);
        } finally {
            running.close();
        }
        for (int cpu = 0; cpu < cpus.size(); cpu++) {
            finish(softirqs.get(cpu), Requester.cpu(cpu));
            finish(tasks.get(cpu), Requester.task(cpu));
        }
    }

    private void finish(Part<?> part, int requester) {
        final RuntimeException failure = part.step().failure();
        if (failure == null) {
            slabs.forEach(slab -> slab.finish(requester));
        } else if (failure instanceof HeadMisuse) {
            part.checker().refused(String.valueOf(failure.getMessage()));
        } else {
            throw failure;
        }
    }

    /** The tap. What it throws would crash the actor that it watches, and the replay would never end. */
    private void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        try {
            if (who instanceof CpuId cpu) {
                softirqs.get(cpu.index())
                        .checker()
                        .onStep(events, cpus.get(cpu.index()).heads());
            } else if (who instanceof TaskId task) {
                tasks.get(task.index()).checker().onStep(events, null);
            }
        } catch (final RuntimeException failure) {
            done.completeExceptionally(failure);
        }
    }

    /** Adds to {@code findings} all that was found, and compares the ends of caches; how many ends there were. */
    int compareEnds(InitialState initial, Findings findings) {
        softirqs.forEach(part -> findings.addAll(part.checker().findings()));
        tasks.forEach(part -> findings.addAll(part.checker().findings()));
        slabs.forEach(slab -> findings.addAll(slab.findings()));
        int compared = 0;
        for (final CpuPlan cpu : plan.cpus()) {
            compareRemote(cpu, findings);
            final int recorded = initial.of(plan.recording().name(), cpu.cpu())
                    .map(InitialState.CacheState::finalCount)
                    .orElse(InitialState.NOT_RECORDED);
            if (recorded != InitialState.NOT_RECORDED) {
                compared++;
                compare(
                        Check.FINAL_COUNT,
                        cpu,
                        "heads in the cache at the end",
                        recorded,
                        heads(cpu).count(),
                        findings);
            }
        }
        return compared;
    }

    private void compareRemote(CpuPlan cpu, Findings findings) {
        if (plan.recording().hasHomes()) {
            final RemoteCounts remote = softirqs.get(cpu.cpu()).checker().remote();
            final CpuReport report = cpus.get(cpu.cpu()).report();
            compare(Check.HOME, cpu, "remote heads got", remote.gets(), report.remoteGets(), findings);
            compare(Check.HOME, cpu, "remote heads put", remote.puts(), report.remotePuts(), findings);
            compare(
                    Check.HOME,
                    cpu,
                    "remote heads delivered",
                    remote.recordedDelivered(),
                    remote.modelDelivered(),
                    findings);
        }
    }

    private void compare(Check check, CpuPlan cpu, String what, long recorded, long modelled, Findings findings) {
        if (recorded != modelled) {
            findings.add(new Mismatch(
                    check, plan.recording().size(), cpu.cpu(), what + "=" + recorded, what + "=" + modelled));
        }
    }

    private HeadCache heads(CpuPlan cpu) {
        return cpus.get(cpu.cpu()).heads();
    }

    int notReached() {
        return checkers().mapToInt(ScriptChecker::notCompared).sum();
    }

    int routesCompared() {
        return checkers().mapToInt(ScriptChecker::routesCompared).sum();
    }

    /** Rows by call whose function is not in the table. */
    SortedMap<String, Integer> unknownRoutes() {
        final SortedMap<String, Integer> rows = new TreeMap<>();
        checkers().forEach(checker -> {
            for (int call = 0; call < plan.recording().callCount(); call++) {
                if (checker.unknownCalls()[call] > 0) {
                    rows.merge(plan.recording().call(call).toString(), checker.unknownCalls()[call], Integer::sum);
                }
            }
        });
        return rows;
    }

    /** Remote heads, as recorded. */
    Conformance.Remote remote() {
        long gets = 0;
        long puts = 0;
        long delivered = 0;
        for (final Part<CpuMessage> part : softirqs) {
            gets += part.checker().remote().gets();
            puts += part.checker().remote().puts();
            delivered += part.checker().remote().recordedDelivered();
        }
        return new Conformance.Remote(gets, puts, delivered);
    }

    private Stream<ScriptChecker> checkers() {
        return Stream.concat(
                softirqs.stream().map(Part::checker), tasks.stream().map(Part::checker));
    }
}
