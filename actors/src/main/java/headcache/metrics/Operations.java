package headcache.metrics;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.TaskId;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.Arrays;

/**
 * What a run did with heads, operation by operation: where each head came from or went to. For runs on one thread, in which
 * operations have an order.
 *
 * <p>The first {@value #MOST} operations are kept, 20 bytes for each; later ones are only counted.
 */
public final class Operations implements Tap {
    /** Operations that are kept. */
    public static final int MOST = 1 << 21;

    private static final int FEWEST = 1024;
    private static final int NONE = -1;
    private static final int SLAB = -2;

    /** Of each operation: who (a CPU's number, twice, and 1 more for its task) and what, heads in, heads out, heads held, contacts. */
    private int[] actions = new int[FEWEST];

    private int[] fetched = new int[FEWEST];
    private int[] given = new int[FEWEST];
    private int[] held = new int[FEWEST];
    private int[] calls = new int[FEWEST];
    private int kept;
    private long count;
    private long contacts;
    private final OfCpu[] cpus;
    private boolean ended;

    /** Watches {@code count} CPUs and their tasks. */
    public Operations(int count) {
        cpus = new OfCpu[count];
        Arrays.setAll(cpus, cpu -> new OfCpu());
    }

    /** How many operations there were. */
    public long count() {
        return count;
    }

    /** How many of them are kept, from the first on. */
    public int kept() {
        return kept;
    }

    /** Contacts of all operations, kept or not. */
    public long contacts() {
        return contacts;
    }

    /** Contacts of the kept operations from place {@code from} up to but without {@code to}. */
    public long contacts(int from, int to) {
        long sum = 0;
        for (int i = from; i < Math.min(to, kept); i++) {
            sum += calls[i];
        }
        return sum;
    }

    /** The operation at place {@code place} of those kept. */
    public Operation at(int place) {
        final int action = actions[place];
        long number = 0;
        for (int i = 0; i <= place; i++) {
            if (actions[i] == action) {
                number++;
            }
        }
        final Operation.What[] kinds = Operation.What.values();
        final int who = action / kinds.length;
        return new Operation(
                who % 2 == 0 ? new CpuId(who / 2) : new TaskId(who / 2),
                kinds[action % kinds.length],
                number,
                fetched[place] != NONE,
                Math.max(0, fetched[place]),
                given[place],
                held[place]);
    }

    /** Whether the heads of the operation at {@code place}, and of that of {@code other}, go the same way. */
    boolean isSame(int place, Operations other, int otherPlace) {
        return actions[place] == other.actions[otherPlace]
                && (fetched[place] == NONE) == (other.fetched[otherPlace] == NONE)
                && (given[place] == 0) == (other.given[otherPlace] == 0);
    }

    /** The place of the first operation from {@code from} on that is by whoever did the one at {@code place} in {@code other}. */
    int next(int from, Operations other, int place) {
        final int who = other.who(place);
        int next = from;
        while (next < kept && who(next) != who) {
            next++;
        }
        return next;
    }

    private int who(int place) {
        return actions[place] / Operation.What.values().length;
    }

    @Override
    public void onStep(ActorName who, Message message, Step<?> state, EventLog events) {
        ended |= message instanceof CpuMessage.Drain;
        if (ended) {
            return;
        }
        if (who instanceof CpuId cpu) {
            happened(2 * cpu.index(), cpus[cpu.index()], events);
        } else if (who instanceof TaskId task) {
            happened(2 * task.index() + 1, cpus[task.index()], events);
        }
    }

