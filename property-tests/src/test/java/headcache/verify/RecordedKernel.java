package headcache.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A kernel that records itself: head caches in the plainest form that can be written down, driven by a
 * script of numbers, and the rows that its recording would have.
 */
final class RecordedKernel {
    /** What is recorded. */
    record Shape(int cpus, int nodes, int capacity, int refill, int spill, int initial) {}

    /** A row without its number. */
    record Row(int cpu, String event, String objects, String detail) {
        Row withObjects(String others) {
            return new Row(cpu, event, others, detail);
        }

        Row withDetail(String other) {
            return new Row(cpu, event, objects, other);
        }

        boolean isCacheEvent() {
            return event.equals("get") || event.equals("put") || event.startsWith("bulk_");
        }
    }

    /** An object in use, and whether it is a pair of twins. */
    private record InUse(int object, boolean pair) {}

    private static final int CHOICES = 1009;
    private static final int MOVES = 14;

    /** Numbers of a script are below this. */
    static final int NUMBERS = MOVES * CHOICES;

    private static final List<String> CONTEXTS = List.of("task", "softirq", "hardirq");

    private final Shape shape;
    private final List<Row> rows = new ArrayList<>();
    private final List<List<Integer>> caches = new ArrayList<>();
    private final List<List<Integer>> initial = new ArrayList<>();
    private final List<Integer> slab = new ArrayList<>();
    private final List<InUse> inUse = new ArrayList<>();
    private final Set<Integer> shown = new HashSet<>();
    private int remoteGets;
    private int objects;
    private int failedRefills;
    private int spills;

    RecordedKernel(Shape shape, int[] script) {
        this.shape = shape;
        for (int cpu = 0; cpu < shape.cpus; cpu++) {
            final List<Integer> heads = new ArrayList<>();
            for (int i = 0; i < shape.initial % shape.capacity; i++) {
                heads.add(++objects);
            }
            initial.add(List.copyOf(heads));
            caches.add(heads);
        }
        for (final int number : script) {
            play(number / CHOICES, number % CHOICES);
        }
    }

    private void play(int move, int choice) {
        final int cpu = choice % shape.cpus;
        final int rest = choice / shape.cpus;
        if (move < 3) {
            get(cpu, rest);
        } else if (move < 9) {
            put(cpu, rest);
        } else if (move < 12) {
            slabAlloc(cpu, rest);
        } else if (move == 12) {
            slabFree(cpu, rest);
        } else {
            rows.add(new Row(cpu, "poll", "", "dev=eth" + cpu + " work=" + rest % 65 + " budget=64"));
        }
    }

    private void get(int cpu, int choice) {
        final List<Integer> cache = caches.get(cpu);
        if (cache.isEmpty()) {
            refill(cpu, choice);
        }
        final String site = " site=" + (choice % 2 == 0 ? "napi_build_skb" : "__napi_alloc_skb");
        if (cache.isEmpty()) {
            failedRefills++;
            rows.add(new Row(cpu, "get", "", "failed=1" + site));
            return;
        }
        final int head = cache.remove(cache.size() - 1);
        inUse.add(new InUse(head, false));
        remoteGets += home(head) == nodeOf(cpu) ? 0 : 1;
        rows.add(new Row(cpu, "get", show(head), "count=" + cache.size() + site + homeItem(head)));
    }

    private void refill(int cpu, int choice) {
        final List<Integer> delivered = new ArrayList<>();
        if (choice % 7 != 0) {
            for (int i = 0; i < shape.refill; i++) {
                delivered.add(fromSlab(choice + i));
            }
        }
        caches.get(cpu).addAll(delivered);
        final String homes = shape.nodes == 1 || delivered.isEmpty()
                ? ""
                : " homes=" + delivered.stream().map(head -> "" + home(head)).collect(Collectors.joining());
        rows.add(new Row(cpu, "bulk_alloc", list(delivered), "n=" + delivered.size() + homes));
    }

