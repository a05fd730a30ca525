package headcache.verify.scene;

import headcache.audit.Audit;
import headcache.machine.Blueprint;
import headcache.machine.MachinePlan;
import headcache.protocol.DriverId;
import headcache.step.Tap;
import headcache.verify.CommandWriter;
import headcache.verify.DriverStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a scene is the same in each of its runs, worked out once; each run has players of its own. */
final class Playbill {
    private final Scene scene;
    private final Blueprint machine;
    private final @Nullable Audit audit;

    Playbill(Scene scene) {
        this.scene = scene;
        this.machine = new Blueprint(scene.machine());
        this.audit = scene.audited() == Scene.Audited.NOT
                ? null
                : new Audit(
                        SceneChannels.of(scene, machine.plan(Tap.NONE)),
                        new DriverId(scene.scripts().size()));
    }

    /** The players of a run, before any of them has been told anything. */
    Players players() {
        final MachinePlan plan = machine.plan(Tap.NONE);
        final int cpus = scene.machine().topology().cpus();
        final List<DriverStep> scripts = new ArrayList<>();
        for (int i = 0; i < scene.scripts().size(); i++) {
            scripts.add(new DriverStep(
                    new DriverId(i),
                    cpus,
                    plan.depots().size(),
                    CommandWriter.SLOTS,
                    scene.scripts().get(i)));
        }
        final Audit taken = audit;
        final boolean collects = scene.audited() == Scene.Audited.COLLECTED;
        return new Players(plan, scripts, taken, taken != null && collects ? taken.step() : null);
    }
}
