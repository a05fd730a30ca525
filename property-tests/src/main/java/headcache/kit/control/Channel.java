package headcache.kit.control;

/**
 * What one actor sends to another, in order: the unit of choice. Which channel delivers next is all that an
 * interleaving of actors is.
 *
 * @param from number of the sender
 * @param to number of the receiver
 * @param sender its name, the path below the scenario
 * @param receiver its name
 */
public record Channel(int from, int to, String sender, String receiver) {
    @Override
    public String toString() {
        return sender + " -> " + receiver;
    }
}
