package headcache.kit.control;

import akka.actor.ActorRef;
import akka.dispatch.Envelope;
import akka.dispatch.MessageQueue;
import akka.dispatch.UnboundedMessageQueueSemantics;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The mailbox of an actor under control: one queue for each sender. What is taken out is what the controller has
 * picked, and nothing else.
 */
final class ChannelMailbox implements MessageQueue, UnboundedMessageQueueSemantics {
    private final Controller controller;
    private final int actor;

    /** By number of the sender. */
    private @Nullable ArrayDeque<Letter>[] queues;

    private int letters;

    @SuppressWarnings({"unchecked", "rawtypes"})
    ChannelMailbox(Controller controller, int actor) {
        this.controller = controller;
        this.actor = actor;
        this.queues = new ArrayDeque[8];
    }

    /** The number of the actor whose mailbox it is. */
    int actor() {
        return actor;
    }

    @Override
    public void enqueue(ActorRef receiver, Envelope envelope) {
        controller.sent(this, envelope);
    }

    void add(int sender, Letter letter) {
        if (sender >= queues.length) {
            queues = Arrays.copyOf(queues, Math.max(2 * queues.length, sender + 1));
        }
        ArrayDeque<Letter> queue = queues[sender];
        if (queue == null) {
            queue = new ArrayDeque<>(4);
            queues[sender] = queue;
        }
        queue.add(letter);
        letters++;
    }

    @Override
    public @Nullable Envelope dequeue() {
        final Letter letter = controller.picked(this);
        return letter == null ? null : letter.envelope();
    }

    /** Takes the oldest letter of {@code sender}. */
    Letter take(int sender) {
        final ArrayDeque<Letter> queue = sender < queues.length ? queues[sender] : null;
        if (queue == null) {
            throw new NoSuchElementException("no letter: sender=" + sender + ", receiver=" + actor);
        }
        letters--;
        return queue.remove();
    }

    /** The oldest letter of {@code sender}, or null if there is none. */
    @Nullable
    Letter peek(int sender) {
        final ArrayDeque<Letter> queue = sender < queues.length ? queues[sender] : null;
        return queue == null ? null : queue.peek();
    }

    /** The letters of {@code sender}, oldest first. */
    List<Letter> letters(int sender) {
        final ArrayDeque<Letter> queue = sender < queues.length ? queues[sender] : null;
        return queue == null ? List.of() : List.copyOf(queue);
    }

    /** Numbers of senders are below this. */
    int senders() {
        return queues.length;
    }

    @Override
    public int numberOfMessages() {
        return letters;
    }

    @Override
    public boolean hasMessages() {
        return letters > 0;
    }

    /** Forgets all letters. */
    void clear() {
        for (final ArrayDeque<Letter> queue : queues) {
            if (queue != null) {
                queue.clear();
            }
        }
        letters = 0;
    }

    @Override
    public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
        clear();
        controller.stopped(this);
    }
}
