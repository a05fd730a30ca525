package headcache.step;

import headcache.protocol.Skb;

/** Takes heads one by one, from a message for example; what it does not care for it passes over. */
public interface HeadTaker {
    /** Takes a plain head, or both twins of a pair. */
    default void add(int head) {}

    /** Takes one twin of {@code pair}. */
    default void addTwin(int pair) {}

    /** Takes an skb: its head, or a twin, and what is on its frag_list. */
    default void add(Skb skb) {}
}
