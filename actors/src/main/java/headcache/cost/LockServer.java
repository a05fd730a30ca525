package headcache.cost;

/**
 * A lock that several CPUs need by turns, as a queueing server in virtual time: a closed network of one queue, in which
 * each CPU works on its own for a while, then needs the lock, and waits if it is held.
 *
 * <p>Throughput and waiting are those of exact mean-value analysis (Reiser and Lavenberg, Journal of the ACM 27, 1980): a
 * CPU that comes finds the queue that the other CPUs would have without it. Times are taken to be distributed
 * exponentially. Units are whatever the two times are given in.
 *
 * @param alone the time that a CPU works without the lock, between two times that it needs it
 * @param held the time for which it holds the lock
 */
record LockServer(double alone, double held) {
    private static final double PRECISION = 1e-12;

    /** The time from when a CPU wants the lock to when it gives it back, of {@code cpus} CPUs. */
    double response(int cpus) {
        double queue = 0;
        double response = held;
        for (int others = 0; others < cpus; others++) {
            response = held * (1 + queue);
            queue = (others + 1) / (alone + response) * response;
        }
        return response;
    }

    /** How many rounds all of {@code cpus} CPUs together do in a unit of time. */
    double throughput(int cpus) {
        return cpus / (alone + response(cpus));
    }

    /** The share of its time for which each of {@code cpus} CPUs waits for others. */
    double waiting(int cpus) {
        final double response = response(cpus);
        return (response - held) / (alone + response);
    }

    /** The server for which {@code cpus} CPUs, that work alone for 1, wait for a share of {@code waiting} of their time. */
    static LockServer fitted(int cpus, double waiting) {
        double least = 0;
        double most = cpus;
        while (most - least > PRECISION) {
            final double held = (least + most) / 2;
            if (new LockServer(1, held).waiting(cpus) < waiting) {
                least = held;
            } else {
                most = held;
            }
        }
        return new LockServer(1, (least + most) / 2);
    }
}
