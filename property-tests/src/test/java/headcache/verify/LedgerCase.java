package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.protocol.Head;
import headcache.protocol.TaskId;

/** A ledger, and a scene whose events it books. */
abstract class LedgerCase {
    static final int H = Head.plain(0, 17);
    static final int REMOTE = Head.plain(1, 3);
    static final int PAIR = Head.fclone(0, 5);
    static final TaskId TASK = new TaskId(0);

    final Ledger ledger = new Ledger();
    final Scene scene = new Scene(ledger);

    final void assertHolds() {
        assertThat(ledger.violations()).isEmpty();
        assertThat(ledger.violationCount()).isZero();
    }

    final void assertOnly(Invariant invariant, int head, long event, String facts) {
        assertThat(ledger.violations()).containsExactly(new Violation(invariant, head, event, facts));
        assertThat(ledger.violationCount()).isEqualTo(1);
    }
}
