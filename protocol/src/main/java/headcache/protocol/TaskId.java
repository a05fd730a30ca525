package headcache.protocol;

/** The name of a task, counted from 0; it is pinned to one CPU. */
public record TaskId(int index) implements ActorName {
    @Override
    public String toString() {
        return "task-" + index;
    }
}
