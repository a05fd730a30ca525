package headcache.verify.scene;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import headcache.kit.Semantics;
import headcache.kit.report.Mermaid;
import headcache.kit.search.Found;
import headcache.kit.shrink.Shrunk;
import headcache.kit.shrink.Survival;
import headcache.machine.MachineConfig;
import headcache.middle.Depots;
import headcache.middle.Middle;
import headcache.protocol.ActorName;
import headcache.protocol.Op;
import headcache.verify.Command;
import headcache.workload.BadInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run of a scenario as a file: what is needed to do it again, and what there was to be said of it.
 *
 * @param scenario the scenario's name
 * @param unfixed whether the kernel is the one without the later fixes
 * @param mutant which bug is planted in the machine; null: none
 * @param given the scenario itself, if it is none that has a name; null otherwise
 * @param semantics which orders were possible
 * @param kept for each driver, the places of the commands that are given; the others are left out
 * @param deliveries the names of the channels that deliver, in order
 * @param rule what is broken in the end
 * @param cause how, in the words of the time; for readers only, as is all that follows
 * @param localCausal whether it survives {@link Semantics#LOCAL_CAUSAL}
 * @param mermaid a sequence diagram of it, line by line
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"scenario", "unfixed", "mutant", "given", "semantics", "kept", "deliveries", "rule"})
public record RunFile(
        String scenario,
        boolean unfixed,
        @Nullable String mutant,
        @Nullable Given given,
        Semantics semantics,
        List<List<Integer>> kept,
        List<String> deliveries,
        String rule,
        @Nullable String cause,
        @Nullable Survival localCausal,
        @Nullable List<String> mermaid) {
    private static final long LARGEST = 1 << 20;
    private static final int DEEPEST = 20;

    /** What Jackson adds in brackets: which of its settings to change, and a place as it writes it itself. */
    private static final Pattern FOR_PROGRAMMERS =
            Pattern.compile("\\s*\\((set DeserializationConfig[^)]*|start marker at \\[.*?\\])\\)");

    /**
     * A scenario without a name.
     *
     * @param machine the machine
     * @param scripts what each driver tells it
     */
    public record Given(MachineConfig machine, List<List<Command>> scripts) {}

    /** Says which of several kinds of value it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Kinds {}

    /**
     * The file of what was shrunk.
     *
     * @param unfixed whether its kernel is the one without the later fixes
     * @param mutant which bug is planted in the machine; null: none
     */
    public static RunFile of(Shrunk<SceneCase> shrunk, boolean unfixed, @Nullable String mutant) {
        final Scene whole = shrunk.subject().whole();
        return new RunFile(
                whole.name(),
                unfixed,
                mutant,
                null,
                shrunk.found().recording().semantics(),
                shrunk.subject().kept(),
                shrunk.found().names(),
                shrunk.rule(),
                shrunk.found().cause().getMessage(),
                shrunk.survival(),
                Mermaid.lines(shrunk.found().recording()));
    }

    /** The file of a run of {@code scene}, which has no name. */
    public static RunFile of(Scene scene, Found found, String rule) {
        return new RunFile(
                scene.name(),
                false,
                null,
                new Given(scene.machine(), scene.scripts()),
                found.recording().semantics(),
                scene.places(),
                found.names(),
                rule,
                found.cause().getMessage(),
                null,
                Mermaid.lines(found.recording()));
    }

    private static ObjectMapper mapper() {
        final ObjectMapper mapper = new ObjectMapper();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
        for (final Class<?> kinds : List.of(Command.class, Op.class, ActorName.class, Depots.class, Middle.class)) {
            mapper.addMixIn(kinds, Kinds.class);
            Arrays.stream(kinds.getPermittedSubclasses()).forEach(mapper::registerSubtypes);
        }
        return mapper.enable(SerializationFeature.INDENT_OUTPUT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }

    /**
     * Reads {@code file}.
     *
     * @throws BadInputException if it cannot be read, or is no run of a scenario there is
     */
    public static RunFile read(String file) {
        try {
            final Path path = Path.of(file);
            if (Files.size(path) > LARGEST) {
                throw new BadInputException(file, 0, "too large for a run", "bytes", Files.size(path));
            }
            final RunFile run = mapper().readValue(Files.readString(path), RunFile.class);
            run.check(file);
            return run;
        } catch (final JsonProcessingException wrong) {
            throw noRun(file, wrong);
        } catch (final CharacterCodingException binary) {
            throw new BadInputException(file, 0, "no run: it is no text in UTF-8");
        } catch (final NoSuchFileException missing) {
            throw new BadInputException(
                    file, 0, "no such file; check --save writes one, and runs to begin with are in docs/runs");
        } catch (final IOException | InvalidPathException wrong) {
            throw new BadInputException(file, 0, "cannot be read", "reason", String.valueOf(wrong.getMessage()));
        }
    }

    private static BadInputException noRun(String file, JsonProcessingException wrong) {
        final String what =
                "no run: " + FOR_PROGRAMMERS.matcher(wrong.getOriginalMessage()).replaceAll("");
        final JsonLocation where = wrong.getLocation();
        return where == null || where.getLineNr() < 1
                ? new BadInputException(file, 0, what)
                : new BadInputException(file, where.getLineNr(), what, "column", where.getColumnNr());
    }

    private void check(String file) {
        mustBeThere(file, "scenario", scenario);
        mustBeThere(file, "semantics", semantics);
        mustBeThere(file, "kept", kept);
        mustBeThere(file, "deliveries", deliveries);
        mustBeThere(file, "rule", rule);
        final Scene scene = given == null
                ? Scenes.named(scenario)
                        .orElseThrow(() -> new BadInputException(file, 0, "no such scenario", "scenario", scenario))
                : whole();
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
        if (deliveries.stream().anyMatch(name -> name == null || !name.contains(" -> "))) {
            throw new BadInputException(file, 0, "a delivery is not of the form: sender -> receiver");
        }
    }

    private static void mustBeThere(String file, String name, @Nullable Object value) {
        if (value == null) {
            throw new BadInputException(file, 0, "no run: nothing is said", "about", name);
        }
    }

    private Scene whole() {
        final Given own = given;
        if (own != null) {
            return new Scene(scenario, "", own.machine(), own.scripts());
        }
        final Scene named = Scenes.named(scenario).orElseThrow();
        return unfixed ? Scenes.unfixed(named) : named;
    }

    /** The scenario with the commands that are kept. */
    public Scene scene() {
        return whole().keeping(kept);
    }

    /**
     * Writes it to {@code file}.
     *
     * @throws BadInputException if that is not possible
     */
    public void write(String file) {
        try {
            Files.writeString(Path.of(file), mapper().writeValueAsString(this) + "\n", StandardCharsets.UTF_8);
        } catch (final NoSuchFileException missing) {
            throw new BadInputException(file, 0, "cannot be written: there is no such folder; make it first");
        } catch (final IOException | InvalidPathException wrong) {
            throw new BadInputException(file, 0, "cannot be written", "reason", String.valueOf(wrong.getMessage()));
        }
    }
}
