package headcache.demos.cli;

import headcache.slab.SlabConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says how much memory the machine has for plain heads. */
final class MemoryOptions {
    @Option(
            names = "--page-limit",
            paramLabel = "N",
            description = "Pages of 32 heads that each node's slab can have (default: all that can be named).")
    private @Nullable Integer pageLimit;

    /**
     * The slab of plain heads on each node.
     *
     * @throws IllegalArgumentException if there is no slab of so many pages
     */
    SlabConfig heads() {
        final SlabConfig most = SlabConfig.LARGEST;
        return pageLimit == null
                ? most
                : new SlabConfig(most.headsPerPage(), most.minPartial(), pageLimit, most.reservePages());
    }

    /** The option again, if it was given. */
    List<String> words() {
        return pageLimit == null ? List.of() : List.of("--page-limit", pageLimit.toString());
    }

    /** The limit as settings are told, with a blank before it; empty if there is none. */
    String told() {
        return pageLimit == null ? "" : " page-limit=" + pageLimit;
    }
}
