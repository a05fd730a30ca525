package headcache.demos.incident;

/** Something that went wrong, or was argued about, and can be played again. */
public interface Incident {

    /** Its name, as commands take it. */
    String name();

    /** What went wrong, in a few words. */
    String title();

    /** What happened, to whom, and what was done about it. */
    String story();

    /** Where that is told. */
    String source();

    /** Plays it; the same each time. */
    Played play();
}
