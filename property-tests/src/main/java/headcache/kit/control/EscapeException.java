package headcache.kit.control;

/** Something acted that is not under control, so that a run could not be repeated. */
public final class EscapeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EscapeException(String what) {
        super(what);
    }
}
