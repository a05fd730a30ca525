package headcache.verify.scene;

import headcache.protocol.ActorName;
import headcache.protocol.Message;
import headcache.step.EventLog;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import headcache.step.Tap;

/**
 * What an actor plays in run after run: the actor stays, and gets a new step for each. All that an actor remembers is in
 * its step, so it begins each run as if it had just been booted.
 *
 * @param <M> the messages it takes
 */
final class Role<M extends Message> implements Step<M>, Tap {
    private Step<M> step;
    private Tap tap;

    /** A role that begins as {@code first} says. */
    Role(Troupe.Played<M> first) {
        this.step = first.step();
        this.tap = first.tap();
    }

    /** A new run begins, in which it is played as {@code next} says. */
    void play(Troupe.Played<M> next) {
        step = next.step();
        tap = next.tap();
    }

    @Override
    public void on(M message, Out out) {
        step.on(message, out);
    }

    @Override
    public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        tap.onStep(who, message, step, events);
    }

    @Override
    public Step<M> copy() {
        return step.copy();
    }

    @Override
    public void count(HeadCount into) {
        step.count(into);
    }

    @Override
    public void encode(StateBytes bytes) {
        step.encode(bytes);
    }
}
