package headcache.demos.cli;

/** How results are written: for people, or for programs. */
enum Format {
    /** Aligned columns for people. */
    TABLE,
    /** JSON with stable field names. */
    JSON,
    /** Comma-separated values under a header line, quoted as RFC 4180 has it. */
    CSV
}
