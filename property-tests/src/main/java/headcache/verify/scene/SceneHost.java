package headcache.verify.scene;

import headcache.kit.Semantics;
import headcache.kit.shrink.Host;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets up one scene after the other in one actor system.
 *
 * @param <C> what scenes are made of
 */
public final class SceneHost<C> implements Host<C> {
    private final Function<? super C, Scene> scene;
    private @Nullable MachineWorld world;

    /** Sets up the scene that {@code scene} makes of a case. */
    public SceneHost(Function<? super C, Scene> scene) {
        this.scene = scene;
    }

    @Override
    public MachineWorld show(C subject, Semantics semantics) {
        final MachineWorld there = world;
        if (there == null) {
            final MachineWorld first = new MachineWorld(scene.apply(subject), semantics);
            world = first;
            return first;
        }
        there.show(scene.apply(subject), semantics);
        return there;
    }

    @Override
    public void close() {
        final MachineWorld there = world;
        if (there != null) {
            there.close();
        }
    }
}
