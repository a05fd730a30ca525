package headcache.verify;

import headcache.cache.CachePolicy;
import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.OfflinePolicy;
import headcache.step.EventKind;
import headcache.verify.Recorded.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * The laws of a cache that is one array, checked on a CPU's history: bounds (I4), order (I5) and traffic with the slab
 * (I11). Drains, and flushes before the series, may take everything out at any time, but nothing less.
 */
public final class StackRules {
    private final CachePolicy policy;
    private final boolean mayFlush;
    private final List<Integer> stack = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private boolean drained;
    private int line;
    private int laid;
    private int toSpill;
    private int flushed;

    private StackRules(CachePolicy policy, boolean servesGets) {
        this.policy = policy;
        this.mayFlush = !servesGets;
    }

    /**
     * What in {@code history}, which begins with an empty cache, breaks these laws.
     *
     * @param servesGets whether the series is applied; without it the array is flushed after each softirq
     */
    public static List<Violation> violations(CachePolicy policy, boolean servesGets, List<Entry> history) {
        final StackRules rules = new StackRules(policy, servesGets);
        for (final Entry entry : history) {
            rules.line++;
            if (entry instanceof Entry.Took took) {
                rules.drained |= drains(took.message());
            } else if (entry instanceof Entry.Did did) {
                rules.close(did.kind());
                rules.see(did.kind(), did.head(), did.detail());
            }
        }
        rules.close(EventKind.RESUMED);
        return rules.violations;
    }

    private static boolean drains(Message message) {
        return message instanceof CpuMessage.Drain
                || (message instanceof CpuMessage.Offline order && order.parked() != OfflinePolicy.PARK);
    }

    private void see(EventKind kind, int head, int detail) {
        switch (kind) {
            case REFILL_ASKED -> {
                require(Invariant.I11, stack.isEmpty(), head, "a refill was asked for though the cache is not empty");
                require(Invariant.I11, detail == policy.refill(), head, "a refill was asked for of another size");
            }
            case REFILL -> {
                require(Invariant.I5, detail == stack.size(), head, "a refill was laid in the wrong slot");
                stack.add(head);
                laid++;
            }
            case GET -> get(head, detail);
            case GET_FAILED, REFILL_FAILED ->
                require(Invariant.I4, stack.isEmpty(), head, "a get failed though the cache is not empty");
            case PUT -> put(head, detail);
            case SPILL -> spill(head, detail);
            case FLUSH -> flush(head, detail);
            case HANDED_OVER -> flush(head, flushed);
            case WENT_OFFLINE, CAME_ONLINE ->
                require(Invariant.I4, detail == stack.size(), head, "another number of heads is parked");
            default -> {}
        }
    }

    private void get(int head, int left) {
        final boolean isTop = !stack.isEmpty() && stack.get(stack.size() - 1) == head;
        require(Invariant.I4, !stack.isEmpty(), head, "got from an empty cache");
        require(Invariant.I5, isTop, head, "got, but it is not the newest");
        stack.remove((Integer) head);
        require(Invariant.I4, left == stack.size(), head, "another number of heads is left");
    }

    private void put(int head, int count) {
        stack.add(head);
        require(Invariant.I4, count == stack.size(), head, "another number of heads is parked");
        require(Invariant.I4, count <= policy.capacity(), head, "put into a full cache");
        toSpill = count == policy.capacity() ? policy.spill() : 0;
    }

    private void spill(int head, int slot) {
        if (toSpill == 0) {
            require(Invariant.I11, false, head, "spilled though the cache is not full");
            return;
        }
        final int expected = policy.spillFloor() + policy.spill() - toSpill;
        final int at = policy.spillFloor();
        require(Invariant.I5, slot == expected, head, "spilled from another slot than the policy's");
        require(Invariant.I5, stack.get(at) == head, head, "spilled out of order");
        stack.remove((Integer) head);
        toSpill--;
    }

    private void flush(int head, int slot) {
        require(Invariant.I11, mayFlush || drained, head, "flushed though nothing asks for that");
        require(Invariant.I5, slot == flushed, head, "flushed from the wrong slot");
        require(Invariant.I5, !stack.isEmpty() && stack.get(0) == head, head, "flushed out of order");
        stack.remove((Integer) head);
        flushed++;
    }

    /** Checks what the last events began, once another kind of event shows that they have ended. */
    private void close(EventKind next) {
        if (next != EventKind.REFILL && laid > 0) {
            require(Invariant.I11, laid == policy.refill(), Head.NONE, "a refill delivered a part of what was asked");
            laid = 0;
        }
        if (next != EventKind.SPILL && toSpill > 0) {
            require(Invariant.I11, false, Head.NONE, "a full cache did not spill all it has to: left=" + toSpill);
            toSpill = 0;
        }
        if (next != EventKind.FLUSH && next != EventKind.HANDED_OVER && flushed > 0) {
            require(Invariant.I11, stack.isEmpty(), Head.NONE, "a flush left heads behind: left=" + stack.size());
            flushed = 0;
        }
    }

    private void require(Invariant law, boolean holds, int head, String facts) {
        if (!holds) {
            violations.add(new Violation(law, head, line, facts + ": parked=" + stack.size()));
        }
    }
}
