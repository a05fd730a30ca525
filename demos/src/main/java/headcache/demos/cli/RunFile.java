package headcache.demos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import headcache.kit.Semantics;
import headcache.verify.scene.Scene;
import headcache.verify.scene.Scenes;
import headcache.workload.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * A run of a scenario as a file: what is needed to do it again.
 *
 * @param scenario the scenario's name
 * @param unfixed whether the kernel is the one without the later fixes
 * @param semantics which orders were possible
 * @param kept for each driver, the places of the commands that are given; the others are left out
 * @param deliveries the names of the channels that deliver, in order
 * @param rule what is broken in the end
 */
record RunFile(
        String scenario,
        boolean unfixed,
        Semantics semantics,
        List<List<Integer>> kept,
        List<String> deliveries,
        String rule) {
    private static final long LARGEST = 1 << 20;

    private static ObjectMapper mapper() {
        final ObjectMapper mapper = new ObjectMapper();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(10).build());
        return mapper.enable(SerializationFeature.INDENT_OUTPUT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
    }

    /**
     * Reads {@code file}.
     *
     * @throws BadInputException if it cannot be read, or is no run of a scenario there is
     */
    static RunFile read(final String file) {
        try {
            final Path path = Path.of(file);
            if (Files.size(path) > LARGEST) {
                throw new BadInputException(file, 0, "too large for a run", "bytes", Files.size(path));
            }
            final RunFile run = mapper().readValue(Files.readString(path), RunFile.class);
            run.check(file);
            return run;
        } catch (final JsonProcessingException wrong) {
            final int line =
                    wrong.getLocation() == null ? 0 : wrong.getLocation().getLineNr();
            throw new BadInputException(file, Math.max(line, 0), "no run: " + what(wrong));
        } catch (final IOException | InvalidPathException wrong) {
            throw new BadInputException(
                    file, 0, "cannot be read: " + wrong.getClass().getSimpleName());
        }
    }

    /** Jackson adds advice to programmers in brackets. */
    private static String what(final JsonProcessingException wrong) {
        return wrong.getOriginalMessage().replaceAll("\\s*\\(set DeserializationConfig[^)]*\\)", "");
    }

    private void check(final String file) {
        final Scene scene = Scenes.named(scenario)
                .orElseThrow(() -> new BadInputException(file, 0, "no such scenario", "scenario", scenario));
        if (kept.size() != scene.scripts().size()) {
            throw new BadInputException(
                    file,
                    0,
                    "another number of drivers",
                    "given",
                    kept.size(),
                    "drivers",
                    scene.scripts().size());
        }
        for (int driver = 0; driver < kept.size(); driver++) {
            final int commands = scene.scripts().get(driver).size();
            for (final Integer place : kept.get(driver)) {
                if (place == null || place < 0 || place >= commands) {
                    throw new BadInputException(
                            file, 0, "no such command", "driver", driver, "place", place, "commands", commands);
                }
            }
        }
    }

    /** The scenario with the commands that are kept. */
    Scene scene() {
        final Scene whole = Scenes.named(scenario).orElseThrow();
        return (unfixed ? Scenes.unfixed(whole) : whole).keeping(kept);
    }

    /**
     * Writes it to {@code file}.
     *
     * @throws BadInputException if that is not possible
     */
    void write(final String file) {
        try {
            Files.writeString(Path.of(file), mapper().writeValueAsString(this) + "\n", StandardCharsets.UTF_8);
        } catch (final IOException | InvalidPathException wrong) {
            throw new BadInputException(
                    file, 0, "cannot be written: " + wrong.getClass().getSimpleName());
        }
    }
}
