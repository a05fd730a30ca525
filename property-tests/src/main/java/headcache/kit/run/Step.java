package headcache.kit.run;

import headcache.kit.Sent;
import java.util.List;

/**
 * A delivery and what it caused.
 *
 * @param name which channel delivered
 * @param letter the message, and whom to
 * @param sends what its receiver sent, in order
 * @param observed what an observer inside saw, in order
 * @param state the state afterwards
 */
public record Step(String name, Sent letter, List<Sent> sends, List<String> observed, Object state) {

    /** Who sent what was delivered. */
    public String sender() {
        return Trail.sender(name);
    }

    /** Who got it. */
    public String receiver() {
        return letter.receiver();
    }
}
