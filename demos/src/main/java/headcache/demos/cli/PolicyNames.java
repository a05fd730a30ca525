package headcache.demos.cli;

import headcache.policy.Policies;
import headcache.policy.Policy;

/** The policies, by name. */
final class PolicyNames {
    private PolicyNames() {}

    /**
     * The policy {@code name}.
     *
     * @throws IllegalArgumentException if there is none of that name; the message names those that are near
     */
    static Policy named(final String name) {
        return Policies.named(name)
                .orElseThrow(() -> new IllegalArgumentException("no policy of that name: policy=" + name
                        + NearNames.hint(
                                name, Policies.ALL.stream().map(Policy::name).toList())));
    }
}
