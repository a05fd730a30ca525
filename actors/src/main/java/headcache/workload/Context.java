package headcache.workload;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.TaskId;

/** Where on a CPU an operation runs. Operations of one context of one CPU run in order, those of two do not. */
public enum Context {
    /** The CPU's own turn, which has the head cache. Hard interrupts count as part of it. */
    SOFTIRQ,
    /** The task pinned to the CPU, which calls the slab. */
    TASK;

    private static final Context[] ALL = values();

    /** The number of this context's queue of operations on {@code cpu}. */
    public int queue(int cpu) {
        return cpu * ALL.length + ordinal();
    }

    /** How many queues {@code cpus} CPUs have. */
    static int queues(int cpus) {
        return cpus * ALL.length;
    }

    /** The CPU of {@code queue}. */
    public static int cpu(int queue) {
        return queue / ALL.length;
    }

    /** The context of {@code queue}. */
    public static Context of(int queue) {
        return ALL[queue % ALL.length];
    }

    /** The actor that runs the operations of {@code queue}. */
    static ActorName actor(int queue) {
        return of(queue) == SOFTIRQ ? new CpuId(cpu(queue)) : new TaskId(cpu(queue));
    }

    /** The queue whose operations {@code actor} runs. */
    static int queue(ActorName actor) {
        if (actor instanceof CpuId cpu) {
            return SOFTIRQ.queue(cpu.index());
        }
        if (actor instanceof TaskId task) {
            return TASK.queue(task.index());
        }
        throw new IllegalArgumentException("runs no operations: actor=" + actor);
    }
}
