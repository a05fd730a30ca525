package headcache.workload.conform;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.TaskId;

/** Numbers for those who call slabs: CPUs from 0 up, tasks from -1 down. */
final class Requester {
    private Requester() {}

    static int cpu(int cpu) {
        return cpu;
    }

    static int task(int cpu) {
        return ~cpu;
    }

    static int of(ActorName name) {
        if (name instanceof CpuId cpu) {
            return cpu(cpu.index());
        }
        if (name instanceof TaskId task) {
            return task(task.index());
        }
        throw new IllegalArgumentException("does not call slabs in a replay: " + name);
    }
}
