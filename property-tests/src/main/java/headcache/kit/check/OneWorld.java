package headcache.kit.check;

import headcache.kit.Semantics;
import headcache.kit.World;
import headcache.kit.shrink.Case;
import headcache.kit.shrink.Host;
import java.util.List;

/** A world as it is: no part of it can be left out, only runs of it can be smaller. */
record OneWorld(World world) implements Host<OneWorld.Whole> {

    /** All of the world. */
    enum Whole implements Case<Whole> {
        /** The only case there is. */
        IT;

        @Override
        public List<Whole> smaller() {
            return List.of();
        }

        @Override
        public long size() {
            return 0;
        }
    }

    @Override
    public World show(Whole subject, Semantics semantics) {
        if (world.semantics() != semantics) {
            world.assume(semantics);
        }
        return world;
    }

    /** Leaves the world to whoever made it. */
    @Override
    public void close() {}
}
