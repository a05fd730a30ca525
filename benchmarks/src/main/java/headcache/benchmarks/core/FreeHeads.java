package headcache.benchmarks.core;

/** The least that can stand for a slab: a stack of free heads. */
final class FreeHeads {
    private final int[] heads;
    private int count;

    FreeHeads(int size) {
        heads = new int[size];
        for (int i = 0; i < size; i++) {
            heads[i] = i;
        }
        count = size;
    }

    void alloc(int[] into, int wanted) {
        count -= wanted;
        System.arraycopy(heads, count, into, 0, wanted);
    }

    void free(int[] from, int given) {
        System.arraycopy(from, 0, heads, count, given);
        count += given;
    }
}
