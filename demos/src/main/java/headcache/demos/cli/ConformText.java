package headcache.demos.cli;

import headcache.workload.conform.Check;
import headcache.workload.conform.Conformance;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The results of {@code conform} for people. */
final class ConformText {

    private ConformText() {}

    static void print(final List<ConformResult> results, final int recordings, final PrintWriter out) {
        out.println();
        if (!results.isEmpty()) {
            recordings(results).print(Format.TABLE, out);
            out.println();
            checks(results).print(Format.TABLE, out);
        }
        for (final ConformResult result : results) {
            printNotes(result, out);
            result.conformance().first().ifPresent(first -> printFirst(first, out));
        }
        if (!results.isEmpty()) {
            out.println();
        }
        out.println(
                results.size() == recordings
                        ? verdict(results)
                        : "no verdict: " + results.size() + " of " + recordings + " recordings compared");
    }

    private static Table recordings(final List<ConformResult> results) {
        final Table table = new Table("recording", "cache events", "mismatches", "ways", "mismatches", "begins with");
        for (final ConformResult result : results) {
            final Conformance conformance = result.conformance();
            table.row(
                    conformance.trace(),
                    number(conformance.events()),
                    number(conformance.mismatches()),
                    number(conformance.routes()),
                    number(conformance.routeMismatches()),
                    result.initial().isEmpty() ? "where each is known to be empty" : result.initial());
        }
        return table;
    }

    private static Table checks(final List<ConformResult> results) {
        final Table table = new Table("check", "mismatches", "what holds");
        for (final Check check : Check.values()) {
            table.row(
                    check.label(),
                    number(sum(results, conformance -> conformance.counts().getOrDefault(check, 0L))),
                    check.statement());
        }
        return table;
    }

    private static void printNotes(final ConformResult result, final PrintWriter out) {
        final Conformance conformance = result.conformance();
        final String name = conformance.trace() + ": ";
        if (conformance.skipped() > 0) {
            out.println(name + number(conformance.skipped())
                    + " cache events skipped, before it is known what the cache held");
        }
        if (conformance.notReached() > 0) {
            out.println(name + number(conformance.notReached())
                    + " operations not reached, because the model refused an earlier one of that CPU");
        }
        conformance
                .unknownRoutes()
                .forEach((call, rows) ->
                        out.println(name + "way unknown, not compared: " + call + " (" + number(rows) + " rows)"));
        conformance
                .remote()
                .ifPresent(remote -> out.println(name + "remote heads got="
                        + number(remote.gets()) + " put=" + number(remote.puts()) + " delivered="
                        + number(remote.delivered())));
    }

    private static void printFirst(final Conformance.First first, final PrintWriter out) {
        out.println();
        out.println(
                first.place() + ": first mismatch: " + first.mismatch().check().label());
        out.println("  recorded  " + first.mismatch().expected());
        out.println("  model     " + first.mismatch().actual());
        out.println("  the rows that led there:");
        first.history().forEach(row -> out.println("    " + row));
    }

    private static String verdict(final List<ConformResult> results) {
        final long differing = results.stream()
                .filter(result -> !result.conformance().conforms())
                .count();
        final String compared = number(sum(results, conformance -> conformance.events() - conformance.skipped()))
                + " cache events and " + number(sum(results, Conformance::routes)) + " ways of " + results.size()
                + (results.size() == 1 ? " recording" : " recordings");
        final List<String> empty = results.stream()
                .filter(result -> !result.compared())
                .map(result -> result.conformance().trace())
                .toList();
        if (differing > 0) {
            return "does not conform: " + differing + " of " + results.size() + " recordings differ";
        }
        return empty.isEmpty()
                ? "conforms: " + compared + ", no difference"
                : "inconclusive: nothing to compare in " + String.join(" ", empty);
    }

    private static long sum(final List<ConformResult> results, final ToLongFunction<Conformance> of) {
        return results.stream()
                .mapToLong(result -> of.applyAsLong(result.conformance()))
                .sum();
    }

    private static String number(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
