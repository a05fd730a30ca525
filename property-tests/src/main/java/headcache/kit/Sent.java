package headcache.kit;

/**
 * A message that was sent.
 *
 * @param receiver whom to, as the second half of the channel's name has it
 * @param message the message, as people read it; the empty string if the world does not tell
 */
public record Sent(String receiver, String message) {

    /** What kind of message it is: the text up to its first bracket. */
    public String kind() {
        final int bracket = message.indexOf('(');
        return bracket < 0 ? message : message.substring(0, bracket);
    }

    /** {@code receiver: message}, or the receiver alone. */
    @Override
    public String toString() {
        return message.isEmpty() ? receiver : receiver + ": " + message;
    }
}
