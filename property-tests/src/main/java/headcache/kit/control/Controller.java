package headcache.kit.control;

import akka.actor.Cancellable;
import akka.actor.Terminated;
import akka.dispatch.Envelope;
import akka.dispatch.Mailbox;
import akka.dispatch.sysmsg.Failed;
import akka.dispatch.sysmsg.SystemMessage;
import com.typesafe.config.Config;
import headcache.kit.Semantics;
import headcache.kit.Sent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs actors one message at a time, on the thread that asks for it. System messages (starting, stopping, watching)
 * are handled at once, because Akka gives them no order that a program could see.
 */
final class Controller {
    /** The name of the actor that starts those of a scenario. */
    static final String STAGE = "scenario";

    /** The name of its parent. */
    static final String USERS = "user";

    /** Where the actors of a scenario live: below the stage. */
    static final String SCENARIO = "/" + USERS + "/" + STAGE;

    static final String KEY = "headcache.kit.controller";

    private static final ConcurrentHashMap<Integer, Controller> ALL = new ConcurrentHashMap<>();
    private static final AtomicInteger LAST = new AtomicInteger();
    private static final int OUTSIDE = -1;

    private final int id = LAST.incrementAndGet();
    private final Names names = new Names();
    private final int stage = names.actor("");
    private final ConcurrentLinkedQueue<Runnable> ready = new ConcurrentLinkedQueue<>();
    private final List<@Nullable Actor> actors = new ArrayList<>();
    private final BitSet filled = new BitSet();

    /** The channels of actors that have a timer waiting. */
    private final BitSet due = new BitSet();

    private final IntList sent = new IntList();
    private Semantics semantics;
    private @Nullable Object delivered;
    private volatile @Nullable Thread owner;
    private @Nullable Throwable failure;
    private int running = OUTSIDE;
    private int pick = OUTSIDE;
    private int arrivals;

    /** Whether there are other actors than when the run began. */
    private boolean isOtherCast;

    /** What is known of a live actor. */
    private static final class Actor {
        final ChannelMailbox mailbox;
        final Clock clock = new Clock();

        /** Null until it sets one. */
        @Nullable
        Timers timers;

        @Nullable
        Mailbox task;

        Actor(ChannelMailbox mailbox) {
            this.mailbox = mailbox;
        }
    }

    Controller(Semantics semantics) {
        this.semantics = semantics;
        ALL.put(id, this);
    }

    /** The controller that {@code config} names. */
    static Controller named(Config config) {
        final Controller controller = ALL.get(config.getInt(KEY));
        if (controller == null) {
            throw new IllegalStateException("no such controller: " + KEY + "=" + config.getInt(KEY));
        }
        return controller;
    }

    Semantics semantics() {
        return semantics;
    }

    /** Other deliveries are possible from the next run on. */
    void assume(Semantics others) {
        semantics = others;
    }

    int id() {
        return id;
    }

    Names names() {
        return names;
    }

    /** From here on only the calling thread may touch the actors. */
    void own() {
        owner = Thread.currentThread();
    }

    void close() {
        owner = null;
        ALL.remove(id);
    }

    /** The run has its actors. */
    void cast() {
        isOtherCast = false;
    }

    /**
     * Forgets the run and all that is on its way in it, but keeps its actors, if they are those that it began with and
     * none has crashed or set a timer.
     *
     * @return whether that was so; if not, nothing has changed
     */
    boolean rewind() {
        if (isOtherCast || failure != null || !ready.isEmpty()) {
            return false;
        }
        for (int i = 0; i < actors.size(); i++) {
            final Actor actor = actors.get(i);
            if (actor != null && actor.timers != null) {
                return false;
            }
        }
        for (int i = 0; i < actors.size(); i++) {
            final Actor actor = actors.get(i);
            if (actor != null) {
                actor.mailbox.clear();
                actor.clock.clear();
            }
        }
        clear();
        return true;
    }

    /** Forgets the run; all actors must have stopped, or have nothing on its way to them. */
    void clear() {
        filled.clear();
        due.clear();
        sent.clear();
        arrivals = 0;
        failure = null;
        delivered = null;
    }

    /** A mailbox for the actor at {@code path} below the stage; the stage's own is empty. */
    ChannelMailbox mailbox(String path) {
        final int number = names.actor(path);
        final ChannelMailbox mailbox = new ChannelMailbox(this, number);
        while (actors.size() <= number) {
            actors.add(null);
        }
        actors.set(number, new Actor(mailbox));
        isOtherCast = true;
        return mailbox;
    }

