package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.Message;
import headcache.protocol.OfflinePolicy;
import headcache.step.EventKind;

/**
 * What a CPU may do from the moment it goes offline to the moment it comes back (I13): one that parks keeps its heads,
 * and nothing touches them until it is back or drained; one that drains or hands over keeps none.
 */
final class OfflineLaws implements Laws {
    private final Findings findings;
    private OfflinePolicy policy = OfflinePolicy.PARK;
    private boolean offline;
    private int drainsDue;
    private int parked;

    OfflineLaws(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void took(Message message) {
        policy = message instanceof CpuMessage.Offline order ? order.parked() : policy;
        drainsDue += message instanceof CpuMessage.Drain ? 1 : 0;
    }

    @Override
    public void sent(ActorName to, Message message) {
        drainsDue -= message instanceof MachineMessage.Drained ? 1 : 0;
    }

    @Override
    public void did(EventKind kind, int head, int detail) {
        switch (kind) {
            case WENT_OFFLINE -> {
                offline = true;
                parked = detail;
                require(policy == OfflinePolicy.PARK || parked == 0, head, "went offline and kept heads");
            }
            case CAME_ONLINE -> {
                offline = false;
                require(detail == parked, head, "came back with another number of heads, now=" + detail);
            }
            case GET, SHORTFALL, PEEKED, PUT, REFILL, SPILL, HANDED_OVER, SET_ASIDE, POSTED, CAME_BACK, TAKEN_BACK -> {
                if (offline) {
                    require(false, head, kind + " by a CPU that is offline");
                }
            }
            case FLUSH -> {
                require(!offline || drainsDue > 0, head, "flushed by a CPU that is offline and not told to drain");
                parked -= offline ? 1 : 0;
            }
            case SENT_HOME ->
                require(!offline || drainsDue > 0, head, "sent home by a CPU that is offline and not told to drain");
            default -> {}
        }
    }

    private void require(boolean holds, int head, String facts) {
        if (!holds) {
            findings.add(Invariant.I13, head, facts + ": policy=" + policy + ", kept=" + parked);
        }
    }
}
