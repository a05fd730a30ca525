package headcache.machine;

import headcache.protocol.CpuId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which CPUs are online, and who inherits from one that goes offline. */
final class CpuSwitches {
    private final boolean[] online;

    CpuSwitches(int cpus) {
        online = new boolean[cpus];
        Arrays.fill(online, true);
    }

    @Nullable
    String whyNotOff(CpuId cpu) {
        if (!exists(cpu)) {
            return "no such CPU: cpu=" + cpu.index() + ", cpus=" + online.length;
        }
        if (!online[cpu.index()]) {
            return "already offline: cpu=" + cpu.index();
        }
        return survivor(cpu.index()) < 0 ? "the last CPU stays online: cpu=" + cpu.index() : null;
    }

    @Nullable
    String whyNotOn(CpuId cpu) {
        if (!exists(cpu)) {
            return "no such CPU: cpu=" + cpu.index() + ", cpus=" + online.length;
        }
        return online[cpu.index()] ? "already online: cpu=" + cpu.index() : null;
    }

    /** Marks {@code cpu} offline; the next one that is online survives it. */
    CpuId off(CpuId cpu) {
        online[cpu.index()] = false;
        return new CpuId(survivor(cpu.index()));
    }

    void on(CpuId cpu) {
        online[cpu.index()] = true;
    }

    private boolean exists(CpuId cpu) {
        return cpu.index() >= 0 && cpu.index() < online.length;
    }

    private int survivor(int of) {
        for (int i = 1; i < online.length; i++) {
            final int candidate = (of + i) % online.length;
            if (online[candidate]) {
                return candidate;
            }
        }
        return -1;
    }
}
