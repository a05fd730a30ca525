package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.workload.generated.Generator;
import headcache.workload.generated.GeneratorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/workloads.md} says of every generator what there is. */
final class WorkloadsDocTest {
    @ParameterizedTest
    @EnumSource
    void hasARowWithTheMachineThatItIsFor(final Generator generator) throws IOException {
        final GeneratorOptions usual = generator.defaults();

        assertThat(Files.readString(Path.of("../docs/workloads.md")))
                .contains("\n| `" + generator.label() + "` | " + usual.cpus() + ", " + usual.nodes() + " | ");
    }
}
