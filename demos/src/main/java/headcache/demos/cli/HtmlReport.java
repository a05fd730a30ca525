package headcache.demos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import headcache.workload.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * A page that shows a comparison in charts and tables: one file with all that it needs, the chart library included, so
 * that it can be shown without a network.
 *
 * @param file where it is written
 */
record HtmlReport(Path file) {
    private static final String FOLDER = "runs";
    private static final String CHARTS = "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";

    /**
     * A report in the file {@code name}, or, if that is empty, in the folder {@value #FOLDER} under a name that follows from
     * {@code repeat}: so a run that is repeated takes its own report's place.
     *
     * @throws BadInputException if no file can be written there
     */
    static HtmlReport at(final String name, final String repeat) {
        final HtmlReport report;
        try {
            report = new HtmlReport(
                    name.isEmpty() ? Path.of(FOLDER, "compare-" + sum(repeat) + ".html") : Path.of(name));
        } catch (final InvalidPathException impossible) {
            throw new BadInputException(name, 0, "no report can be written there", "reason", impossible.getReason());
        }
        report.prepare();
        return report;
    }

    private static String sum(final String text) {
        final CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    /** Finds out before a long run, and not after it, whether its report can be written. */
    private void prepare() {
        final Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        try {
            Files.createDirectories(folder);
        } catch (final IOException impossible) {
            throw unwritable(folder + " is no folder and cannot be made one");
        }
        if (Files.isDirectory(file)) {
            throw unwritable("it is a folder");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw unwritable("permission denied");
        }
    }

    private BadInputException unwritable(final String reason) {
        return new BadInputException(
                file.toString(), 0, "no report can be written there; --no-html leaves it out", "reason", reason);
    }

    /**
     * Writes the page.
     *
     * @throws BadInputException if it cannot be written
     */
    void write(final ReportData data) {
        try {
            Files.writeString(file, page(data), StandardCharsets.UTF_8);
        } catch (final IOException impossible) {
            throw unwritable(String.valueOf(impossible.getMessage()));
        }
    }

    static String page(final ReportData data) {
        return resource("report/report.html")
                .replace("/*STYLE*/", resource("report/report.css"))
                .replace("/*CHARTS*/", resource(CHARTS))
                .replace("/*SCRIPT*/", resource("report/report.js"))
                .replace("/*DATA*/", json(data));
    }

    /** No text in it can end the element that it stands in. */
    private static String json(final ReportData data) {
        try {
            return new ObjectMapper().writeValueAsString(data.document()).replace("<", "\\u003c");
        } catch (final JsonProcessingException impossibleForATree) {
            throw new IllegalStateException(impossibleForATree);
        }
    }

    private static String resource(final String name) {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
