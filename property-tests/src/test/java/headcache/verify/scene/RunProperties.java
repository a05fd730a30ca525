package headcache.verify.scene;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.kit.Semantics;
import headcache.kit.jqwik.RunArbitrary;
import headcache.kit.search.Found;
import headcache.kit.shrink.Trial;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.FixedSeedMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Topology, policy, commands, faults and the order of messages are drawn and shrunk together. */
final class RunProperties {
    private static final SceneHost<DraftCase> HOST = new SceneHost<>(DraftCase::scene);
    private static final Path FILE = Path.of("target", "run.json");
    private static final SceneHost<DraftCase> UNFIXED = new SceneHost<>(RunProperties::unfixed);

    @Provide
    Arbitrary<Trial<DraftCase>> runs() {
        return RunArbitrary.of(DraftArbitraries.cases(), HOST, Semantics.PER_PAIR_FIFO);
    }

    @Provide
    Arbitrary<Trial<DraftCase>> runsOfTheUnfixedKernel() {
        return RunArbitrary.of(DraftArbitraries.cases(), UNFIXED, Semantics.PER_PAIR_FIFO);
    }

    /** What correct callers do with the fixed kernel, done with the unfixed one. */
    private static Scene unfixed(DraftCase subject) {
        return Scenes.unfixed(subject.scene());
    }

    @Property(tries = 150, shrinking = ShrinkingMode.FULL)
    void nothingGoesWrongInAnyOrder(@ForAll("runs") Trial<DraftCase> run) {
        check(run, HOST, run.subject().scene());
    }

    @Property(tries = 1000, seed = "1", whenFixedSeed = FixedSeedMode.ALLOW, shrinking = ShrinkingMode.FULL)
    @AddLifecycleHook(FailsInASmallestWay.class)
    void theUnfixedKernelBreaksRules(@ForAll("runsOfTheUnfixedKernel") Trial<DraftCase> run) {
        check(run, UNFIXED, unfixed(run.subject()));
    }

    /** A run that fails is saved, and its report tells how to do it again. */
    private static void check(Trial<DraftCase> run, SceneHost<DraftCase> host, Scene scene) {
        final String rule = run.rule();
        if (rule != null) {
            final Found found = Found.of(
                    host.show(run.subject(), run.semantics()), run.trail().names());
            RunFile.of(scene, found, rule).write(FILE.toString());
            run.mustHold(host, List.of("replay      ./headcache replay property-tests/" + FILE));
        }
    }

    /** The property must fail, with a run from which nothing can be taken. */
    static final class FailsInASmallestWay implements AroundPropertyHook {
        @Override
        public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
            final PropertyExecutionResult result = property.execute();
            assertThat(result.status()).isEqualTo(PropertyExecutionResult.Status.FAILED);
            @SuppressWarnings("unchecked") // it is the property's only parameter
            final Trial<DraftCase> run = (Trial<DraftCase>)
                    result.falsifiedParameters().orElseThrow().get(0);
            assertThat(run.rule()).isEqualTo("WRONG_SLAB");
            assertThat(run.subject().scene().commands())
                    .containsExactly(
                            "driver-0 tells cpu-0 alloc_skb_fclone s0", "driver-0 tells cpu-0 GRO_MERGED_FREE s0");
            assertThat(run.smaller(UNFIXED, 0)).isEmpty();
            assertThat(run.trail().switches()).isEmpty();
            assertThat(run.subject().faults()).isEmpty();
            assertThat(run.subject().machine().cpus()).isZero();
            assertThat(run.subject().machine().nodes()).isZero();
            assertThat(result.throwable().orElseThrow())
                    .hasMessageContaining("\nreplay      ./headcache replay property-tests/target/run.json\n")
                    .hasMessageContaining("\nsequenceDiagram\n");
            final RunFile saved = RunFile.read(FILE.toString());
            assertThat(saved.scene().commands()).isEqualTo(run.subject().scene().commands());
            assertThat(saved.deliveries()).isEqualTo(run.trail().names());
            assertThat(saved.rule()).isEqualTo(run.rule());
            return result.mapToSuccessful();
        }
    }
}
