package headcache.verify;

import headcache.cache.CachePolicy;
import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.OfflinePolicy;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.verify.Recorded.Entry;
import java.util.Arrays;
import java.util.List;

/**
 * The laws of a cache that is one array, checked on what a CPU does: bounds (I4), order (I5) and traffic with the slab
 * (I11). Drains, and flushes after softirqs, may take everything out at any time, but nothing less.
 */
public final class StackRules implements Laws {
    private final CachePolicy policy;
    private final boolean mayComeSingly;
    private final boolean mayFlush;
    private final boolean mayBalance;

    /** How many heads the flush at the end of a softirq leaves. */
    private final int flushFloor;

    private final BulkRules bulk;
    private final Findings findings;
    private int[] stack = new int[8];
    private int parked;
    private boolean drained;
    private int asked;
    private int laid;
    private boolean takingBack;
    private int toSpill;
    private int floor;
    private int flushed;
    private EventKind flushing = EventKind.RESUMED;

    /**
     * The laws of a cache that is empty.
     *
     * @param kernel whose code paths the CPU follows
     * @param findings where to say what breaks them
     */
    StackRules(CachePolicy policy, Kernel kernel, Findings findings) {
        this(policy, kernel, false, findings);
    }

    /** The laws of an empty cache that may be refilled by one head, where a depot has no full magazine. */
    StackRules(CachePolicy policy, Kernel kernel, boolean mayComeSingly, Findings findings) {
        this.policy = policy;
        this.mayComeSingly = mayComeSingly;
        this.mayBalance = kernel.takes(CodePath.BALANCE_AFTER_SOFTIRQ);
        final boolean halves = mayBalance || kernel.takes(CodePath.HALVE_AFTER_SOFTIRQ);
        this.mayFlush = halves || kernel.takes(CodePath.FLUSH_AFTER_SOFTIRQ);
        this.flushFloor = halves ? policy.capacity() / 2 : 0;
        this.bulk = new BulkRules(policy, findings);
        this.findings = findings;
    }

    /**
     * The first hundred violations of these laws in {@code history}, which begins with an empty cache; each has the
     * number of the line, from 1 on, as the number of its event.
     *
     * @param kernel whose code paths the CPU follows
     */
    public static List<Violation> violations(CachePolicy policy, Kernel kernel, List<Entry> history) {
        final Now now = new Now();
        final Findings findings = new Findings(now);
        final StackRules rules = new StackRules(policy, kernel, findings);
        for (final Entry entry : history) {
            now.number++;
            if (entry instanceof Entry.Took took) {
                rules.took(took.message());
            } else if (entry instanceof Entry.Did did) {
                rules.did(did.kind(), did.head(), did.detail());
            }
        }
        rules.rest();
        return findings.first();
    }

    /** How many heads are parked, as far as events tell. */
    int parked() {
        return parked;
    }

    /** Whether all slots may be taken: between the two requests of a bulk get. */
    boolean mayBeFull() {
        return bulk.isUnderWay();
    }

    /** The head in {@code slot}, as far as events tell. */
    int head(int slot) {
        return stack[slot];
    }

    @Override
    public void took(Message message) {
        drained |= message instanceof CpuMessage.Drain
                || (message instanceof CpuMessage.Offline order && order.parked() != OfflinePolicy.PARK);
    }

    /** Says that nothing more happens for now, so what was begun must have ended. */
    void rest() {
        close(EventKind.RESUMED);
        bulk.mustHaveEnded();
    }

    @Override
    public void did(EventKind kind, int head, int detail) {
        close(kind);
        switch (kind) {
            case REFILL_ASKED -> refillAsked(detail);
            case BULK_GET -> bulk.begins(detail);
            case SHORTFALL_ASKED -> bulk.asksShortfall(detail, parked);
            case SHORTFALL -> bulk.getsPast(head, detail, parked);
            case SHORTFALL_FAILED -> bulk.isRefused();
            case REFILL -> {
                require(Invariant.I5, detail == parked, head, "a refill was laid in the wrong slot");
                push(head);
                laid++;
            }
            case TAKEN_BACK -> {
                require(
                        Invariant.I11,
                        parked == 0 || takingBack,
                        head,
                        "what came back was taken though the cache is not empty");
                require(Invariant.I5, detail == parked, head, "what came back was laid in the wrong slot");
                push(head);
                takingBack = true;
            }
            case GET, PEEKED -> get(head, detail);
            case GET_FAILED -> getFailed();
            case BORN -> bulk.mustHaveEnded();
            case PUT -> put(head, detail);
            case SPILL -> spill(head, detail);
            case FLUSH -> flush(head, detail);
            case HANDED_OVER -> flush(head, flushed);
            case WENT_OFFLINE, CAME_ONLINE ->
                require(Invariant.I4, detail == parked, head, "another number of heads is parked");
            default -> {}
        }
    }

