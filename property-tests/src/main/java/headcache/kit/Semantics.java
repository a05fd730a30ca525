package headcache.kit;

/**
 * Which deliveries are possible next: what is assumed of the order of messages. Each allows all runs of the one
 * before, and more.
 *
 * <p>Source: Akka's documentation of message delivery reliability.
 */
public enum Semantics {
    /**
     * A message arrives at the moment it is sent, and a mailbox is emptied in the order of arrival; the only choice
     * is which actor runs next. Many tools assume this. It leaves out real runs: a real handler is not one instant,
     * and two of them can send to the same two actors at the same time.
     */
    INSTANT,
    /**
     * Messages inside one JVM: no message overtakes another to the same receiver whose sending it depends on.
     */
    LOCAL_CAUSAL,
    /** What Akka promises, and no more: order between one sender and one receiver. */
    PER_PAIR_FIFO
}
