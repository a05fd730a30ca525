package headcache.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws scenarios by number: small machines of every kind, and what they are told. One number is one scenario.
 *
 * <p>Of three, one is any machine, one has little memory, and in one a CPU goes offline in the middle of everything,
 * and other faults strike.
 */
public final class ProgramGenerator {
    private static final int KINDS = 3;
    private static final int MOST_COMMANDS = 60;
    private static final int MOST_FAULTS = 3;
    private static final int MANY = 10_000;
    private static final int SMALL_CAPACITY = 8;
    private static final int LARGE_CAPACITY = 80;

    private final SplittableRandom random;
    private final int kind;

    private ProgramGenerator(long number) {
        this.random = new SplittableRandom(number);
        this.kind = (int) (number % KINDS);
    }

    /** The scenario with this number, 0 or more. */
    public static Scenario draw(long number) {
        final ProgramGenerator generator = new ProgramGenerator(number);
        final MachineDraft machine = generator.machine();
        return Scenario.of(machine, generator.commands(), generator.random.nextInt(Integer.MAX_VALUE));
    }

    private MachineDraft machine() {
        final boolean poor = kind == 1;
        return new MachineDraft(
                kind == 2 ? 1 + upTo(4) : upTo(5),
                upTo(3),
                upTo(4095),
                random.nextInt(3) == 0 ? upTo(15) : 0,
                capacity(),
                upTo(MANY),
                upTo(MANY),
                poor ? upTo(1) : upTo(MachineDraft.LAST_KERNEL),
                upTo(7),
                poor ? upTo(11) + 40 * upTo(5) : upTo(MANY),
                poor ? upTo(3) + 40 * upTo(2) : upTo(MANY),
                upTo(MANY),
                upTo(2));
    }

    private int capacity() {
        return switch (random.nextInt(5)) {
            case 0 -> 64;
            case 1 -> SMALL_CAPACITY + 1 + upTo(LARGE_CAPACITY - SMALL_CAPACITY - 1);
            default -> 2 + upTo(SMALL_CAPACITY - 2);
        };
    }

    private List<CommandDraft> commands() {
        final List<CommandDraft> drafts = new ArrayList<>();
        final int count = 1 + upTo(MOST_COMMANDS - 1);
        for (int i = 0; i < count; i++) {
            drafts.add(any());
        }
        if (kind == 2) {
            drafts.add(count / 3, new CommandDraft(CommandWriter.OFFLINE, upTo(5), 0, 0, upTo(2)));
            drafts.add(count - count / 3, new CommandDraft(CommandWriter.ONLINE, upTo(5), 0, 0, 0));
            for (int faults = upTo(MOST_FAULTS); faults > 0; faults--) {
                drafts.add(upTo(drafts.size()), fault());
            }
        }
        return drafts;
    }

    private CommandDraft fault() {
        return new CommandDraft(
                CommandWriter.FAULTS.get(upTo(CommandWriter.FAULTS.size() - 1)),
                upTo(5),
                0,
                0,
                upTo(CommandDraft.DETAILS - 1));
    }

    private CommandDraft any() {
        return new CommandDraft(
                upTo(CommandWriter.KINDS - 1),
                upTo(CommandDraft.CHOICES - 1),
                upTo(CommandDraft.CHOICES - 1),
                upTo(CommandDraft.CHOICES - 1),
                upTo(CommandDraft.DETAILS - 1));
    }

    private int upTo(int most) {
        return random.nextInt(most + 1);
    }
}
