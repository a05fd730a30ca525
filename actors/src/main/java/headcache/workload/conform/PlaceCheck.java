package headcache.workload.conform;

import headcache.protocol.SlabKind;
import headcache.workload.trace.InitialState;
import headcache.workload.trace.Recording;
import headcache.workload.trace.TraceEvent;
import java.util.Arrays;

/**
 * Follows each head through the rows of all CPUs, in their one order: it is in the slab, in the cache of
 * one CPU, or in use. Where a head is before it first appears is not known.
 */
final class PlaceCheck {
    private static final short UNKNOWN = 0;
    private static final short IN_SLAB = 1;
    private static final short IN_USE = 2;
    private static final short IN_USE_AS_PAIR = 3;
    private static final short IN_CACHE = 4;

    private final Recording recording;
    private final short[] place;
    private final int[] since;
    private final Findings findings = new Findings();
    private boolean rowIsWrong;

    private PlaceCheck(Recording recording) {
        this.recording = recording;
        this.place = new short[recording.objectLimit()];
        this.since = new int[recording.objectLimit()];
        Arrays.fill(since, -1);
    }

    static Findings of(Recording recording, InitialState initial) {
        final PlaceCheck check = new PlaceCheck(recording);
        for (int cpu = 0; cpu < recording.cpus(); cpu++) {
            final short cache = cache(cpu);
            initial.of(recording.name(), cpu).ifPresent(state -> check.park(state.objects(), cache));
        }
        for (int row = 0; row < recording.size(); row++) {
            check.row(row);
        }
        return check.findings;
    }

    private void park(int[] objects, short cache) {
        for (final int object : objects) {
            if (object != InitialState.UNKNOWN && object < place.length) {
                place[object] = cache;
            }
        }
    }

    private void row(int row) {
        rowIsWrong = false;
        final short cache = cache(recording.cpu(row));
        final TraceEvent event = recording.event(row);
        switch (event) {
            case GET -> {
                if (recording.object(row) != Recording.NO_OBJECT) {
                    move(row, recording.object(row), cache, IN_USE);
                }
            }
            case PUT -> move(row, recording.object(row), IN_USE, cache);
            case SLAB_ALLOC -> move(row, recording.object(row), IN_SLAB, inUse(row));
            case SLAB_FREE -> move(row, recording.object(row), inUse(row), IN_SLAB);
            case BULK_ALLOC -> moveAll(row, recording.objects(row), IN_SLAB, cache);
            case BULK_FREE -> {
                moveAll(row, recording.objects(row), cache, IN_SLAB);
                moveAll(row, recording.kept(row), cache, cache);
            }
            case POLL -> {}
        }
    }

    private short inUse(int row) {
        return recording.call(recording.callId(row)).kind() == SlabKind.FCLONE ? IN_USE_AS_PAIR : IN_USE;
    }

    private void moveAll(int row, int[] objects, short from, short to) {
        for (final int object : objects) {
            move(row, object, from, to);
        }
    }

    private void move(int row, int object, short from, short to) {
        final short was = place[object];
        if (was != from && was != UNKNOWN && !rowIsWrong) {
            rowIsWrong = true;
            differs(row, object, from, was);
        }
        if (was != to) {
            place[object] = to;
            since[object] = row;
        }
    }

    private void differs(int row, int object, short from, short was) {
        if (findings.isFirst(Check.PLACE)) {
            final String when = since[object] < 0 ? "" : " since line " + recording.line(since[object]);
            findings.add(new Mismatch(
                    Check.PLACE,
                    row,
                    recording.cpu(row),
                    RowText.of(recording, row) + ", object " + object + " being " + name(from),
                    "object " + object + " is " + name(was) + when));
        } else {
            findings.addUntold(Check.PLACE);
        }
    }

    private static short cache(int cpu) {
        return (short) (IN_CACHE + cpu);
    }

    private static String name(short place) {
        return switch (place) {
            case IN_SLAB -> "in the slab";
            case IN_USE -> "in use";
            case IN_USE_AS_PAIR -> "in use as a pair of twins";
            default -> "in the cache of cpu " + (place - IN_CACHE);
        };
    }
}