    private void put(int cpu, int choice) {
        final int at = findInUse(choice, false);
        if (at < 0) {
            get(cpu, choice);
            return;
        }
        final int head = inUse.remove(at).object;
        final List<Integer> cache = caches.get(cpu);
        cache.add(head);
        final String via = choice % 3 == 0
                ? "via=napi_skb_free_stolen_head caller=napi_gro_receive"
                : "via=napi_consume_skb caller=" + (choice % 3 == 1 ? "net_rx_action" : "e1000_clean");
        rows.add(new Row(cpu, "put", show(head), "count=" + cache.size() + " " + via + homeItem(head)));
        if (cache.size() == shape.capacity) {
            spills++;
            final int floor = shape.capacity - shape.spill;
            final List<Integer> spilled = new ArrayList<>(cache.subList(floor, shape.capacity));
            cache.subList(floor, shape.capacity).clear();
            slab.addAll(spilled);
            rows.add(new Row(
                    cpu,
                    "bulk_free",
                    list(spilled),
                    "n=" + spilled.size() + " via=napi_consume_skb kept=" + list(cache)));
        }
    }

    private void slabAlloc(int cpu, int choice) {
        final boolean pair = choice % 3 == 0;
        final int object = fromSlab(choice);
        inUse.add(new InUse(object, pair));
        final int node = choice % 4 == 0 ? home(object) : -1;
        rows.add(new Row(
                cpu,
                "slab_alloc",
                show(object),
                kind(pair) + " site=__alloc_skb node=" + node + " gfp=GFP_ATOMIC ctx=" + CONTEXTS.get(choice % 2)
                        + homeItem(object)));
    }

    private void slabFree(int cpu, int choice) {
        if (inUse.isEmpty()) {
            return;
        }
        final InUse freed = inUse.remove(choice % inUse.size());
        slab.add(freed.object);
        final String context = CONTEXTS.get(choice % 3);
        final String site = choice % 5 == 0 ? "site=e1000_clean budget0=1" : "site=tcp_ack";
        rows.add(new Row(
                cpu,
                "slab_free",
                show(freed.object),
                kind(freed.pair) + " " + site + " ctx=" + context + homeItem(freed.object)));
    }

    private int fromSlab(int choice) {
        return slab.isEmpty() || choice % 2 == 0 ? ++objects : slab.remove(choice % slab.size());
    }

    private int findInUse(int choice, boolean pair) {
        for (int i = 0; i < inUse.size(); i++) {
            final int at = (choice + i) % inUse.size();
            if (inUse.get(at).pair == pair) {
                return at;
            }
        }
        return -1;
    }

    private String show(int object) {
        shown.add(object);
        return String.valueOf(object);
    }

    private String list(List<Integer> heads) {
        return heads.stream().map(this::show).collect(Collectors.joining(";"));
    }

    private static String kind(boolean pair) {
        return "cache=" + (pair ? "fclone" : "head");
    }

    private String homeItem(int object) {
        return shape.nodes == 1 ? "" : " home=" + home(object);
    }

    private int home(int object) {
        return object % shape.nodes;
    }

    private int nodeOf(int cpu) {
        return cpu % shape.nodes;
    }

    /** The rows, in order. */
    List<Row> rows() {
        return rows;
    }

    List<Integer> nodeOfCpu() {
        return IntStream.range(0, shape.cpus).map(this::nodeOf).boxed().toList();
    }

    int remoteGets() {
        return remoteGets;
    }

    int failedRefills() {
        return failedRefills;
    }

    int spills() {
        return spills;
    }

    /** What the caches held; heads that never show up have no number. */
    String initialState(String trace) {
        final StringBuilder text = new StringBuilder("trace,cpu,count,objects_bottom_first,final_count\n");
        for (int cpu = 0; cpu < shape.cpus; cpu++) {
            final String heads = initial.get(cpu).stream()
                    .map(head -> shown.contains(head) ? String.valueOf(head) : "?")
                    .collect(Collectors.joining(";"));
            text.append(trace).append(',').append(cpu).append(',');
            text.append(initial.get(cpu).size()).append(',').append(heads).append(',');
            text.append(caches.get(cpu).size()).append('\n');
        }
        return text.toString();
    }

    /** The rows of a file. */
    static List<Row> rows(String csv) {
        return csv.lines()
                .skip(1)
                .map(line -> line.split(",", 5))
                .map(fields -> new Row(Integer.parseInt(fields[1]), fields[2], fields[3], fields[4]))
                .toList();
    }

    /** The file with {@code rows}. */
    static String csv(List<Row> rows) {
        final StringBuilder text = new StringBuilder("seq,cpu,event,object,detail\n");
        for (int i = 0; i < rows.size(); i++) {
            final Row row = rows.get(i);
            text.append(i + 1)
                    .append(',')
                    .append(row.cpu)
                    .append(',')
                    .append(row.event)
                    .append(',');
            text.append(row.objects).append(',').append(row.detail).append('\n');
        }
        return text.toString();
    }
}
