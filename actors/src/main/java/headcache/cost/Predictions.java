package headcache.cost;

import java.util.List;
import java.util.concurrent.Callable;

/** The registry of what the cost model is held against, in the order in which tables show it. */
public final class Predictions {
    private Predictions() {}

    /** Every experiment, to be made one after the other or side by side; each plays its workloads when it is called. */
    public static List<Callable<List<Experiment>>> all() {
        return List.of(
                () -> new SlabCurves().experiments(),
                () -> List.of(new Board().experiment()),
                () -> List.of(Savings.experiment()),
                () -> List.of(new Elsewhere().experiment()),
                () -> List.of(Contention.experiment()));
    }
}
