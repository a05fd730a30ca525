package headcache.demos.lesson;

import headcache.protocol.Head;
import headcache.protocol.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A page while it is written, from top to bottom; a blank line lies between its parts. */
final class Sheet {
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();

    /** A page with {@code title} on top, underlined. */
    Sheet(final String title) {
        lines.add(title);
        lines.add("-".repeat(Page.WIDTH));
    }

    /** Adds paragraphs of text; line breaks in it count as spaces, blank lines end a paragraph. */
    Sheet text(final String text) {
        for (final String paragraph : text.strip().split("\\n\\s*\\n", -1)) {
            block(wrapped(paragraph));
        }
        return this;
    }

    /** Adds a line of its own, which is not wrapped. */
    Sheet line(final String text) {
        return block(List.of(text));
    }

    /** Adds lines as they are, indented. */
    Sheet indented(final List<String> block) {
        return block(block.stream().map(line -> INDENT + line).toList());
    }

    /** Adds {@code drawing}. */
    Sheet drawing(final StackDrawing drawing) {
        return block(drawing.lines());
    }

    /** Adds, without a blank line before it, which packets have which heads and how many the slabs count as in use. */
    Sheet inUse(final String label, final State state) {
        final int packets = state.inUse().size();
        final String named = INDENT + label + ": " + (packets == 0 ? "none" : named(state)) + counts(state);
        final boolean fits = named.length() <= Page.WIDTH;
        lines.add(fits ? named : INDENT + label + ": the heads of " + packets + " packets" + counts(state));
        return this;
    }

    /** Adds the word of an actor that refused to go on. */
    Sheet verdict(final Turn turn) {
        if (turn.misuse() == null) {
            throw new IllegalArgumentException("nothing was refused: call=" + turn.call());
        }
        return block(wrapped("The machine stops: " + turn.misuse().getMessage()));
    }

    /** The page as written. */
    Page page() {
        return new Page(lines);
    }

    private Sheet block(final List<String> block) {
        if (lines.size() > 2) {
            lines.add("");
        }
        lines.addAll(block);
        return this;
    }

    private static String counts(final State state) {
        return IntStream.range(0, state.out().size())
                .mapToObj(node -> NodeId.of(node) + " " + state.out().get(node))
                .collect(Collectors.joining(", ", "   (slab's count: ", ")"));
    }

    private static String named(final State state) {
        final Map<Integer, List<String>> packets = new LinkedHashMap<>();
        state.inUse()
                .forEach((packet, head) ->
                        packets.computeIfAbsent(head, none -> new ArrayList<>()).add(packet));
        return packets.entrySet().stream()
                .map(entry -> String.join(" and ", entry.getValue()) + " on " + Head.name(entry.getKey())
                        + (state.isParked(entry.getKey()) ? " (parked, too!)" : ""))
                .collect(Collectors.joining(", "));
    }

    private static List<String> wrapped(final String paragraph) {
        final List<String> wrapped = new ArrayList<>();
        final StringBuilder line = new StringBuilder();
        for (final String word : paragraph.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > Page.WIDTH) {
                wrapped.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        wrapped.add(line.toString());
        return wrapped;
    }
}
