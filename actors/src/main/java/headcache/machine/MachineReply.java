package headcache.machine;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuReport;
import headcache.protocol.DepotId;
import headcache.protocol.DepotReport;
import headcache.protocol.Directory;
import headcache.protocol.NicId;
import headcache.protocol.NicReport;
import headcache.protocol.NodeId;
import headcache.protocol.NodeReport;
import headcache.protocol.Report;
import headcache.protocol.TaskId;
import headcache.protocol.TaskReport;
import java.util.Map;

/** What the machine answers to whoever stands outside. */
public sealed interface MachineReply {

    /** All actors know one another; drivers have been let go. */
    record Ready(Directory directory) implements MachineReply {}

    /** A CPU went offline or came back. */
    record Switched(CpuId cpu, boolean online) implements MachineReply {}

    /** An order that makes no sense now; nothing was done. */
    record Refused(String reason) implements MachineReply {}

    /** All CPUs gave back what they had. */
    enum Drained implements MachineReply {
        /** It says no more than that. */
        DRAINED
    }

    /** The counters of every part, in the order CPUs, nodes, tasks, NICs. */
    record Snapshot(Map<ActorName, Report> reports) implements MachineReply {

        /** The counters of a CPU that the machine has. */
        public CpuReport cpu(CpuId cpu) {
            return (CpuReport) report(cpu);
        }

        /** The counters of a node that has memory. */
        public NodeReport node(NodeId node) {
            return (NodeReport) report(node);
        }

        /** The counters of a depot that the machine has. */
        public DepotReport depot(DepotId depot) {
            return (DepotReport) report(depot);
        }

        /** The counters of a task that the machine has. */
        public TaskReport task(TaskId task) {
            return (TaskReport) report(task);
        }

        /** The counters of a NIC that the machine has. */
        public NicReport nic(NicId nic) {
            return (NicReport) report(nic);
        }

        private Report report(ActorName who) {
            final Report report = reports.get(who);
            if (report == null) {
                throw new IllegalArgumentException("not a part of this machine: " + who);
            }
            return report;
        }
    }

    /** All actors have stopped. */
    enum Stopped implements MachineReply {
        /** It says no more than that. */
        STOPPED
    }

    /**
     * An actor crashed, so heads may be lost and nothing more can be said of the machine, which stands
     * still.
     *
     * @param who the actor
     * @param cause why
     */
    record Failed(String who, Throwable cause) implements MachineReply {}
}