    private void refillAsked(int count) {
        asked = count;
        if (bulk.isUnderWay()) {
            bulk.asksRefill(count, parked);
            return;
        }
        final boolean balances = mayBalance && count == flushFloor - parked;
        require(
                Invariant.I11,
                balances || parked == 0,
                Head.NONE,
                "a refill was asked for though the cache is not empty");
        require(
                Invariant.I11,
                balances || count == policy.refill(),
                Head.NONE,
                "a refill was asked for of another size");
    }

    private void getFailed() {
        if (bulk.isUnderWay()) {
            bulk.fails(parked);
        } else {
            require(Invariant.I4, parked == 0, Head.NONE, "a get failed though the cache is not empty");
        }
    }

    private void get(int head, int left) {
        require(Invariant.I4, parked > 0, head, "got from an empty cache");
        final boolean atOnce = bulk.isUnderWay();
        final int slot = atOnce ? bulk.slot(parked) : parked - 1;
        require(
                Invariant.I5,
                parked == 0 || stack[slot] == head,
                head,
                atOnce ? "got at once, but it is not the next of the newest" : "got, but it is not the newest");
        if (atOnce) {
            bulk.gets();
        }
        remove(head);
        require(Invariant.I4, left == parked, head, "another number of heads is left");
    }

    private void put(int head, int count) {
        push(head);
        require(Invariant.I4, count == parked, head, "another number of heads is parked");
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
        require(Invariant.I5, at < parked && stack[at] == head, head, "spilled out of order");
        remove(head);
        toSpill--;
    }

    private void flush(int head, int slot) {
        require(Invariant.I11, mayFlush || drained, head, "flushed though nothing asks for that");
        if (slot == 0) {
            endFlush();
        }
        if (flushed == 0) {
            floor = drained && slot == 0 ? 0 : flushFloor;
        }
        require(Invariant.I5, slot == floor + flushed, head, "flushed from the wrong slot");
        require(Invariant.I5, parked > floor && stack[floor] == head, head, "flushed out of order");
        remove(head);
        flushed++;
    }

    /** Checks what the last events began, once another kind of event shows that they have ended. */
    private void close(EventKind next) {
        if (next != EventKind.REFILL && laid > 0) {
            final boolean single = mayComeSingly && laid == 1;
            require(Invariant.I11, laid == asked || single, Head.NONE, "a refill delivered a part of what was asked");
            laid = 0;
        }
        takingBack &= next == EventKind.TAKEN_BACK;
        if (next != EventKind.SPILL && toSpill > 0) {
            require(Invariant.I11, false, Head.NONE, "a full cache did not spill all it has to: left=" + toSpill);
            toSpill = 0;
        }
        if (next != flushing) {
            endFlush();
            flushing = next;
        }
    }

    /** A drain may follow the flush at the end of a softirq without anything in between. */
    private void endFlush() {
        if (flushed > 0) {
            require(Invariant.I11, parked == floor, Head.NONE, "a flush left heads behind: left=" + parked);
            flushed = 0;
        }
    }

    private void push(int head) {
        if (parked == stack.length) {
            stack = Arrays.copyOf(stack, 2 * parked);
        }
        stack[parked++] = head;
    }

    /** Takes the oldest entry of {@code head} out, if there is one. */
    private void remove(int head) {
        for (int slot = 0; slot < parked; slot++) {
            if (stack[slot] == head) {
                parked--;
                System.arraycopy(stack, slot + 1, stack, slot, parked - slot);
                return;
            }
        }
    }

    private void require(Invariant law, boolean holds, int head, String facts) {
        if (!holds) {
            findings.add(law, head, facts + ": parked=" + parked);
        }
    }
}
