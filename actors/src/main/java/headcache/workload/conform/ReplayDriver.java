package headcache.workload.conform;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import headcache.protocol.ActorName;
import headcache.protocol.Connect;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Directory;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.MachineName;
import headcache.protocol.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Feeds a replay: every CPU and task gets its rows in batches, one batch at a time, independently of the
 * others. Nothing has to wait for another CPU, because the skbs that are released come from the
 * recording, not from whoever allocated them.
 */
final class ReplayDriver {
    /** Its name: the first driver of the machine. */
    static final DriverId ID = new DriverId(0);

    private final Directory directory;
    private final List<BatchFeed> cpus = new ArrayList<>();
    private final List<BatchFeed> tasks = new ArrayList<>();
    private int working;

    private ReplayDriver(ReplayPlan plan, Directory directory) {
        this.directory = directory;
        final OpTable ops = new OpTable(plan);
        for (final CpuPlan cpu : plan.cpus()) {
            cpus.add(new BatchFeed(plan.recording(), ops, cpu.softirq(), cpu.cpu()));
            tasks.add(new BatchFeed(plan.recording(), ops, cpu.task(), cpu.cpu()));
        }
    }

    /** A driver that completes {@code done} when all has been replayed, or when it fails. */
    static Behavior<DriverMessage> create(ReplayPlan plan, CompletableFuture<Boolean> done) {
        return Behaviors.receive(DriverMessage.class)
                .onMessage(Connect.class, connect -> {
                    connect.directory().tell(MachineName.MACHINE, new MachineMessage.Connected(ID));
                    return new ReplayDriver(plan, connect.directory()).begin(done);
                })
                .build();
    }

    private Behavior<DriverMessage> begin(CompletableFuture<Boolean> done) {
        attempt(this::feedAll, done);
        return Behaviors.receive(DriverMessage.class)
                .onMessage(DriverMessage.BatchDone.class, batch -> {
                    attempt(() -> onDone(batch.who()), done);
                    return Behaviors.same();
                })
                .build();
    }

    /** A driver that crashed would leave the replay waiting for ever. */
    private void attempt(Runnable turn, CompletableFuture<Boolean> done) {
        try {
            turn.run();
            if (working == 0) {
                done.complete(true);
            }
        } catch (final RuntimeException failure) {
            done.completeExceptionally(failure);
        }
    }

    private void feedAll() {
        for (int cpu = 0; cpu < cpus.size(); cpu++) {
            feed(new CpuId(cpu), cpus.get(cpu));
            feed(new TaskId(cpu), tasks.get(cpu));
        }
    }

    private void onDone(ActorName who) {
        working--;
        if (who instanceof CpuId cpu) {
            feed(cpu, cpus.get(cpu.index()));
        } else if (who instanceof TaskId task) {
            feed(task, tasks.get(task.index()));
        }
    }

    private void feed(ActorName to, BatchFeed feed) {
        final CpuMessage.Batch next = feed.next();
        if (next != null) {
            working++;
            directory.tell(to, next);
        }
    }
}
