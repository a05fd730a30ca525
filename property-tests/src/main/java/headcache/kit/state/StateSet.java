package headcache.kit.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The states that were seen, each with the one it was first reached from. Threads may share it: what is added before
 * a thread is started, or waited for, can be read after.
 *
 * <p>Open addressing in shards of plain arrays: a state takes its numbers and four more at most.
 */
final class StateSet {
    private static final int SHARD_BITS = 6;
    private static final int SHARDS = 1 << SHARD_BITS;
    static final int NONE = -1;
    private static final int FOUND = -1;

    /** Entries of a shard, so that their numbers have room beside the number of the shard. */
    private static final int MOST = (1 << (Integer.SIZE - 1 - SHARD_BITS)) - 1;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);

    private final Shard[] shards = new Shard[SHARDS];
    private final Adder[] adders = new Adder[SHARDS];
    private final int width;

    /** Where in an entry the state is: with its key, or behind all else. */
    private final int stateAt;

    /** States of {@code width} numbers, which are their own keys or not. */
    StateSet(int width, boolean ownKeys) {
        this.width = width;
        this.stateAt = ownKeys ? 0 : width + 2;
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard(stateAt + width + (ownKeys ? 2 : 0));
        }
        // Apart from one another in memory, so that who only asks does not wait for a line that others write to.
        for (int i = 0; i < SHARDS; i++) {
            adders[i] = new Adder(shards[i]);
        }
    }

    /**
     * Adds a state.
     *
     * @param key what it is known by
     * @param state the state itself
     * @param before where it was reached from, or {@link #NONE}
     * @param channel by which channel
     * @return its number, or {@link #NONE} if one of the same key is there
     */
    int add(int[] key, int[] state, int before, int channel) {
        final int hash = hash(key);
        final int number = hash & (SHARDS - 1);
        return shards[number].has(hash, key) ? NONE : adders[number].add(hash, key, state, before, channel);
    }

    private static int hash(int[] key) {
        long hash = 0;
        for (final int value : key) {
            hash = (hash + value) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) (hash ^ (hash >>> 29));
    }

    /** Copies the state of {@code number} to {@code into}. */
    void read(int number, int[] into) {
        final Shard shard = shards[number & (SHARDS - 1)];
        System.arraycopy(shard.entries, (number >>> SHARD_BITS) * shard.length + stateAt, into, 0, width);
    }

    /** Where the state of {@code number} was first reached from, or {@link #NONE}. */
    int before(int number) {
        return extra(number, 0);
    }

    /** By which channel. */
    int channel(int number) {
        return extra(number, 1);
    }

    private int extra(int number, int which) {
        final Shard shard = shards[number & (SHARDS - 1)];
        return shard.entries[(number >>> SHARD_BITS) * shard.length + width + which];
    }

    int size() {
        return Arrays.stream(adders).mapToInt(adder -> adder.size).sum();
    }

    /** The states of some hashes. Whether a state is there is asked far more often than one is added, and takes no lock. */
    private final class Shard {
        final int length;
        volatile int[] entries;

        /**
         * Numbers of entries plus one, by hash, and above them the highest bits of the hash, which tell most others; 0
         * where there is none. An entry is written before its number is put here.
         */
        volatile int[] table = new int[64];

        Shard(int length) {
            this.length = length;
            this.entries = new int[16 * length];
        }

        boolean has(int hash, int[] key) {
            return find(table, hash, key) == FOUND;
        }

        /** The slot for {@code key} in {@code numbers}, or {@link #FOUND} if there is an entry of it. */
        int find(int[] numbers, int hash, int[] key) {
            int slot = place(hash, numbers.length);
            for (int there = number(numbers, slot); there != 0; there = number(numbers, slot)) {
                if (((there ^ hash) & ~MOST) == 0 && isAt(((there & MOST) - 1) * length, key)) {
                    return FOUND;
                }
                slot = (slot + 1) & (numbers.length - 1);
            }
            return slot;
        }

        private int number(int[] numbers, int slot) {
            return (int) SLOT.getAcquire(numbers, slot);
        }

        private boolean isAt(int at, int[] key) {
            return Arrays.equals(entries, at, at + width, key, 0, width);
        }

        void write(int at, int[] key, int[] state, int before, int channel) {
            if (at == entries.length) {
                entries = Arrays.copyOf(entries, 2 * at);
            }
            System.arraycopy(key, 0, entries, at, width);
            entries[at + width] = before;
            entries[at + width + 1] = channel;
            System.arraycopy(state, 0, entries, at + stateAt, width);
        }

        /** Doubles the table, in which {@code size} entries are. */
        void grow(int size) {
            final int[] larger = new int[2 * table.length];
            final int[] key = new int[width];
            for (int entry = 0; entry < size; entry++) {
                System.arraycopy(entries, entry * length, key, 0, width);
                final int hash = hash(key);
                int slot = place(hash, larger.length);
                while (larger[slot] != 0) {
                    slot = (slot + 1) & (larger.length - 1);
                }
                larger[slot] = (hash & ~MOST) | (entry + 1);
            }
            table = larger;
        }

        private int place(int hash, int tableLength) {
            return (hash >>> SHARD_BITS) & (tableLength - 1);
        }
    }

    /** Adds to a shard, for one thread at a time. */
    private static final class Adder {
        private final Shard shard;
        volatile int size;

        Adder(Shard shard) {
            this.shard = shard;
        }

        /** Adds a state that was not there a moment ago; {@link #NONE} if it is now. */
        synchronized int add(int hash, int[] key, int[] state, int before, int channel) {
            final int[] table = shard.table;
            final int slot = shard.find(table, hash, key);
            if (slot == FOUND) {
                return NONE;
            }
            final int entry = size;
            if (entry == MOST) {
                throw new IllegalStateException(
                        "too many states: more than " + MOST + " in one of " + SHARDS + " shards");
            }
            shard.write(entry * shard.length, key, state, before, channel);
            SLOT.setRelease(table, slot, (hash & ~MOST) | (entry + 1));
            size = entry + 1;
            if (2 * (entry + 1) > table.length) {
                shard.grow(entry + 1);
            }
            return (entry << SHARD_BITS) | (hash & (SHARDS - 1));
        }
    }
}
