package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotMessage;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.SlabMessage;
import headcache.protocol.WayOut;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down everything that happens to one head, and nothing else.
 *
 * <p>It counts all events as {@link Ledger} does, so the numbers of both agree in a deterministic run.
 */
public final class HeadHistory implements Tap {
    /** Events kept; what comes later is counted only. */
    public static final int KEPT = 1_000_000;

    /**
     * An event of the head.
     *
     * @param number of the event among all events of the run, from 1 on
     * @param step number of the step it was part of, from 1 on
     * @param who where it happened
     * @param kind what happened
     * @param head the head of the event: another one if this is its aggregate
     * @param detail what {@code kind} says it is
     * @param partner for what goes out of or into a slab or depot, or comes back to a CPU, who asked for it or gave it;
     *     otherwise null
     * @param company for the same, how many went together; otherwise 0
     * @param skb for data that is dropped, the head of the skb that dropped it; otherwise {@link Head#NONE}
     */
    public record Entry(
            long number,
            long step,
            ActorName who,
            EventKind kind,
            int head,
            int detail,
            @Nullable ActorName partner,
            int company,
            int skb) {}

    private final int head;
    private final List<Entry> entries = new ArrayList<>();
    private long number;
    private long step;
    private long left;

    /** Will write down the events of {@code head}. */
    public HeadHistory(int head) {
        this.head = head;
    }

    @Override
    public synchronized void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        step++;
        for (int i = 0; i < events.size(); i++) {
            number++;
            final EventKind kind = events.kind(i);
            if (events.head(i) == head || (namesAggregate(kind) && events.detail(i) == head)) {
                add(new Entry(
                        number,
                        step,
                        who,
                        kind,
                        events.head(i),
                        events.detail(i),
                        partner(kind, message),
                        company(kind, message, events),
                        kind == EventKind.DATA_DROPPED ? dropper(events, i) : Head.NONE));
            }
        }
    }

    private void add(Entry entry) {
        if (entries.size() < KEPT) {
            entries.add(entry);
        } else {
            left++;
        }
    }

    /**
     * The skb that drops data with event {@code at}: the next one that ends. Members of a frag_list end before
     * their aggregate, and drop their own data only.
     */
    private static int dropper(EventLog events, int at) {
        for (int i = at + 1; i < events.size(); i++) {
            final boolean member = events.detail(i) == WayOut.GRO_LIST_MEMBER.ordinal();
            if (events.kind(i) == EventKind.DIED && (!member || events.head(i) == events.head(at))) {
                return events.head(i);
            }
        }
        return Head.NONE;
    }

    private static boolean namesAggregate(EventKind kind) {
        return kind == EventKind.DATA_ADOPTED || kind == EventKind.LINKED;
    }

    /** Whether it is done for another actor, which the message names. */
    private static boolean hasPartner(EventKind kind) {
        return switch (kind) {
            case SLAB_OUT, SLAB_IN, SLAB_HALF, DEPOT_IN, DEPOT_OUT, CAME_BACK -> true;
            default -> false;
        };
    }

    private static @Nullable ActorName partner(EventKind kind, Message message) {
        if (!hasPartner(kind)) {
            return null;
        } else if (message instanceof SlabMessage.BulkAlloc request) {
            return request.from();
        } else if (message instanceof SlabMessage.SingleAlloc request) {
            return request.from();
        } else if (message instanceof SlabMessage.PassedOn request) {
            return request.from();
        } else if (message instanceof SlabMessage.BulkFree free) {
            return free.from();
        } else if (message instanceof SlabMessage.SingleFree free) {
            return free.from();
        } else if (message instanceof DepotMessage.TradeForFull trade) {
            return trade.from();
        } else if (message instanceof DepotMessage.TradeForEmpty trade) {
            return trade.from();
        } else if (message instanceof CpuMessage.GiveBack given) {
            return given.from();
        }
        return null;
    }

    private static int company(EventKind kind, Message message, EventLog events) {
        if (!hasPartner(kind)) {
            return 0;
        } else if (message instanceof DepotMessage || message instanceof CpuMessage) {
            return alike(kind, events);
        } else if (message instanceof SlabMessage.BulkAlloc request) {
            return request.count();
        } else if (message instanceof SlabMessage.PassedOn request) {
            return request.count();
        } else if (message instanceof SlabMessage.BulkFree free) {
            return free.heads().length;
        }
        return 1;
    }

    private static int alike(EventKind kind, EventLog events) {
        int count = 0;
        for (int i = 0; i < events.size(); i++) {
            count += events.kind(i) == kind ? 1 : 0;
        }
        return count;
    }

    /** The first events of the head, at most {@value #KEPT}. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many more there were. */
    public synchronized long left() {
        return left;
    }
}
