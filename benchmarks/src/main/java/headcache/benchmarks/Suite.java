package headcache.benchmarks;

import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Benchmarks that are run and told of together: those of one package.
 *
 * @param name as given on the command line, and the last part of the package's name
 * @param layout what is a row and what a table
 * @param baseline the row that the others are divided by
 * @param explanation what one operation is
 */
record Suite(String name, Layout layout, String baseline, String explanation) {
    /** All there are. */
    static final List<Suite> ALL = List.of(
            new Suite("core", Layout.CLASSES, "NettyRecycler", "one get and one put, on one thread"),
            new Suite("machine", Layout.METHODS, "bareLoop", "one packet: one allocation and one free"),
            new Suite(
                    "metrics",
                    Layout.METHODS,
                    "withoutMetrics generator=BURST",
                    "one packet of a run: one allocation and one free"),
            new Suite("laboratory", Layout.METHODS, "readAlone", "one frame of a capture"),
            new Suite("checking", Layout.METHODS, "delivered", "one message delivered, or one state"));

    /** What is a row of the tables. */
    enum Layout {
        /** Each class is a row, and each of its methods a table. */
        CLASSES,
        /** Each method, with its parameters, is a row of the only table. */
        METHODS
    }

    /** The JMH pattern of its benchmarks whose class and method match {@code pattern}. */
    String include(String pattern) {
        return "\\Qheadcache.benchmarks." + name + ".\\E.*" + pattern;
    }

    /** The table that a benchmark belongs to. */
    String table(BenchmarkParams benchmark) {
        return layout == Layout.CLASSES ? method(benchmark) : name;
    }

    /** The row that a benchmark belongs to. */
    String row(BenchmarkParams benchmark) {
        if (layout == Layout.METHODS) {
            return benchmark.getParamsKeys().stream()
                    .map(key -> " " + key + "=" + benchmark.getParam(key))
                    .collect(Collectors.joining("", method(benchmark), ""));
        }
        final String type =
                benchmark.getBenchmark().substring(0, benchmark.getBenchmark().lastIndexOf('.'));
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private static String method(BenchmarkParams benchmark) {
        return benchmark.getBenchmark().substring(benchmark.getBenchmark().lastIndexOf('.') + 1);
    }
}
