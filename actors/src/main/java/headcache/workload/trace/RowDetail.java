package headcache.workload.trace;

import headcache.cache.CachePolicy;
import headcache.protocol.Head;
import headcache.protocol.Op;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The {@code detail} column of the row that is being read: its {@code key=value} items. Keys that are
 * not known are passed over; no known key may come twice.
 */
final class RowDetail {
    /** The value of a key that the row does not have. */
    static final int ABSENT = -2;

    /** Nodes are numbered below this. */
    static final int NODE_LIMIT = Head.NODE_LIMIT - 1;

    /** The longest name of a function or device, in bytes; the kernel's own limit for symbols. */
    private static final int LONGEST_NAME = 512;

    private static final int WORK_LIMIT = 1_000_000;

    /** The words for {@link headcache.protocol.SlabKind}, by ordinal. */
    private static final byte[][] KINDS = {ascii("head"), ascii("fclone")};

    /** The words for {@link TraceContext}, by ordinal. */
    private static final byte[][] CONTEXTS = {ascii("task"), ascii("softirq"), ascii("hardirq")};

    private final LineScanner scanner;
    private final Symbols symbols;
    private final ObjectList kept = new ObjectList();
    private final ObjectList homes = new ObjectList();
    private final int[] values = new int[DetailKey.ALL.length];

    RowDetail(LineScanner scanner, Symbols symbols) {
        this.scanner = scanner;
        this.symbols = symbols;
    }

    /** Reads the rest of the line. */
    void read() {
        Arrays.fill(values, ABSENT);
        kept.clear();
        homes.clear();
        if (scanner.atEnd()) {
            return;
        }
        do {
            item();
        } while (scanner.skip(' '));
        scanner.expectEnd("item of detail");
    }

    boolean has(DetailKey key) {
        return values[key.ordinal()] != ABSENT;
    }

    /** The value of {@code key}, or {@link #ABSENT}; of a name, its symbol; of a word, its ordinal. */
    int get(DetailKey key) {
        return values[key.ordinal()];
    }

    /** The value of {@code key}, which this row must have. */
    int need(DetailKey key) {
        final int value = values[key.ordinal()];
        if (value == ABSENT) {
            throw scanner.bad("detail lacks " + key.label());
        }
        return value;
    }

    /** The value of {@code key}, or {@code otherwise}. */
    int get(DetailKey key, int otherwise) {
        final int value = values[key.ordinal()];
        return value == ABSENT ? otherwise : value;
    }

    ObjectList kept() {
        return kept;
    }

    ObjectList homes() {
        return homes;
    }

    private void item() {
        final int from = scanner.at();
        scanner.skipKey();
        final int keyEnd = scanner.at();
        scanner.expect('=', "item of detail");
        for (final DetailKey key : DetailKey.ALL) {
            if (scanner.range(from, keyEnd, DetailKey.BYTES[key.ordinal()])) {
                if (values[key.ordinal()] != ABSENT) {
                    throw scanner.bad("detail has " + key.label() + " twice");
                }
                values[key.ordinal()] = value(key);
                return;
            }
        }
        scanner.skipWord();
    }

    private int value(DetailKey key) {
        return switch (key) {
            case COUNT -> scanner.number(key.label(), CachePolicy.CAPACITY_LIMIT);
            case N -> scanner.number(key.label(), ObjectList.LIMIT);
            case WORK, BUDGET -> scanner.number(key.label(), WORK_LIMIT);
            case FAILED, BUDGET0 -> scanner.number(key.label(), 1);
            case HOME -> scanner.number(key.label(), NODE_LIMIT - 1);
            case NODE -> node();
            case SITE, VIA, CALLER, DEV -> symbol(key);
            case CACHE -> word(key, KINDS);
            case CTX -> word(key, CONTEXTS);
            case KEPT -> kept.readObjects(scanner);
            case HOMES -> homes.readHomes(scanner, NODE_LIMIT - 1);
        };
    }

    /** A node, or -1 for any. */
    private int node() {
        final int from = scanner.at();
        if (scanner.skip('-') && scanner.skip('1')) {
            return Op.ANY_NODE;
        }
        scanner.back(from);
        return scanner.number(DetailKey.NODE.label(), NODE_LIMIT - 1);
    }

    private int symbol(DetailKey key) {
        final int from = scanner.at();
        scanner.skipWord();
        final int length = scanner.at() - from;
        if (length == 0 || length > LONGEST_NAME) {
            throw scanner.bad(key.label() + " has no or too long a name", "length", length, "limit", LONGEST_NAME);
        }
        final int symbol = symbols.of(scanner.buffer(), from, scanner.at());
        if (symbol < 0) {
            throw scanner.bad("too many different names", "limit", Symbols.LIMIT);
        }
        return symbol;
    }

    private int word(DetailKey key, byte[][] words) {
        final int from = scanner.at();
        scanner.skipWord();
        for (int i = 0; i < words.length; i++) {
            if (scanner.range(from, scanner.at(), words[i])) {
                return i;
            }
        }
        throw scanner.bad("unknown " + key.label(), key.label(), scanner.text(from));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