    /** A timer of the actor that runs, or, if a timer runs, of the actor whose timer that is. */
    Cancellable schedule(long delay, long period, Runnable task) {
        checkThread();
        final int owner = running == OUTSIDE ? OUTSIDE : names.ownerOfTimer(running);
        final Actor actor = owner == OUTSIDE ? null : actors.get(owner);
        // What Akka schedules for itself, such as the limit of its own shutdown, never happens.
        final Timers timers = actor == null ? new Timers(() -> {}) : timersOf(actor);
        return timers.set(delay, period, task);
    }

    private Timers timersOf(Actor actor) {
        Timers timers = actor.timers;
        if (timers == null) {
            timers = new Timers(() -> timersChanged(actor.mailbox.actor()));
            actor.timers = timers;
        }
        return timers;
    }

    private void timersChanged(int actor) {
        final Actor owner = actors.get(actor);
        final Timers timers = owner == null ? null : owner.timers;
        due.set(names.channel(names.timerOf(actor), actor), timers != null && !timers.isEmpty());
    }

    void stopped(ChannelMailbox mailbox) {
        final int to = mailbox.actor();
        final Actor actor = actors.get(to);
        if (actor != null && actor.mailbox == mailbox) {
            isOtherCast = true;
            actors.set(to, null);
            if (actor.timers != null) {
                timersChanged(to);
            }
            for (int channel = filled.nextSetBit(0); channel >= 0; channel = filled.nextSetBit(channel + 1)) {
                if (names.channel(channel).to() == to) {
                    filled.clear(channel);
                }
            }
        }
    }

    /** A task of the dispatcher. A mailbox whose turn has not come is left where it is. */
    void ready(Runnable task) {
        checkThread();
        if (task instanceof Mailbox mailbox && mailbox.messageQueue() instanceof ChannelMailbox box) {
            final Actor actor = actors.get(box.actor());
            if (actor != null && actor.mailbox == box) {
                actor.task = mailbox;
                if (box.actor() != stage && !mailbox.hasSystemMessages()) {
                    return;
                }
            }
        }
        ready.add(task);
    }

    void sent(ChannelMailbox mailbox, Envelope envelope) {
        checkThread();
        final int from = sender(envelope);
        if (mailbox.actor() == stage) {
            mailbox.add(stage, new Letter(envelope, arrivals, null));
            return;
        }
        final int channel = names.channel(from, mailbox.actor());
        mailbox.add(from, new Letter(envelope, arrivals++, clockOf(from)));
        filled.set(channel);
        sent.add(channel);
    }

    /** Typed actors tell without a sender, so it is whoever is running; a death is told by the dead. */
    private int sender(Envelope envelope) {
        if (envelope.message() instanceof Terminated) {
            final String path = envelope.sender().path().toStringWithoutAddress();
            if (path.startsWith(SCENARIO + "/")) {
                return names.actor(path.substring(SCENARIO.length() + 1));
            }
        }
        return running == OUTSIDE ? stage : running;
    }

    private @Nullable Clock clockOf(int from) {
        final Actor actor = semantics == Semantics.LOCAL_CAUSAL && from < actors.size() ? actors.get(from) : null;
        if (actor == null) {
            return null;
        }
        actor.clock.tick(from);
        return actor.clock.copy();
    }

    /** What {@code mailbox} gives to its actor now: what was picked, if anything. */
    @Nullable
    Letter picked(ChannelMailbox mailbox) {
        if (mailbox.actor() == stage) {
            return mailbox.hasMessages() ? mailbox.take(stage) : null;
        }
        if (pick == OUTSIDE || running != mailbox.actor()) {
            return null;
        }
        final int from = pick;
        pick = OUTSIDE;
        final Letter letter = mailbox.take(from);
        delivered = letter.envelope().message();
        if (mailbox.peek(from) == null) {
            filled.clear(names.channel(from, mailbox.actor()));
        }
        return letter;
    }

    /** Delivers the oldest letter of {@code channel}, and whatever follows from it without a choice. */
    void deliver(int channel) {
        final Channel ends = names.channel(channel);
        final Actor actor = actors.get(ends.to());
        sent.clear();
        if (actor != null && due.get(channel)) {
            fire(actor, ends.from());
            if (!filled.get(channel)) {
                settle(); // it did something else than to send its actor a message
                return;
            }
        }
        final Mailbox task = actor == null ? null : actor.task;
        if (actor == null || task == null || !filled.get(channel)) {
            throw new IllegalArgumentException("nothing to deliver: channel=" + ends);
        }
        final Letter letter = actor.mailbox.peek(ends.from());
        if (letter != null && letter.clock() != null) {
            actor.clock.merge(letter.clock());
        }
        pick = ends.from();
        run(task, ends.to());
        settle();
    }

