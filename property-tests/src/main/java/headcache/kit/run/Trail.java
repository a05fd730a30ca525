package headcache.kit.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which way a run went.
 *
 * <p>A <em>context switch</em> is a delivery to another actor than the one before, although something could have been
 * delivered to that one too: what Musuvathi and Qadeer call a preemption (<i>Iterative context bounding for systematic
 * testing of multithreaded programs</i>, PLDI 2007). Going on to another actor when nothing waits for the former is
 * none: nobody chose it.
 *
 * @param names which channel delivered, delivery by delivery
 * @param switches places in {@code names}, from 0, of the context switches
 * @param misfits what was asked for and was not possible
 * @param atRest whether in the end nothing was left to deliver
 * @param cause what went wrong, or null
 */
public record Trail(
        List<String> names,
        List<Integer> switches,
        List<Misfit> misfits,
        boolean atRest,
        @Nullable Throwable cause) {

    /** The receiver of the channel called {@code name}. */
    public static String receiver(String name) {
        return name.substring(name.indexOf(" -> ") + 4);
    }

    /** The sender of the channel called {@code name}. */
    public static String sender(String name) {
        return name.substring(0, name.indexOf(" -> "));
    }
}
