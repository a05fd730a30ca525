package headcache.demos.lesson;

import headcache.kit.Sent;
import headcache.kit.run.Recording;
import headcache.kit.run.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A run as a table: a column for each actor, a row for each message that arrives, time goes down. */
public final class RunDrawing {
    private static final String NOTHING = "";

    private final Recording run;
    private final List<String> actors;

    /** Draws {@code run}; the columns are {@code actors}, and what others get is left out. */
    public RunDrawing(final Recording run, final String... actors) {
        this.run = run;
        this.actors = List.of(actors);
    }

    /** The first row, from 1, whose cell begins with {@code words}. */
    int find(final String words) {
        return IntStream.range(0, run.steps().size())
                        .filter(i -> words(i).startsWith(words))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("nothing like it in this run: words=" + words))
                + 1;
    }

    /** How many rows there are. */
    int size() {
        return run.steps().size();
    }

    /** All rows under the names of the actors. */
    public List<String> lines() {
        return lines(1, size());
    }

    /** Rows {@code first} to {@code last}, from 1, under the names of the actors. */
    List<String> lines(final int first, final int last) {
        final List<String> names = new ArrayList<>(List.of("#"));
        names.addAll(actors);
        final Grid grid = new Grid(names.toArray(String[]::new));
        for (int number = first; number <= last; number++) {
            final Step step = run.steps().get(number - 1);
            final int column = actors.indexOf(step.receiver());
            if (column >= 0) {
                final String[] cells = new String[names.size()];
                Arrays.fill(cells, NOTHING);
                cells[0] = String.valueOf(number);
                cells[column + 1] = words(number - 1);
                grid.row(cells);
            }
        }
        return grid.lines();
    }

    /** What the receiver of delivery {@code place}, from 0, did, in a few words. */
    private String words(final int place) {
        final Step step = run.steps().get(place);
        final List<String> did = new ArrayList<>();
        String last = NOTHING;
        for (final String event : step.observed()) {
            final String[] parts = event.split(" ", 2);
            final String words = verb(parts[0]);
            if (words.isEmpty()) {
                continue;
            }
            final String head = parts.length == 2 ? " " + parts[1] : NOTHING;
            if (parts[0].equals(last)) {
                did.add(did.remove(did.size() - 1) + head);
            } else {
                did.add(words + head);
            }
            last = parts[0];
        }
        if (run.trail().cause() != null && place == size() - 1) {
            did.add("STOP");
        }
        return did.isEmpty() ? silent(step) : String.join(", ", did);
    }

    private static String verb(final String event) {
        return switch (event) {
            case "REFILL_ASKED" -> "asks for heads";
            case "GET" -> "get";
            case "GET_FAILED" -> "get fails";
            case "PUT" -> "put";
            case "HOLD" -> "attach to";
            case "SPILL" -> "spill";
            case "SINGLE_ALLOC" -> "gets";
            case "SINGLE_FREE" -> "frees";
            case "SLAB_OUT" -> "gives";
            case "SLAB_IN" -> "home";
            default -> NOTHING;
        };
    }

    /** What kind of message {@code sent} is; in an audited machine each is wrapped into one that names its sender. */
    private static String kind(final Sent sent) {
        final String inner = sent.message().replaceFirst("^Via\\([^,]*, ", NOTHING);
        return inner.split("\\W", 2)[0];
    }

    private static String onward(final Step step) {
        return kind(step.sends().get(0)).equals("SingleAlloc") ? "asks for one head" : "nothing to do";
    }

    /** The words for a step that moved no head. */
    private static String silent(final Step step) {
        return switch (kind(step.letter())) {
            case "Marker" -> step.sends().isEmpty() ? "marker" : "marker, counts";
            case "BatchDone" ->
                step.sends().isEmpty() ? "done" : "tells " + step.sends().get(0).receiver();
            case "BulkAlloc", "SingleAlloc" -> "has none";
            case "FREED" -> "told it is home";
            default -> step.sends().isEmpty() ? "must wait" : onward(step);
        };
    }
}
