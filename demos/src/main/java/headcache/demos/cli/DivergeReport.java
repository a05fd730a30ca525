package headcache.demos.cli;

import headcache.metrics.Operation;
import headcache.metrics.Operations;
import headcache.policy.Policy;
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
record DivergeReport(Policy first, Policy second, List<Parting> partings, String settings, String repeat) {

    void print(final Format format, final PrintWriter out, final PrintWriter err) {
        final RunDocuments documents =
                new RunDocuments(settings, partings.stream().map(this::document).toList(), repeat);
        switch (format) {
            case TABLE -> text(out);
            case JSON -> documents.json(out);
            case CSV -> documents.csv(out, err);
        }
        if (format != Format.TABLE) {
            WorkloadNotes.beside(partings.stream().map(Parting::workload).toList(), err);
        }
        out.flush();
    }

    private void text(final PrintWriter out) {
        out.println(settings);
        partings.forEach(parting -> {
            final String workload = parting.workload().name();
            out.println();
            if (parting.isThere()) {
                out.println(workload + ": " + same(parting.same()) + "; then they part");
                told(parting, out);
                out.println();
                followed(parting, out);
            } else {
                out.println(workload + ": no difference in " + number(parting.same()) + " operations");
            }
            WorkloadNotes.below(parting.workload(), out);
            if (parting.unseen() > 0) {
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

    private void told(final Parting parting, final PrintWriter out) {
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

    private void followed(final Parting parting, final PrintWriter out) {
        final Table table = new Table("contacts within", first.name(), second.name(), "difference");
        parting.followed().forEach(some -> row(table, number(some.within()) + " operations", some));
        row(table, "the rest of the run", parting.after());
        table.print(Format.TABLE, out);
    }

    private static void row(final Table table, final String within, final Parting.Contacts contacts) {
        table.row(
                within,
                number(contacts.first()),
                number(contacts.second()),
                String.format(Locale.ROOT, "%,d", contacts.first() - contacts.second()));
    }

    /** One workload for programs. */
    private Map<String, @Nullable Object> document(final Parting parting) {
        final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("workload", parting.workload().name());
        fields.put("first", first.name());
        fields.put("second", second.name());
        fields.put("parts", parting.isThere());
        fields.put("same", parting.same());
        fields.put(
                "firstOperation",
                parting.inFirst().map(some -> name(Optional.of(some))).orElse(null));
        fields.put("firstDoes", parting.inFirst().map(Operation::story).orElse(null));
        fields.put(
                "secondOperation",
                parting.inSecond().map(some -> name(Optional.of(some))).orElse(null));
        fields.put("secondDoes", parting.inSecond().map(Operation::story).orElse(null));
        for (final int operations : Parting.AFTER) {
            final Optional<Parting.Contacts> within = parting.within(operations);
            fields.put("first" + operations, within.map(Parting.Contacts::first).orElse(null));
            fields.put(
                    "second" + operations, within.map(Parting.Contacts::second).orElse(null));
        }
        fields.put("firstRest", parting.after().first());
        fields.put("secondRest", parting.after().second());
        return fields;
    }

    private static String number(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
