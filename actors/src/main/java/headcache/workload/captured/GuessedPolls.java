package headcache.workload.captured;

import headcache.workload.capture.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Polls guessed from the times of arrival: an interrupt of a queue comes a while after the first frame there, or after
 * the first transmission by its CPU, and its poll takes what arrived until then; a queue that has a whole budget of
 * frames is polled at once.
 */
public final class GuessedPolls {
    private final CaptureSettings settings;
    private final Receiver receiver;
    private final List<List<Frame>> arrived = new ArrayList<>();

    /** By queue, and behind these by CPU: interrupts for frames, and for what was transmitted. */
    private final Interrupts interrupts;

    /** Nothing arrived yet; what arrives is taken by polls of {@code receiver}, which has the same settings. */
    public GuessedPolls(CaptureSettings settings, Receiver receiver) {
        this.settings = settings;
        this.receiver = receiver;
        this.interrupts = new Interrupts(settings.queues() + settings.cpus());
        for (int queue = 0; queue < settings.queues(); queue++) {
            arrived.add(new ArrayList<>(Receiver.BUDGET));
        }
    }

    /** {@code frame} arrives at {@code queue}, after the polls that were due. */
    public void arrive(int queue, long time, Frame frame) {
        pollUntil(time);
        final List<Frame> waiting = arrived.get(queue);
        waiting.add(frame);
        if (waiting.size() == Receiver.BUDGET) {
            poll(queue, time);
        } else {
            interrupts.raise(queue, time + settings.window());
        }
    }

    /** The polls that are due at {@code time}, the oldest first. */
    public void pollUntil(long time) {
        while (pollNext(time)) {
            // each poll may make others due
        }
    }

    /** The oldest poll that is due at {@code time}; whether there was any. */
    boolean pollNext(long time) {
        final int next = interrupts.next(time);
        if (next < 0) {
            return false;
        }
        if (next < settings.queues()) {
            poll(next, interrupts.due(next));
        } else {
            receiver.completeOnly(next - settings.queues());
            interrupts.clear(next);
        }
        return true;
    }

    private void poll(int queue, long time) {
        final int cpu = settings.cpuOf(queue);
        final int end = settings.endOf(cpu);
        interrupts.clear(queue);
        interrupts.clear(settings.queues() + cpu);
        receiver.poll(queue, Receiver.ALL, arrived.get(queue));
        arrived.get(queue).clear();
        if (receiver.hasSent(end)) {
            interrupts.raise(settings.queues() + end, time + settings.window());
        }
    }
}
