package headcache.verify.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import headcache.kit.Semantics;
import headcache.workload.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with the file of a run is said in one line, for people. */
final class RunFileTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | :1: no run: No content to map due to end-of-input, column=0",
                "{ | :1: no run: Unexpected end-of-input: expected close marker for Object, column=2",
                "{\"kept\":[[ | :1: no run: Unexpected end-of-input: expected close marker for Array, column=11",
                "{\"rule\":\"I | :1: no run: Unexpected end-of-input: was expecting closing quote for a string value,"
                        + " column=11",
                "{} | :1: no run: Cannot map `null` into type `boolean`, column=2",
                "{\"unfixed\":true} | : no run: nothing is said, about=scenario"
            })
    void whatIsNoRunIsToldByLineAndColumn(String text, String message, @TempDir Path folder) throws IOException {
        final String file = Files.writeString(folder.resolve("run.json"), text).toString();

        mustSay(file, file + message);
    }

    @Test
    void whatIsNoTextIsTold(@TempDir Path folder) throws IOException {
        final String file = Files.write(folder.resolve("run.json"), new byte[] {(byte) 0xff})
                .toString();

        mustSay(file, file + ": no run: it is no text in UTF-8");
    }

    @Test
    void whereThereIsNoFileItIsToldWhereThereAreSome() {
        mustSay(
                "no/run.json",
                "no/run.json: no such file; check --save writes one, and runs to begin with are in docs/runs");
    }

    @Test
    void whatCannotBeReadIsToldWithTheReason(@TempDir Path folder) {
        mustSay(folder.toString(), folder + ": cannot be read, reason=Is a directory");
    }

    @Test
    void whatCannotBeWrittenIsToldWithTheReason(@TempDir Path folder) throws IOException {
        final RunFile run = RunFile.read("../docs/runs/stolen-head.json");
        final String nowhere = folder.resolve("none/run.json").toString();
        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> run.write(nowhere))
                .withMessage(nowhere + ": cannot be written: there is no such folder; make it first");
        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> run.write(folder.toString()))
                .withMessage(folder + ": cannot be written, reason=" + folder + ": Is a directory");
    }

    /** What lies between CPUs and slabs is part of a machine, and comes back from the file as it was. */
    @ParameterizedTest
    @MethodSource("scenesWithAMiddle")
    void whatLiesBetweenCpusAndSlabsIsKept(Scene scene, @TempDir Path folder) {
        final String file = folder.resolve("run.json").toString();
        final RunFile.Given given = new RunFile.Given(scene.machine(), scene.scripts());
        new RunFile(
                        scene.name(),
                        false,
                        null,
                        given,
                        Semantics.PER_PAIR_FIFO,
                        scene.places(),
                        List.of(),
                        "I1",
                        null,
                        null,
                        null)
                .write(file);

        assertThat(RunFile.read(file).given()).usingRecursiveComparison().isEqualTo(given);
    }

    private static Stream<Scene> scenesWithAMiddle() {
        return Stream.of(MiddleScenes.ALL, DeferScenes.ALL, SeriesScenes.ALL, BulkScenes.ALL)
                .flatMap(List::stream);
    }

    private static void mustSay(String file, String message) {
        assertThatExceptionOfType(BadInputException.class)
                .isThrownBy(() -> RunFile.read(file))
                .withMessage(message);
    }
}
