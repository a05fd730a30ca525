package headcache.verify.scene;

import headcache.audit.Audit;
import headcache.audit.AuditMessage;
import headcache.audit.AuditStep;
import headcache.audit.AuditedStep;
import headcache.audit.Cut;
import headcache.machine.MachinePlan;
import headcache.protocol.ActorName;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.Marker;
import headcache.protocol.Message;
import headcache.step.Step;
import headcache.verify.DriverStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of all actors of a scene, before any of them has been told anything.
 *
 * @param plan the machine
 * @param scripts the drivers that follow a script
 * @param audit the audit that takes a cut, or null
 * @param collector what collects the cut, as one driver more, or null
 */
record Players(
        MachinePlan plan,
        List<DriverStep> scripts,
        @Nullable Audit audit,
        @Nullable AuditStep collector) {

    /** The players of {@code scene}. */
    static Players of(Scene scene) {
        return new Playbill(scene).players();
    }

    /** {@code step} as it plays: taking part in the audit, if there is one. */
    <M extends Message> Step<M> actor(ActorName who, Step<M> step) {
        return audit == null ? step : audit.audited(who, step);
    }

    /** How many drivers there are, the collector included. */
    int drivers() {
        return scripts.size() + (collector == null ? 0 : 1);
    }

    /** Somebody who is told when drivers are done, and is not there. */
    DriverId nobody() {
        return new DriverId(drivers());
    }

    /** What the actor of {@code driver} is told first, from outside. */
    List<DriverMessage> begin(int driver) {
        if (driver == scripts.size()) {
            return List.of(new AuditMessage.Begin(nobody()));
        } else if (driver == 0 && audit != null && collector == null) {
            return List.of(DriverStep.go(nobody()), new Marker(nobody(), nobody(), 1));
        }
        return List.of(DriverStep.go(nobody()));
    }

    /** The cut that the audit has taken by now, if the actors' steps are {@code steps}; otherwise null. */
    @Nullable
    Cut cut(List<Step<?>> steps) {
        final Audit taken = audit;
        if (taken == null) {
            return null;
        }
        final List<AuditMessage.Counted> parts = new ArrayList<>();
        for (final Step<?> step : steps) {
            if (step instanceof AuditStep collecting) {
                return collecting.last();
            } else if (step instanceof AuditedStep<?> audited && audited.part() != null) {
                parts.add(audited.part());
            }
        }
        return parts.size() == taken.channels().actors().size() ? new Cut(1, parts) : null;
    }

    /** Why the cut that was taken does not add up, or null. */
    @Nullable
    String fault(List<Step<?>> steps) {
        final Cut cut = cut(steps);
        return cut == null || cut.addsUp() ? null : String.join("; ", cut.faults());
    }
}
