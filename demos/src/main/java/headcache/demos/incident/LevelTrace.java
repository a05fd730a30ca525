package headcache.demos.incident;

import headcache.cpu.CpuStep;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.Message;
import headcache.step.EventKind;
import headcache.step.EventLog;
import headcache.step.Step;
import headcache.step.Tap;
import java.util.ArrayList;
import java.util.List;

/** How many heads one CPU has parked after each get and put, and which of these needed the slab. */
final class LevelTrace implements Tap {
    /** What a get or put needed of the slab layer. */
    enum Contact {
        /** Nothing. */
        NONE(' '),
        /** A bulk allocation. */
        REFILL('R'),
        /** A bulk free. */
        SPILL('S');

        private final char mark;

        Contact(final char mark) {
            this.mark = mark;
        }
    }

    /**
     * A get or put.
     *
     * @param level heads parked afterwards
     * @param contact what it needed
     */
    record Op(int level, Contact contact) {}

    private final CpuId cpu;
    private final List<Op> ops = new ArrayList<>();
    private boolean refilled;

    LevelTrace(final CpuId cpu) {
        this.cpu = cpu;
    }

    @Override
    public void onStep(final ActorName who, final Message message, final Step<?> state, final EventLog events) {
        if (state instanceof CpuStep && who.equals(cpu)) {
            for (int i = 0; i < events.size(); i++) {
                saw(events.kind(i), events.detail(i));
            }
        }
    }

    private void saw(final EventKind kind, final int detail) {
        switch (kind) {
            case REFILL_ASKED -> refilled = true;
            case GET, PUT -> {
                ops.add(new Op(detail, refilled ? Contact.REFILL : Contact.NONE));
                refilled = false;
            }
            case SPILL -> {
                final Op put = ops.remove(ops.size() - 1);
                ops.add(new Op(put.level() - 1, Contact.SPILL));
            }
            default -> {
                // moves no parked head
            }
        }
    }

    /** The gets and puts, in order. */
    List<Op> ops() {
        return ops;
    }

    /** {@code count} of them from {@code from} on, to be drawn. */
    List<LevelChart.Column> columns(final int from, final int count) {
        return ops.subList(from, from + count).stream()
                .map(op -> new LevelChart.Column(op.level(), op.contact().mark))
                .toList();
    }

    /** How many of them needed the slab. */
    long contacts() {
        return ops.stream().filter(op -> op.contact() != Contact.NONE).count();
    }

    /** How many gets were filled by the slab. */
    long refills() {
        return ops.stream().filter(op -> op.contact() == Contact.REFILL).count();
    }

    /** The fewest gets and puts from one that needed the slab to the next; as many as there are if none did. */
    int leastGap() {
        int least = ops.size();
        int last = -1;
        for (int i = 0; i < ops.size(); i++) {
            if (ops.get(i).contact() != Contact.NONE) {
                least = last < 0 ? least : Math.min(least, i - last);
                last = i;
            }
        }
        return least;
    }
}
