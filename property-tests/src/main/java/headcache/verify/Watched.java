package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.Message;
import headcache.step.EventLog;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import headcache.step.Tap;
import headcache.verify.Recorded.Entry;
import java.util.List;

/**
 * The step of one actor, written down and watched; also the tap of that actor.
 *
 * @param <M> the messages it takes
 */
public final class Watched<M extends Message> implements Step<M>, Tap {
    private final ActorName who;
    private final Recorded<M> recorded;
    private final Watch watch;
    private final Answers answers;
    private final List<Laws> laws;

    /** Lines of the history that the laws have seen. */
    private int seen;

    Watched(ActorName who, Recorded<M> recorded, Watch watch, Answers answers, List<Laws> laws) {
        this.who = who;
        this.recorded = recorded;
        this.watch = watch;
        this.answers = answers;
        this.laws = laws;
    }

    ActorName who() {
        return who;
    }

    Recorded<M> recorded() {
        return recorded;
    }

    Answers answers() {
        return answers;
    }

    @Override
    public void on(M message, Out out) {
        recorded.on(message, out);
    }

    @Override
    public void onStep(ActorName self, Message message, Step<?> state, EventLog events) {
        watch.book(who, message, recorded.step(), events);
        final List<Entry> entries = recorded.entries();
        for (; seen < entries.size(); seen++) {
            show(entries.get(seen));
        }
        for (int i = 0; i < laws.size(); i++) {
            laws.get(i).ended();
        }
        watch.lookAround(who);
    }

    private void show(Entry entry) {
        if (entry instanceof Entry.Did did) {
            for (int i = 0; i < laws.size(); i++) {
                laws.get(i).did(did.kind(), did.head(), did.detail());
            }
        } else if (entry instanceof Entry.Sent letter) {
            for (int i = 0; i < laws.size(); i++) {
                laws.get(i).sent(letter.to(), letter.message());
            }
        } else if (entry instanceof Entry.Took took) {
            for (int i = 0; i < laws.size(); i++) {
                laws.get(i).took(took.message());
            }
        }
    }

    /** The actor may have crashed in the middle of a step: whether what it took was asked for can still be said. */
    void crashed() {
        final List<Entry> entries = recorded.entries();
        if (seen < entries.size() && entries.get(seen) instanceof Entry.Took took) {
            answers.took(took.message());
        }
    }

    @Override
    public Step<M> copy() {
        return recorded.copy();
    }

    @Override
    public void count(HeadCount into) {
        recorded.count(into);
    }

    @Override
    public void encode(StateBytes bytes) {
        recorded.encode(bytes);
    }
}
