package headcache.kit.state;

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

    private final Shard[] shards = new Shard[SHARDS];
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
        return shards[hash & (SHARDS - 1)].add(hash, key, state, before, channel);
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
        return Arrays.stream(shards).mapToInt(shard -> shard.size).sum();
    }

    private final class Shard {
        final int length;
        volatile int[] entries;
        volatile int size;

        /** Numbers of entries plus one, by hash; 0 where there is none. */
        private int[] table = new int[64];

        Shard(int length) {
            this.length = length;
            this.entries = new int[16 * length];
        }

        synchronized int add(int hash, int[] key, int[] state, int before, int channel) {
            int slot = place(hash, table.length);
            while (table[slot] != 0) {
                if (isAt((table[slot] - 1) * length, key)) {
                    return NONE;
                }
                slot = (slot + 1) & (table.length - 1);
            }
            final int entry = size;
            write(entry * length, key, state, before, channel);
            table[slot] = entry + 1;
            size = entry + 1;
            if (2 * size > table.length) {
                grow();
            }
            return (entry << SHARD_BITS) | (hash & (SHARDS - 1));
        }

        private boolean isAt(int at, int[] key) {
            return Arrays.equals(entries, at, at + width, key, 0, width);
        }

        private void write(int at, int[] key, int[] state, int before, int channel) {
            if (at == entries.length) {
                entries = Arrays.copyOf(entries, 2 * at);
            }
            System.arraycopy(key, 0, entries, at, width);
            entries[at + width] = before;
            entries[at + width + 1] = channel;
            System.arraycopy(state, 0, entries, at + stateAt, width);
        }

        private void grow() {
            final int[] larger = new int[2 * table.length];
            final int[] key = new int[width];
            for (int entry = 0; entry < size; entry++) {
                System.arraycopy(entries, entry * length, key, 0, width);
                int slot = place(hash(key), larger.length);
                while (larger[slot] != 0) {
                    slot = (slot + 1) & (larger.length - 1);
                }
                larger[slot] = entry + 1;
            }
            table = larger;
        }

        private int place(int hash, int tableLength) {
            return (hash >>> SHARD_BITS) & (tableLength - 1);
        }
    }
}