    private void fire(Actor actor, int timer) {
        final Runnable task = timersOf(actor).fire();
        if (task != null) {
            run(task, timer);
            sent.clear(); // what it sent is what is delivered now
        }
    }

    /** Runs whatever is no choice: system messages, the stage, what is not under control. */
    void settle() {
        boolean more = true;
        while (more) {
            more = false;
            for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
                run(task, numberOf(task));
            }
            // A mailbox that waits for its turn counts as scheduled, so Akka does not tell of its system messages.
            for (int i = 0; i < actors.size(); i++) {
                final Actor actor = actors.get(i);
                final Mailbox task = actor == null ? null : actor.task;
                if (task != null && task.hasSystemMessages()) {
                    run(task, i);
                    more = true;
                }
            }
        }
    }

    private static int numberOf(Runnable task) {
        return task instanceof Mailbox mailbox && mailbox.messageQueue() instanceof ChannelMailbox box
                ? box.actor()
                : OUTSIDE;
    }

    private void run(Runnable task, int actor) {
        if (task instanceof Mailbox mailbox && mailbox.hasSystemMessages()) {
            lookForCrashes(mailbox);
        }
        running = actor;
        task.run();
        running = OUTSIDE;
        pick = OUTSIDE;
    }

    /** A child that crashes, and is not restarted by its own supervision, tells its parent so; nobody else may notice. */
    private void lookForCrashes(Mailbox mailbox) {
        for (SystemMessage next = mailbox.systemQueueGet(); next != null; next = next.next()) {
            if (next instanceof Failed crash) {
                failed(crash.cause());
            }
        }
    }

    BitSet enabled() {
        final BitSet enabled = (BitSet) filled.clone();
        enabled.or(due);
        if (semantics != Semantics.PER_PAIR_FIFO) {
            for (int channel = filled.nextSetBit(0); channel >= 0; channel = filled.nextSetBit(channel + 1)) {
                if (isBehind(names.channel(channel))) {
                    enabled.clear(channel);
                }
            }
        }
        return enabled;
    }

    /** Whether the oldest letter of {@code channel} has to wait for a letter of another sender. */
    private boolean isBehind(Channel channel) {
        final ChannelMailbox mailbox = mailboxOf(channel.to());
        final Letter letter = mailbox.peek(channel.from());
        for (int from = 0; letter != null && from < mailbox.senders(); from++) {
            final Letter other = from == channel.from() ? null : mailbox.peek(from);
            if (other != null && isBefore(other, from, letter)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBefore(Letter other, int from, Letter letter) {
        if (semantics == Semantics.INSTANT) {
            return other.arrival() < letter.arrival();
        }
        // What a timer tells has no clock: it was sent by no handler.
        return other.clock() != null && letter.clock() != null && letter.clock().knows(other.clock(), from);
    }

    private ChannelMailbox mailboxOf(int number) {
        final Actor actor = actors.get(number);
        if (actor == null) {
            throw new IllegalStateException("no such actor: " + names.actor(number));
        }
        return actor.mailbox;
    }

    /** The messages on their way in {@code channel}, oldest first. */
    List<Object> onTheWay(int channel) {
        final Channel ends = names.channel(channel);
        return mailboxOf(ends.to()).letters(ends.from()).stream()
                .map(letter -> letter.envelope().message())
                .toList();
    }

    int[] sent() {
        return sent.toArray();
    }

    /** The message that was delivered last in this run, or null. */
    @Nullable
    Object delivered() {
        return delivered;
    }

    /** What was sent since the last delivery began, in the words of {@code text}. */
    List<Sent> letters(Function<Object, String> text) {
        final List<Sent> letters = new ArrayList<>();
        final int[] channels = sent.toArray();
        for (int i = 0; i < channels.length; i++) {
            final Channel ends = names.channel(channels[i]);
            int later = 0;
            for (int j = i + 1; j < channels.length; j++) {
                later += channels[j] == channels[i] ? 1 : 0;
            }
            final Actor actor = actors.get(ends.to());
            final List<Letter> queue = actor == null ? List.of() : actor.mailbox.letters(ends.from());
            letters.add(new Sent(
                    ends.receiver(),
                    queue.size() <= later
                            ? ""
                            : text.apply(queue.get(queue.size() - 1 - later)
                                    .envelope()
                                    .message())));
        }
        return letters;
    }

    /** Keeps the first failure of a run. */
    void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    private void checkThread() {
        final Thread wanted = owner;
        if (wanted != null && wanted != Thread.currentThread()) {
            final String who = running == OUTSIDE ? "nobody" : names.actor(running);
            failed(new EscapeException("a message was sent by a thread that is not under control: thread="
                    + Thread.currentThread().getName() + ", running=" + who));
        }
    }
}
