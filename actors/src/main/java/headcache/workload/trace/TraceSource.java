package headcache.workload.trace;

import headcache.workload.BadInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of a recording: one that comes with the program, or one of the user's.
 *
 * @param file the file as reports name it
 * @param name the recording's name, as {@code initial_state.csv} has it: the file's name without what
 *     says its format
 * @param place where it is
 */
public record TraceSource(String file, String name, Place place) {
    /** The recordings that come with the program, by name: three long ones, and two with their packets. */
    public static final List<String> BUNDLED =
            List.of("tcp_bulk", "vlan_nat", "numa_two_nodes", "vlan_nat_pair", "tcp_rx_pair");

    /** Those of them that come with the packets of the same run. */
    public static final List<String> WITH_PACKETS = List.of("vlan_nat_pair", "tcp_rx_pair");

    /** The file beside recordings that tells what the caches held when they began. */
    public static final String INITIAL_STATE = "initial_state.csv";

    private static final int GZIP_MAGIC = 0x8b1f;
    private static final int BUFFER = 1 << 16;
    private static final int INFLATER_BUFFER = 1 << 15;
    private static final String RESOURCES = "/headcache/traces/";
    private static final List<String> ENDINGS = List.of(".csv.gz", ".csv", ".pcap.gz", ".pcap", ".gz");

    /** Where a file is. */
    public sealed interface Place {
        /** In the file system. */
        record Disk(Path path) implements Place {}

        /** In the program itself, below the folder of recordings. */
        record Bundle(String resource) implements Place {}
    }

    /**
     * Finds what a user names: a file if there is one, otherwise a bundled recording.
     *
     * @throws BadInputException if there is neither
     */
    public static TraceSource of(String fileOrName) {
        final Path path = path(fileOrName);
        if (!Files.exists(path) && BUNDLED.contains(fileOrName)) {
            return bundled(fileOrName);
        }
        if (!Files.exists(path)) {
            throw new BadInputException(fileOrName, 0, "no such file, nor a recording of that name", "names", BUNDLED);
        }
        return file(fileOrName);
    }

    /**
     * Finds a user's file.
     *
     * @throws BadInputException if there is none
     */
    public static TraceSource file(String fileName) {
        final Path path = path(fileName);
        if (Files.isDirectory(path)) {
            throw new BadInputException(fileName, 0, "is a directory, not a file");
        }
        if (!Files.exists(path)) {
            throw new BadInputException(fileName, 0, "no such file");
        }
        return new TraceSource(fileName, stem(path.getFileName().toString()), new Place.Disk(path));
    }

    /** The bundled recording {@code name}, one of {@link #BUNDLED}. */
    public static TraceSource bundled(String name) {
        final String folder = WITH_PACKETS.contains(name) ? "paired/" : "";
        return new TraceSource(name, name, new Place.Bundle(folder + name + ".csv.gz"));
    }

    /** The file {@code fileName} in the same folder, if there is one. */
    public Optional<TraceSource> beside(String fileName) {
        if (place instanceof Place.Bundle here) {
            final String resource = here.resource.substring(0, here.resource.lastIndexOf('/') + 1) + fileName;
            return url(resource) == null
                    ? Optional.empty()
                    : Optional.of(new TraceSource(resource, stem(fileName), new Place.Bundle(resource)));
        }
        final Path sibling = ((Place.Disk) place).path.resolveSibling(fileName);
        return Files.isRegularFile(sibling)
                ? Optional.of(new TraceSource(sibling.toString(), stem(fileName), new Place.Disk(sibling)))
                : Optional.empty();
    }

    /**
     * Opens it for reading, buffered, and unpacked if it begins like gzip, whatever its name.
     *
     * @throws IOException if it cannot be opened, or begins like gzip and is none
     */
    public InputStream open() throws IOException {
        final InputStream raw = new BufferedInputStream(openRaw(), BUFFER);
        try {
            raw.mark(2);
            final int magic = raw.read() | raw.read() << 8;
            raw.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(raw, INFLATER_BUFFER) : raw;
        } catch (final IOException failure) {
            raw.close();
            throw failure;
        }
    }

    private InputStream openRaw() throws IOException {
        if (place instanceof Place.Bundle here) {
            final URL url = url(here.resource);
            if (url == null) {
                throw new IOException("not part of this program");
            }
            return url.openStream();
        }
        return Files.newInputStream(((Place.Disk) place).path);
    }

    private static @Nullable URL url(String resource) {
        return TraceSource.class.getResource(RESOURCES + resource);
    }

    private static Path path(String fileName) {
        try {
            return Path.of(fileName);
        } catch (final InvalidPathException failure) {
            throw new BadInputException(fileName, 0, "cannot be a file's name", "reason", failure.getReason());
        }
    }

    private static String stem(String fileName) {
        for (final String ending : ENDINGS) {
            if (fileName.endsWith(ending)) {
                return fileName.substring(0, fileName.length() - ending.length());
            }
        }
        return fileName;
    }
}
