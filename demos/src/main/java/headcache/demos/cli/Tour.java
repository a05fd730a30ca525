package headcache.demos.cli;

/** What bare {@code headcache} prints: at most twenty lines that say what this is and where to begin. */
final class Tour {

    private Tour() {}

    static String text() {
        return """
                headcache: the kernel's per-CPU cache of socket-buffer heads, as actors

                  Each CPU is an actor that owns a small stack of free heads. When that is
                  empty it gets 16 from the slab actor of its memory node; when it holds 64
                  it gives the newest 32 back. One message at a time: no lock is needed.

                      network card -> CPU 0 [ heads ] <--- refill 16 --- slab of node 0
                                                      ---- spill 32 --->

                Begin here:
                  ./headcache lesson 1           how it works, step by step
                  ./headcache run                a recorded router on this machine
                  ./headcache explain --head 25  the life of one of its heads, event by event
                  ./headcache conform            the model against each event of a real kernel
                  ./headcache check              every order of messages of small machines
                  ./headcache mutants            planted bugs, and which check finds each
                  ./headcache series             what each patch of the kernel's series bought
                  ./headcache compare            policies side by side on the same work
                  ./headcache list               workloads, recordings, scenarios, lessons
                  ./headcache COMMAND --help     what COMMAND does, and all its options
                """;
    }
}
