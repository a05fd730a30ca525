package headcache.step;

import headcache.protocol.ActorName;
import headcache.protocol.Directory;
import headcache.protocol.Message;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What an actor's shell does around its step: resolves names, and shows each step to the tap before
 * its messages leave.
 *
 * @param <M> the messages the step takes
 */
public final class Shell<M extends Message> implements Out {
    private final ActorName self;
    private final Step<M> step;
    private final Tap tap;
    private final Directory directory;
    private final @Nullable EventLog log;
    private final ArrayList<ActorName> receivers = new ArrayList<>();
    private final ArrayList<Message> messages = new ArrayList<>();

    /** Puts a shell around {@code step}, the actor named {@code self}. */
    public Shell(ActorName self, Step<M> step, Directory directory, Tap tap) {
        this.self = self;
        this.step = step;
        this.directory = directory;
        this.tap = tap;
        this.log = tap == Tap.NONE ? null : new EventLog();
    }

    /** Takes one message: the step, then the tap, then the messages that the step sent. */
    public void on(M message) {
        step.on(message, this);
        final EventLog events = log;
        if (events != null) {
            tap.onStep(self, message, step, events);
            events.clear();
            deliver();
        }
    }

    @Override
    public void send(ActorName to, Message message) {
        if (log == null) {
            directory.tell(to, message);
        } else {
            receivers.add(to);
            messages.add(message);
        }
    }

    @Override
    public void event(EventKind kind, int head, int detail) {
        if (log != null) {
            log.add(kind, head, detail);
        }
    }

    private void deliver() {
        for (int i = 0; i < messages.size(); i++) {
            directory.tell(receivers.get(i), messages.get(i));
        }
        receivers.clear();
        messages.clear();
    }
}
