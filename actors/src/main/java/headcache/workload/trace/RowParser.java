package headcache.workload.trace;

import headcache.protocol.Op;
import headcache.protocol.SlabKind;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** Makes a row of a recording from a line of its file. */
final class RowParser {
    private static final int FUNCTION_SHIFT = 3;
    private static final int CALLER_SHIFT = 15;
    private static final int KIND_SHIFT = 27;
    private static final int CONTEXT_SHIFT = 28;
    private static final int BUDGET_SHIFT = 30;
    private static final int NODE_SHIFT = 31;

    private static final byte[][] EVENTS = new byte[TraceEvent.count()][];

    static {
        for (final TraceEvent event : TraceEvent.values()) {
            EVENTS[event.ordinal()] = event.label().getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final LineScanner scanner;
    private final RecordingBuilder rows;
    private final Symbols symbols = new Symbols();
    private final RowDetail detail;
    private final ObjectList objects = new ObjectList();
    private final BitSet delivered = new BitSet();
    private int lastSeq;

    RowParser(LineScanner scanner, RecordingBuilder rows) {
        this.scanner = scanner;
        this.rows = rows;
        this.detail = new RowDetail(scanner, symbols);
    }

    /** Reads the line that the scanner is at. */
    void row() {
        seq();
        final int cpu = scanner.number("cpu", Recording.CPU_LIMIT - 1);
        scanner.expect(',', "cpu");
        final TraceEvent event = event();
        objects.readObjects(scanner);
        scanner.expect(',', "object");
        detail.read();
        switch (event) {
            case GET -> get(cpu);
            case PUT -> put(cpu);
            case BULK_ALLOC -> bulkAlloc(cpu);
            case BULK_FREE -> bulkFree(cpu);
            case SLAB_ALLOC -> single(event, cpu, detail.need(DetailKey.NODE));
            case SLAB_FREE -> single(event, cpu, Op.ANY_NODE);
            case POLL -> poll(cpu);
        }
    }

    private void seq() {
        final int seq = scanner.number("seq", Integer.MAX_VALUE);
        if (seq <= lastSeq) {
            throw scanner.bad("seq does not increase", "seq", seq, "before", lastSeq);
        }
        if (rows.size > 0 && seq > lastSeq + 1) {
            rows.missing(seq - lastSeq - 1, scanner.line());
        }
        lastSeq = seq;
        scanner.expect(',', "seq");
    }

    private TraceEvent event() {
        final int from = scanner.at();
        scanner.skipTo(',');
        for (int i = 0; i < EVENTS.length; i++) {
            if (scanner.range(from, scanner.at(), EVENTS[i])) {
                scanner.expect(',', "event");
                return TraceEvent.of(i);
            }
        }
        throw scanner.bad("unknown event", "event", scanner.text(from));
    }

    private void get(int cpu) {
        final int call =
                call(TraceEvent.GET, detail.need(DetailKey.SITE), Symbols.EMPTY, TraceContext.SOFTIRQ, Op.ANY_NODE);
        if (detail.get(DetailKey.FAILED, 0) == 1) {
            if (objects.size() != 0) {
                throw scanner.bad("a failed get has an object", "object", objects.get(0));
            }
            rows.add(TraceEvent.GET, cpu, call, Recording.NO_OBJECT, detail.get(DetailKey.COUNT, -1));
        } else {
            rows.add(TraceEvent.GET, cpu, call, theObject(), detail.need(DetailKey.COUNT));
        }
    }

    private void put(int cpu) {
        final int caller = detail.need(DetailKey.CALLER);
        final int call = call(TraceEvent.PUT, detail.need(DetailKey.VIA), caller, TraceContext.SOFTIRQ, Op.ANY_NODE);
        rows.add(TraceEvent.PUT, cpu, call, theObject(), detail.need(DetailKey.COUNT));
    }

    private void single(TraceEvent event, int cpu, int node) {
        detail.need(DetailKey.CACHE);
        final TraceContext context = TraceContext.of(detail.need(DetailKey.CTX));
        final int call = call(event, detail.need(DetailKey.SITE), Symbols.EMPTY, context, node);
        rows.add(event, cpu, call, theObject(), -1);
    }

    private void bulkAlloc(int cpu) {
        checkCount();
        checkDistinct();
        if (detail.has(DetailKey.HOMES)) {
            bulkHomes();
        }
        final int call = call(TraceEvent.BULK_ALLOC, Symbols.EMPTY, Symbols.EMPTY, TraceContext.SOFTIRQ, Op.ANY_NODE);
        rows.add(TraceEvent.BULK_ALLOC, cpu, call, rows.addLists(objects, detail.kept()), objects.size());
    }

    private void checkDistinct() {
        for (int i = 0; i < objects.size(); i++) {
            if (delivered.get(objects.get(i))) {
                throw scanner.bad("bulk_alloc delivers an object twice", "object", objects.get(i));
            }
            delivered.set(objects.get(i));
        }
        for (int i = 0; i < objects.size(); i++) {
            delivered.clear(objects.get(i));
        }
    }

    private void bulkHomes() {
        final ObjectList homes = detail.homes();
        if (homes.size() != objects.size()) {
            throw scanner.bad("homes is not one for each object", "homes", homes.size(), "objects", objects.size());
        }
        for (int i = 0; i < objects.size(); i++) {
            rows.home(objects.get(i), homes.get(i));
        }
    }

    private void bulkFree(int cpu) {
        checkCount();
        detail.need(DetailKey.KEPT);
        for (int i = 0; i < detail.kept().size(); i++) {
            rows.seen(detail.kept().get(i));
        }
        final int call = call(
                TraceEvent.BULK_FREE, detail.need(DetailKey.VIA), Symbols.EMPTY, TraceContext.SOFTIRQ, Op.ANY_NODE);
        rows.add(TraceEvent.BULK_FREE, cpu, call, rows.addLists(objects, detail.kept()), objects.size());
    }

    private void poll(int cpu) {
        if (objects.size() != 0) {
            throw scanner.bad("a poll has an object", "object", objects.get(0));
        }
        final int call =
                call(TraceEvent.POLL, detail.need(DetailKey.DEV), Symbols.EMPTY, TraceContext.SOFTIRQ, Op.ANY_NODE);
        rows.add(TraceEvent.POLL, cpu, call, detail.need(DetailKey.WORK), detail.need(DetailKey.BUDGET));
    }

    private void checkCount() {
        final int n = detail.need(DetailKey.N);
        if (n != objects.size()) {
            throw scanner.bad("n is not the number of objects", "n", n, "objects", objects.size());
        }
        for (int i = 0; i < objects.size(); i++) {
            rows.seen(objects.get(i));
        }
    }

    private int theObject() {
        if (objects.size() != 1) {
            throw scanner.bad("there must be one object", "objects", objects.size());
        }
        final int object = objects.get(0);
        rows.seen(object);
        if (detail.has(DetailKey.HOME)) {
            rows.home(object, detail.get(DetailKey.HOME));
        }
        return object;
    }

    private int call(TraceEvent event, int function, int caller, TraceContext context, int node) {
        final int kind = detail.get(DetailKey.CACHE, SlabKind.HEAD.ordinal());
        final int budgetZero = detail.get(DetailKey.BUDGET0, 0);
        final long key = event.ordinal()
                | (long) function << FUNCTION_SHIFT
                | (long) caller << CALLER_SHIFT
                | (long) kind << KIND_SHIFT
                | (long) context.ordinal() << CONTEXT_SHIFT
                | (long) budgetZero << BUDGET_SHIFT
                | (long) (node + 1) << NODE_SHIFT;
        final int known = rows.findCall(key);
        if (known >= 0) {
            return known;
        }
        return rows.addCall(
                key,
                new Call(
                        event,
                        symbols.text(function),
                        symbols.text(caller),
                        kind == SlabKind.FCLONE.ordinal() ? SlabKind.FCLONE : SlabKind.HEAD,
                        context,
                        node,
                        budgetZero == 1));
    }
}
