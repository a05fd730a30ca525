package headcache.demos.lesson;

import java.util.List;

/** A question, a run of the real actors that answers it, the broken variant beside the right one, and what to try next. */
public interface Lesson {

    /** Its number, from 1. */
    int number();

    /** What it is about, in a few words. */
    String title();

    /** What it asks, in one line. */
    String question();

    /** The first page, which ends with the question and its possible answers. */
    Page opening();

    /**
     * Runs its machines and writes down what they did.
     *
     * @param ink how pages show what changed
     * @return the pages after the first, in order; the same ones each time
     */
    List<Page> run(Ink ink);
}
