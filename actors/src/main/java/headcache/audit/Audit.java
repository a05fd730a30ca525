package headcache.audit;

import headcache.machine.Channels;
import headcache.machine.MachinePlan;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotId;
import headcache.protocol.DepotMessage;
import headcache.protocol.DriverId;
import headcache.protocol.Marker;
import headcache.protocol.Message;
import headcache.protocol.NicId;
import headcache.protocol.NicMessage;
import headcache.protocol.NodeId;
import headcache.protocol.SlabMessage;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import headcache.protocol.Via;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * What it takes to audit a machine: its channels, and the name of the driver that collects what is counted.
 *
 * <p>A machine takes part if each of its steps does, and each of its drivers; a machine whose steps do not has nothing to
 * do with audits at all.
 *
 * @param channels who may send to whom, drivers included
 * @param id the driver that is none of the channels' actors and runs {@link #step}
 */
public record Audit(Channels channels, DriverId id) {

    /** The actor that begins cuts and collects what is counted. */
    public AuditStep step() {
        return new AuditStep(id, channels);
    }

    /** {@code plan} with every step taking part. Its drivers stay as they are, and its tap sees {@link AuditedStep}s. */
    public MachinePlan audited(MachinePlan plan) {
        final TreeMap<Integer, Step<SlabMessage>> slabs = new TreeMap<>();
        plan.slabs().forEach((node, step) -> slabs.put(node, audited(NodeId.of(node), step)));
        final List<Step<CpuMessage>> cpus = audited(plan.cpus(), CpuId::new);
        final List<Step<DepotMessage>> depots = audited(plan.depots(), DepotId::new);
        final List<Step<TaskMessage>> tasks = audited(plan.tasks(), TaskId::new);
        final List<Step<NicMessage>> nics = audited(plan.nics(), NicId::new);
        return new MachinePlan(cpus, slabs, plan.slabOfNode(), depots, tasks, nics, plan.drivers(), plan.tap());
    }

    private <M extends Message> List<Step<M>> audited(List<Step<M>> steps, IntFunction<ActorName> name) {
        final List<Step<M>> audited = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            audited.add(audited(name.apply(i), steps.get(i)));
        }
        return List.copyOf(audited);
    }

    /** {@code step}, the actor {@code self}, taking part. */
    public <M extends Message> Step<M> audited(ActorName self, Step<M> step) {
        return new AuditedStep<>(self, step, channels);
    }

    /** A tap for an audited machine that shows {@code tap} what it would see of one that is not, and the markers. */
    public static Tap within(Tap tap) {
        if (tap == Tap.NONE) {
            return tap;
        }
        return (who, message, state, events) -> {
            if (message instanceof Marker || !(state instanceof AuditedStep<?> audited)) {
                tap.onStep(who, message, state, events);
            } else {
                tap.onStep(who, message instanceof Via via ? via.message() : message, audited.inner(), events);
            }
        };
    }
}