    private void happened(int who, OfCpu cpu, EventLog events) {
        for (int i = 0; i < events.size(); i++) {
            switch (events.kind(i)) {
                case REFILL_ASKED -> {
                    cpu.fetched = 0;
                    cpu.asks++;
                    contacts++;
                }
                case REFILL -> cpu.fetched++;
                case SHORTFALL_ASKED -> {
                    cpu.shortfall = events.detail(i);
                    contacts++;
                }
                case SHORTFALL_FAILED -> cpu.fetchedPast(0);
                case SHORTFALL -> {
                    cpu.fetchedPast(cpu.shortfall);
                    got(who, cpu, Operation.What.SHORTFALL, 0);
                }
                case SPILL, FLUSH -> gave(cpu, SLAB);
                case POSTED -> gave(cpu, events.detail(i));
                case GET, PEEKED -> got(who, cpu, Operation.What.GET, events.detail(i));
                case GET_FAILED -> got(who, cpu, Operation.What.FAILED_GET, 0);
                case PUT -> freed(who, cpu, Operation.What.PUT, events.detail(i));
                case SET_ASIDE -> freed(who, cpu, Operation.What.SET_ASIDE, 0);
                case SENT -> sent(who, events.head(i), events.detail(i));
                default -> past(who, events.kind(i), events.head(i));
            }
        }
    }

    private void got(int who, OfCpu cpu, Operation.What what, int left) {
        final int place = add(who, what, cpu.fetched, left);
        if (place != NONE) {
            calls[place] = cpu.asks;
        }
        cpu.did(place);
        cpu.asks = 0;
        cpu.fetched = NONE;
    }

    private void freed(int who, OfCpu cpu, Operation.What what, int inCache) {
        cpu.did(add(who, what, NONE, inCache));
    }

    /** One more head leaves {@code cpu}: those that go to one place between two operations are one contact. */
    private void gave(OfCpu cpu, int to) {
        final boolean isFirst = cpu.givesTo != to;
        cpu.givesTo = to;
        contacts += isFirst ? 1 : 0;
        if (cpu.last != NONE) {
            calls[cpu.last] += isFirst ? 1 : 0;
            given[cpu.last]++;
        }
    }

    private void past(int who, EventKind kind, int head) {
        if (Head.isFclone(head)) {
            return;
        }
        switch (kind) {
            case SINGLE_ALLOC -> add(who, Operation.What.SINGLE_ALLOC, NONE, 0);
            case SINGLE_ALLOC_FAILED -> add(who, Operation.What.FAILED_SINGLE_ALLOC, NONE, 0);
            case SINGLE_FREE -> add(who, Operation.What.SINGLE_FREE, NONE, 0);
            default -> {}
        }
    }

    /** What a poll delivers is no end of an skb, and names no CPU. */
    private void sent(int who, int head, int to) {
        if (to != Head.NONE && !Head.isFclone(head)) {
            add(who, Operation.What.HANDED_BACK, NONE, 0);
        }
    }

    /** Its place, or {@link #NONE} if it is not kept. */
    private int add(int who, Operation.What what, int heads, int left) {
        count++;
        if (kept == MOST) {
            return NONE;
        }
        if (kept == actions.length) {
            actions = Arrays.copyOf(actions, 2 * kept);
            fetched = Arrays.copyOf(fetched, 2 * kept);
            given = Arrays.copyOf(given, 2 * kept);
            held = Arrays.copyOf(held, 2 * kept);
            calls = Arrays.copyOf(calls, 2 * kept);
        }
        actions[kept] = who * Operation.What.values().length + what.ordinal();
        fetched[kept] = heads;
        held[kept] = left;
        calls[kept] = 0;
        return kept++;
    }

    private static final class OfCpu {
        /** Heads that a refill brought which no get has followed yet. */
        private int fetched = NONE;

        /** Requests for heads that no get has followed yet. */
        private int asks;

        /** Heads that a bulk get asked for past the cache, none of which it has taken yet. */
        private int shortfall = NONE;

        /** Place of its last get, put or setting aside, whose doing it is if heads are given back. */
        private int last = NONE;

        /** Where heads went since then: to the CPU of that number, or to {@link #SLAB}. */
        private int givesTo = NONE;

        /** The next get is the first that what was asked for past the cache is there for, if anything was. */
        void fetchedPast(int heads) {
            if (shortfall != NONE) {
                asks++;
                fetched = heads;
                shortfall = NONE;
            }
        }

        void did(int operation) {
            last = operation;
            givesTo = NONE;
        }
    }
}
