package headcache.demos.cli;

/** What bare {@code headcache} prints: at most twenty lines that say what this is and where to begin. */
final class Tour {

    private Tour() {}

    static String text() {
        return """
                headcache: the kernel's per-CPU cache of socket-buffer heads, as actors

                  Each CPU is an actor that owns a small stack of free heads. It takes heads
                  from it and gives them back; when the stack is empty it asks the slab actor
                  of its memory node for 16 at once, and at 64 it gives the newest 32 back.

                      network card -> CPU 0 [ heads ] --refill 16-->  slab of node 0
                                                      <--spill 32---
                      network card -> CPU 1 [ heads ] ...

                Begin here:
                  headcache run                a recorded router on this machine
                  headcache explain --head 17  the life of one of its heads, event by event
                  headcache lesson             three lessons, for a screen or a projector
                  headcache list               what there is: commands and their subjects

                One message at a time per actor takes the place of the kernel's
                "one softirq at a time per CPU"; that is why neither needs a lock.
                """;
    }
}
