package headcache.workload.trace;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A key that the {@code detail} column may have; those of the most rows first. */
enum DetailKey {
    COUNT,
    SITE,
    HOME,
    VIA,
    CALLER,
    CACHE,
    CTX,
    NODE,
    DEV,
    WORK,
    BUDGET,
    N,
    HOMES,
    KEPT,
    FAILED,
    BUDGET0;

    /** The keys, by ordinal. */
    static final DetailKey[] ALL = values();

    /** The keys' bytes in the file, by ordinal. */
    static final byte[][] BYTES = new byte[ALL.length][];

    static {
        for (final DetailKey key : ALL) {
            BYTES[key.ordinal()] = key.label.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The key in the file. */
    String label() {
        return label;
    }
}
