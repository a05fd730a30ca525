package headcache.demos.cli;

import headcache.metrics.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which figures people want to see.
 *
 * @param tables the columns of each table
 * @param usual whether nobody asked for others
 */
record MetricChoice(List<List<Metric>> tables, boolean usual) {
    private static final String ALL = "all";

    /** More columns would not fit a terminal. */
    private static final int WIDEST = 9;

    /** What is shown where nothing else is asked for. */
    private static final MetricChoice USUAL = new MetricChoice(
            List.of(List.of(
                    Metric.CONTACTS,
                    Metric.LEAST,
                    Metric.SINGLES,
                    Metric.MESSAGES,
                    Metric.HIT_RATE,
                    Metric.REMOTE_FREES,
                    Metric.PARKED_MEAN,
                    Metric.PARKED_PEAK,
                    Metric.CYCLES)),
            true);

    /**
     * The choice that {@code words} make: names of metrics, names of groups, or all. Groups come first, each as a table,
     * and nothing comes twice for being asked for twice.
     *
     * @throws IllegalArgumentException if there is none of a name
     */
    static MetricChoice of(final List<String> words) {
        if (words.isEmpty()) {
            return USUAL;
        }
        final List<List<Metric>> tables = new ArrayList<>();
        final Set<Metric> asked = new LinkedHashSet<>();
        for (final String word : words) {
            final List<Metric.Group> groups = groups(word);
            groups.stream()
                    .map(Metric::of)
                    .filter(table -> !tables.contains(table))
                    .forEach(tables::add);
            if (groups.isEmpty()) {
                asked.add(Metric.named(word)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "no metric of that name: metric=" + word + NearNames.hint(word, names()))));
            }
        }
        final List<Metric> single = List.copyOf(asked);
        for (int from = 0; from < single.size(); from += WIDEST) {
            tables.add(List.copyOf(single.subList(from, Math.min(single.size(), from + WIDEST))));
        }
        return new MetricChoice(List.copyOf(tables), false);
    }

    private static List<Metric.Group> groups(final String word) {
        return Arrays.stream(Metric.Group.values())
                .filter(group -> word.equals(ALL) || word.equals(group.label()))
                .toList();
    }

    private static List<String> names() {
        return Stream.of(
                        Stream.of(ALL),
                        Arrays.stream(Metric.Group.values()).map(Metric.Group::label),
                        Arrays.stream(Metric.values()).map(Metric::label))
                .flatMap(names -> names)
                .toList();
    }

    /** Says what each figure is. */
    List<String> legend() {
        if (usual) {
            return List.of(
                    "for each packet: contacts, and the least that there could be; singles; messages; cycles",
                    "hits: allocations without the slab; remote: frees to another node; parked: mean, and peak of a"
                            + " CPU");
        }
        return tables.stream()
                .flatMap(List::stream)
                .map(metric -> metric.column() + ": " + metric.meaning())
                .toList();
    }
}
