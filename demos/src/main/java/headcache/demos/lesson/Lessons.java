package headcache.demos.lesson;

import java.util.List;
import java.util.Optional;

/** The lessons there are, in the order in which they are best taken. */
public final class Lessons {
    private static final List<Lesson> ALL = List.of(
            new OnePacket(),
            new WhichHalfLeaves(),
            new RemoteHead(),
            new RareOrder(),
            new MailboxChoice(),
            new ShrinkingLive(),
            new HeadsInFlight(),
            new TwinInGro());

    private Lessons() {}

    /** All lessons. */
    public static List<Lesson> all() {
        return ALL;
    }

    /** The lesson of that number as people type it, if there is one. */
    public static Optional<Lesson> find(final String number) {
        return ALL.stream()
                .filter(lesson -> String.valueOf(lesson.number()).equals(number))
                .findFirst();
    }
}
