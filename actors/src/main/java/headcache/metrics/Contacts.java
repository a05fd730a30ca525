package headcache.metrics;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * When CPUs call on the slab layer in bulk, and how much comes at once.
 *
 * <p>The <i>gap</i> is the fewest operations that one CPU does from one contact to its next: what a policy promises for
 * any workload. All contacts of one operation are one here, though each of several owners gets a message of its own and
 * counts by itself where contacts are counted: that they are 0 apart would say nothing. The <i>longest</i> bulk allocation matters because the kernel's runs with interrupts off.
 */
final class Contacts {
    private final OfCpu[] cpus;

    /** Watches {@code count} CPUs. */
    Contacts(int count) {
        cpus = new OfCpu[count];
        Arrays.setAll(cpus, cpu -> new OfCpu());
    }

    /** {@code cpu} did a get, whether it was served or not, or a put. */
    void operated(int cpu) {
        cpus[cpu].operations++;
        cpus[cpu].giving = false;
    }

    /** {@code cpu} asks for a refill, for the get that it is about to do. */
    void asked(int cpu) {
        cpus[cpu].contact(1);
        cpus[cpu].brought = 0;
    }

    /** A refill brought {@code cpu} one more head. */
    void brought(int cpu) {
        final OfCpu own = cpus[cpu];
        own.brought++;
        own.longest = Math.max(own.longest, own.brought);
    }

    /** {@code cpu} gives one more head back in bulk; those between two operations are one contact. */
    void gave(int cpu) {
        if (!cpus[cpu].giving) {
            cpus[cpu].giving = true;
            cpus[cpu].contact(0);
        }
    }

    /** The fewest operations between two contacts; nothing if no CPU had two. */
    OptionalDouble gap() {
        final long gap = Arrays.stream(cpus).mapToLong(cpu -> cpu.gap).min().orElse(Long.MAX_VALUE);
        return gap == Long.MAX_VALUE ? OptionalDouble.empty() : OptionalDouble.of((double) gap);
    }

    /** The most heads of one refill; nothing if there was none. */
    OptionalDouble longest() {
        final int longest =
                Arrays.stream(cpus).mapToInt(cpu -> cpu.longest).max().orElse(0);
        return longest == 0 ? OptionalDouble.empty() : OptionalDouble.of(longest);
    }

    private static final class OfCpu {
        private static final long NEVER = -1;

        private long operations;
        private long last = NEVER;
        private long gap = Long.MAX_VALUE;
        private int brought;
        private int longest;
        private boolean giving;

        /** A contact that belongs to the operation just done, or to the one {@code ahead} of it. */
        void contact(int ahead) {
            final long now = operations + ahead;
            if (last != NEVER && last != now) {
                gap = Math.min(gap, now - last);
            }
            last = now;
        }
    }
}
