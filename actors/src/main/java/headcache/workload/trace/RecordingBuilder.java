package headcache.workload.trace;

import headcache.workload.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The columns of a recording while it is read; afterwards a {@link Recording} reads them. */
final class RecordingBuilder {
    /** The most rows: enough for an hour of a busy machine, and no more memory than a small JVM has. */
    static final int ROW_LIMIT = 10_000_000;

    /** The most objects in all lists of bulk rows together. */
    static final int POOL_LIMIT = 1 << 24;

    /** Different calls; one is kept in 15 bits. */
    private static final int CALL_LIMIT = 1 << 12;

    private static final int CALL_TABLE = CALL_LIMIT * 2;

    /** 2^64 divided by the golden ratio: spreads packed parts evenly. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private static final int HASH_SHIFT = 40;

    private static final int FIRST_ROOM = 1 << 16;

    final TraceSource source;
    final List<Call> calls = new ArrayList<>();
    byte[] event = new byte[FIRST_ROOM];
    short[] cpu = new short[FIRST_ROOM];
    short[] callOf = new short[FIRST_ROOM];
    int[] first = new int[FIRST_ROOM];
    int[] second = new int[FIRST_ROOM];
    int size;
    int[] pool = new int[FIRST_ROOM];
    byte[] home = new byte[FIRST_ROOM];
    int objectLimit;
    boolean hasHomes;
    long missingRows;
    int firstMissingLine;

    private final long[] callKeys = new long[CALL_TABLE];
    private final short[] callIds = new short[CALL_TABLE];
    private int poolSize;

    RecordingBuilder(TraceSource source) {
        this.source = source;
    }

    void add(TraceEvent what, int onCpu, int callId, int firstValue, int secondValue) {
        if (size == ROW_LIMIT) {
            throw bad("too many rows", "limit", ROW_LIMIT);
        }
        if (size == event.length) {
            final int room = Math.min(size * 2, ROW_LIMIT);
            event = Arrays.copyOf(event, room);
            cpu = Arrays.copyOf(cpu, room);
            callOf = Arrays.copyOf(callOf, room);
            first = Arrays.copyOf(first, room);
            second = Arrays.copyOf(second, room);
        }
        event[size] = (byte) what.ordinal();
        cpu[size] = (short) onCpu;
        callOf[size] = (short) callId;
        first[size] = firstValue;
        second[size] = secondValue;
        size++;
    }

    /** Keeps the lists of a bulk row; what is returned finds them again. */
    int addLists(ObjectList objects, ObjectList kept) {
        final int needed = 1 + objects.size() + kept.size();
        if (poolSize + needed > POOL_LIMIT) {
            throw bad("too many objects in bulk rows", "limit", POOL_LIMIT);
        }
        if (poolSize + needed > pool.length) {
            pool = Arrays.copyOf(pool, Math.min(POOL_LIMIT, Math.max(pool.length * 2, poolSize + needed)));
        }
        final int at = poolSize;
        pool[at] = kept.size();
        objects.copyTo(pool, at + 1);
        kept.copyTo(pool, at + 1 + objects.size());
        poolSize += needed;
        return at;
    }

    /** Notes that {@code object} occurs. */
    void seen(int object) {
        if (object >= objectLimit) {
            objectLimit = object + 1;
            if (object >= home.length) {
                home = Arrays.copyOf(home, Math.max(home.length * 2, object + 1));
            }
        }
    }

    /** Notes that {@code count} rows are missing before {@code line}. */
    void missing(int count, int line) {
        missingRows += count;
        firstMissingLine = firstMissingLine == 0 ? line : firstMissingLine;
    }

    /** Notes the home of {@code object}, which never changes. */
    void home(int object, int node) {
        final int before = home[object] & 0xff;
        if (before == 0) {
            home[object] = (byte) (node + 1);
            hasHomes = true;
        } else if (before != node + 1) {
            throw bad("the object has another home than before", "object", object, "home", node, "before", before - 1);
        }
    }

    /** The number of the call whose parts are packed in {@code key}, or -1 if it is new. */
    int findCall(long key) {
        final int at = place(key);
        return callIds[at] - 1;
    }

    /** Gives a new call its number. */
    int addCall(long key, Call call) {
        if (calls.size() == CALL_LIMIT) {
            throw bad("too many different calls", "limit", CALL_LIMIT);
        }
        calls.add(call);
        final int at = place(key);
        callKeys[at] = key;
        callIds[at] = (short) calls.size();
        return calls.size() - 1;
    }

    private int place(long key) {
        int at = (int) ((key * GOLDEN) >>> HASH_SHIFT) & (CALL_TABLE - 1);
        while (callIds[at] != 0 && callKeys[at] != key) {
            at = at + 1 & CALL_TABLE - 1;
        }
        return at;
    }

    private BadInputException bad(String what, Object... facts) {
        return new BadInputException(source.file(), size + 2L, what, facts);
    }
}
