package headcache.verify;

/**
 * Five numbers that {@link CommandWriter} makes a command of. Every combination means something in every situation, so a
 * generator need know nothing of machines; smaller numbers mean simpler commands, so a list of drafts shrinks well.
 *
 * @param what the kind of command, below {@link CommandWriter#KINDS} or one of {@link CommandWriter#FAULTS}
 * @param where which CPU, task or NIC
 * @param slot which skb
 * @param other a second skb, a node, a queue or a flow
 * @param detail everything else
 */
public record CommandDraft(int what, int where, int slot, int other, int detail) {
    /** {@code where}, {@code slot} and {@code other} need be no larger. */
    public static final int CHOICES = 12;

    /** {@code detail} need be no larger. */
    public static final int DETAILS = 5040;

    /** Checks that none is negative. */
    public CommandDraft {
        if (what < 0 || where < 0 || slot < 0 || other < 0 || detail < 0) {
            throw new IllegalArgumentException("negative: what=" + what + ", where=" + where + ", slot=" + slot
                    + ", other=" + other + ", detail=" + detail);
        }
    }

    /** This with the simplest details. */
    public CommandDraft withoutDetail() {
        return new CommandDraft(what, where, slot, other, 0);
    }
}
