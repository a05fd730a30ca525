package headcache.verify.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each planted bug is found, by the law that it breaks. */
class HuntTest {
    private static final Duration TIME = Duration.ofMinutes(2);
    private static final Duration EACH = Duration.ofSeconds(3);

    private static final Map<String, Future<Hunt.Result>> HUNTS = new TreeMap<>();
    private static final ExecutorService HUNTERS =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    @BeforeAll
    static void huntAllAtOnce() {
        Arrays.stream(mutants()).forEach(mutant -> HUNTS.put(mutant.id(), HUNTERS.submit(() -> Hunt.of(mutant, TIME))));
    }

    @AfterAll
    static void end() {
        HUNTERS.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "M1, WRONG_SLAB",
        "M2, I6",
        "M3, I6",
        "M4, I6",
        "M5, I9",
        "M6, I17",
        "M7, I10",
        "M8, I4",
        "M9, I1",
        "M10, I2",
        "M11, I5",
        "M12, I5",
        "M13, I11",
        "M14, I2",
        "M15, I14",
        "M16, I1",
        "M17, I5",
        "M18, I2",
        "M19, I14",
        "M20, REFINEMENT",
        "M21, I15",
        "M22, I15",
        "M23, I6",
        "M24, I4",
        "M25, I13",
        "M26, I2",
        "M27, WRONG_SLAB",
        "M28, REFINEMENT",
        "M30, I15",
        "M31, I1",
        "M32, I1",
        "M33, I16",
        "M34, I2",
        "M35, I11",
        "X1, I15",
        "X2, I15",
        "X3, I15",
        "X4, REFINEMENT",
        "X5, I2",
        "X6, I3",
        "X7, I2",
        "X8, I1",
        "X9, REFINEMENT",
        "X10, I13",
        "X11, REFINEMENT",
        "X12, I3",
        "X13, I1",
        "X14, I1",
        "X15, I1",
        "X16, I15",
        "X17, I1",
        "X18, I15",
        "X19, I2"
    })
    void isFoundByTheLawThatItBreaks(String id, String law) throws Exception {
        final Hunt.Result result =
                Objects.requireNonNull(HUNTS.get(id), "no such mutant").get();

        assertThat(result.by()).as(result.facts()).isEqualTo(law);
        assertThat(result.verdict()).isEqualTo(Hunt.Verdict.KILLED);
        assertThat(result.steps()).isPositive();
    }

    @Test
    void onlyTheKernelsOwnBehaviourIsNoBug() {
        assertThat(Mutant.ALL.stream().filter(mutant -> !mutant.isPlanted()).map(Mutant::id))
                .containsExactly("M29");
    }

    /** Every order of every scene is tried elsewhere; here each check has some time. */
    @Test
    void withoutABugNothingIsFound() {
        assertThat(Battery.checks("").stream().map(check -> check.look(EACH).catches()))
                .containsOnlyNulls();
    }

    static Mutant[] mutants() {
        return Mutant.ALL.stream().filter(Mutant::isPlanted).toArray(Mutant[]::new);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void patchFitsTheSourceAndCompiles(Mutant mutant) {
        final Map<String, String> sources = Patched.sources(mutant);

        assertThat(MemoryCompiler.compile(sources).keySet())
                .containsAll(sources.keySet().stream()
                        .map(path -> path.replace(".java", "").replace('/', '.'))
                        .toList());
    }

    @Test
    void nobodyIsLeftOutByMistake() {
        assertThat(Arrays.stream(mutants()).map(Mutant::first))
                .allSatisfy(
                        first -> assertThat(Battery.checks(first).get(0).name()).isEqualTo(first));
    }

    @Test
    void whatIsNotPatchedIsLoadedAnewAndWhatIsNotOursIsShared() throws ReflectiveOperationException {
        final Planted planted = Planted.of(Mutant.named("M8").orElseThrow());

        assertThat(planted.loadClass(Mutant.class.getName())).isNotEqualTo(Mutant.class);
        assertThat(planted.loadClass(Duration.class.getName())).isEqualTo(Duration.class);
        assertThat(planted.loadClass("akka.actor.typed.ActorRef").getClassLoader())
                .isEqualTo(Mutant.class.getClassLoader());
    }

    @Test
    void aPatchThatDoesNotFitIsTold() {
        final Mutant stale = Mutant.parse("T1", """
                kind: plausible
                sees: nothing
                --- a/actors/src/main/java/headcache/cache/SpillEnd.java
                +++ b/actors/src/main/java/headcache/cache/SpillEnd.java
                @@ -1,1 +1,1 @@
                -package elsewhere;
                +package headcache.cache;
                """);

        assertThatThrownBy(() -> Hunt.of(stale, TIME))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the patch does not fit any more: mutant=T1, file=")
                .hasMessageEndingWith("SpillEnd.java; write it again against the source of today");
    }

    @Test
    void aPatchThatDoesNotCompileIsTold() {
        final Mutant broken = Mutant.parse("T2", """
                kind: plausible
                sees: nothing
                --- a/actors/src/main/java/headcache/cache/SpillEnd.java
                +++ b/actors/src/main/java/headcache/cache/SpillEnd.java
                @@ -1,1 +1,1 @@
                -package headcache.cache;
                +package headcache.cache
                """);

        assertThatThrownBy(() -> Hunt.of(broken, TIME))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("does not compile: ")
                .hasMessageContaining("SpillEnd.java:1");
    }
}
