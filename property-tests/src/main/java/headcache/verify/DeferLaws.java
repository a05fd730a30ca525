package headcache.verify;

import headcache.protocol.Head;
import headcache.skb.Kernel;
import headcache.step.EventKind;

/**
 * What a CPU may do with its defer list: it never grows beyond its cap (I4), takes nothing while the CPU is offline (I13),
 * and raises a softirq whenever it reaches its kick and none is due, and only then (I15).
 */
final class DeferLaws implements Laws {
    private final Kernel kernel;
    private final Findings findings;
    private boolean offline;
    private boolean kickDue;

    /** Whether a softirq was due when the CPU went offline: it may still come, or have come to nothing. */
    private boolean kickMayBeDue;

    /** The list's length if it reached its kick with the last event, else 0. */
    private int reached;

    DeferLaws(Kernel kernel, Findings findings) {
        this.kernel = kernel;
        this.findings = findings;
    }

    @Override
    public void did(EventKind kind, int head, int detail) {
        final boolean mustKick = reached > 0 && !kickDue && !kickMayBeDue;
        reached = 0;
        if (mustKick && kind != EventKind.DEFER_KICKED) {
            require(Invariant.I15, false, head, "reached its kick and raised no softirq", kernel.deferKick());
        }
        switch (kind) {
            case DEFERRED -> {
                require(Invariant.I4, detail <= kernel.deferCap(), head, "grew beyond its cap", detail);
                require(Invariant.I13, !offline, head, "took an skb though its CPU is offline", detail);
                reached = detail == kernel.deferKick() ? detail : 0;
            }
            case DEFER_KICKED -> {
                require(Invariant.I15, !kickDue, head, "raised a softirq though one is due", detail);
                require(Invariant.I15, detail >= kernel.deferKick(), head, "raised a softirq too early", detail);
                kickDue = true;
                kickMayBeDue = false;
            }
            case DEFER_HEEDED -> {
                require(
                        Invariant.I15,
                        kickDue || kickMayBeDue,
                        head,
                        "is emptied by a softirq that it did not raise",
                        detail);
                kickDue = false;
                kickMayBeDue = false;
            }
            case WENT_OFFLINE -> offline = true;
            case CAME_ONLINE -> {
                offline = false;
                kickMayBeDue = kickDue || kickMayBeDue;
                kickDue = false;
            }
            default -> {}
        }
    }

    @Override
    public void ended() {
        if (reached > 0 && !kickDue && !kickMayBeDue) {
            require(Invariant.I15, false, Head.NONE, "reached its kick and raised no softirq", reached);
        }
        reached = 0;
    }

    private void require(Invariant law, boolean holds, int head, String facts, int skbs) {
        if (!holds) {
            findings.add(law, head, "the defer list " + facts + ": skbs=" + skbs);
        }
    }
}
