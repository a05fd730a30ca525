package headcache.nic;

import akka.actor.typed.Behavior;
import headcache.protocol.TaskId;
import headcache.protocol.TaskMessage;
import headcache.step.ShellBehavior;
import headcache.step.Step;
import headcache.step.Tap;

/** A task as an actor: a shell around {@link TaskStep}. */
public final class TaskActor {
    private TaskActor() {}

    /** A task named {@code id} that waits for its directory and then behaves like {@code step}. */
    public static Behavior<TaskMessage> create(TaskId id, Step<TaskMessage> step, Tap tap) {
        return ShellBehavior.create(id, step, tap, TaskMessage.class);
    }
}
