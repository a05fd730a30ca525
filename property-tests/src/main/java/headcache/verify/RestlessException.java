package headcache.verify;

/** A machine that does not come to rest, or rests with work undone. */
final class RestlessException extends IllegalStateException {
    RestlessException(String facts) {
        super(facts);
    }
}
