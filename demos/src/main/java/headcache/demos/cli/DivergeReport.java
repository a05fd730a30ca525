package headcache.demos.cli;

import headcache.metrics.Divergence;
import headcache.metrics.Operation;
import headcache.metrics.Operations;
import headcache.policy.Policy;
import headcache.workload.Workload;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code compare --diverge} says: where two policies part, and what follows.
 *
 * @param first one policy
 * @param second the other
 * @param partings where they part on each workload
 * @param settings what was run
 * @param repeat the command that repeats it
 */
record DivergeReport(Policy first, Policy second, Map<Workload, Divergence> partings, String settings, String repeat) {
    /** After how many operations what follows is told, and once more at the end. */
    private static final List<Integer> AFTER = List.of(10, 100, 1000);

    void print(final Format format, final PrintWriter out, final PrintWriter err) {
        final RunDocuments documents = new RunDocuments(
                settings,
                partings.entrySet().stream()
                        .map(parting -> document(parting.getKey(), parting.getValue()))
                        .toList(),
                repeat);
        switch (format) {
            case TABLE -> text(out);
            case JSON -> documents.json(out);
            case CSV -> documents.csv(out, err);
        }
        if (format != Format.TABLE) {
            WorkloadNotes.beside(partings.keySet(), err);
        }
        out.flush();
    }

    private void text(final PrintWriter out) {
        out.println(settings);
        partings.forEach((workload, parting) -> {
            out.println();
            if (parting.isThere()) {
                out.println(workload.name() + ": " + same(parting.place()) + "; then they part");
                told(parting, out);
                out.println();
                followed(parting, out);
            } else {
                out.println(workload.name() + ": no difference in " + number(parting.place()) + " operations");
            }
            WorkloadNotes.below(workload, out);
            final long left = Math.max(parting.first().count(), parting.second().count()) - Operations.MOST;
            if (left > 0) {
                out.println("looked at no more than the first " + number(Operations.MOST) + " operations");
            }
        });
        out.println();
        out.println("repeat: " + repeat);
    }

    private static String same(final int operations) {
        return switch (operations) {
            case 0 -> "no operation is the same";
            case 1 -> "the first operation is the same";
            default -> "the first " + number(operations) + " operations are the same";
        };
    }

    private void told(final Divergence parting, final PrintWriter out) {
        new Table("policy", "operation", "where its head comes from or goes to")
                .row(first.name(), name(parting.inFirst()), story(parting.inFirst()))
                .row(second.name(), name(parting.inSecond()), story(parting.inSecond()))
                .print(Format.TABLE, out);
    }

    private static String name(final Optional<Operation> operation) {
        return operation
                .map(some -> some.what().label() + " " + number(some.number()) + " of " + some.who())
                .orElse("-");
    }

    private static String story(final Optional<Operation> operation) {
        return operation.map(Operation::story).orElse("has ended");
    }

    private void followed(final Divergence parting, final PrintWriter out) {
        final Table table = new Table("contacts within", first.name(), second.name(), "difference");
        final int longest = longest(parting);
        for (final int operations : AFTER) {
            if (operations < longest) {
                row(
                        table,
                        number(operations) + " operations",
                        parting.contactsWithin(parting.first(), operations),
                        parting.contactsWithin(parting.second(), operations));
            }
        }
        row(
                table,
                "the rest of the run",
                parting.contactsAfter(parting.first()),
                parting.contactsAfter(parting.second()));
        table.print(Format.TABLE, out);
    }

    private static int longest(final Divergence parting) {
        return Math.max(parting.first().kept(), parting.second().kept()) - parting.place();
    }

    private static void row(final Table table, final String within, final long one, final long other) {
        table.row(within, number(one), number(other), String.format(Locale.ROOT, "%,d", one - other));
    }

    /** One workload for programs. */
    private Map<String, @Nullable Object> document(final Workload workload, final Divergence parting) {
        final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("workload", workload.name());
        fields.put("first", first.name());
        fields.put("second", second.name());
        fields.put("parts", parting.isThere());
        fields.put("same", parting.place());
        fields.put(
                "firstOperation",
                parting.inFirst().map(some -> name(Optional.of(some))).orElse(null));
        fields.put("firstDoes", parting.inFirst().map(Operation::story).orElse(null));
        fields.put(
                "secondOperation",
                parting.inSecond().map(some -> name(Optional.of(some))).orElse(null));
        fields.put("secondDoes", parting.inSecond().map(Operation::story).orElse(null));
        for (final int operations : AFTER) {
            final boolean there = parting.isThere() && operations < longest(parting);
            fields.put("first" + operations, there ? parting.contactsWithin(parting.first(), operations) : null);
            fields.put("second" + operations, there ? parting.contactsWithin(parting.second(), operations) : null);
        }
        fields.put("firstRest", parting.contactsAfter(parting.first()));
        fields.put("secondRest", parting.contactsAfter(parting.second()));
        return fields;
    }

    private static String number(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
