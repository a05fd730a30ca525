package headcache.demos.cli;

import headcache.cache.CachePolicy;
import headcache.cpu.CpuPolicy;
import headcache.policy.Policy;
import headcache.skb.Kernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Caches of v5.12 with other parameters, each range doubled from its first value to its last. Combinations that no cache
 * can have are left out.
 *
 * @param capacities heads that a cache holds before it spills
 * @param refills heads that an empty cache asks for
 * @param spills heads that a full cache gives back
 */
record Sweep(List<Integer> capacities, List<Integer> refills, List<Integer> spills) {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:\\.\\.(\\d{1,5}))?");
    private static final List<String> NAMES = List.of("capacity", "refill", "spill");
    private static final int MOST = 200;

    /**
     * The sweep that {@code words} describe, each like {@code capacity=16..256}.
     *
     * @throws IllegalArgumentException if they make no sense
     */
    static Sweep of(final List<String> words) {
        final Map<String, String> ranges = new HashMap<>();
        for (final String word : words) {
            final String name = word.substring(0, Math.max(0, word.indexOf('=')));
            if (name.isEmpty()) {
                throw new IllegalArgumentException("no range: " + word + "; write capacity=16..256");
            }
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("nothing to sweep: " + name + NearNames.hint(name, NAMES));
            }
            if (ranges.put(name, word.substring(name.length() + 1)) != null) {
                throw new IllegalArgumentException("swept twice: " + name);
            }
        }
        final CachePolicy usual = CachePolicy.LINUX_5_12;
        return new Sweep(
                values("capacity", ranges, usual.capacity()),
                values("refill", ranges, usual.refill()),
                values("spill", ranges, usual.spill()));
    }

    private static List<Integer> values(final String name, final Map<String, String> ranges, final int usual) {
        final String text = ranges.get(name);
        if (text == null) {
            return List.of(usual);
        }
        final Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new IllegalArgumentException("no range: " + name + "=" + text + "; write " + name + "=16..256");
        }
        final int from = Integer.parseInt(range.group(1));
        final int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("impossible range: " + name + "=" + text + " must go up from 1 or more");
        }
        final List<Integer> values = new ArrayList<>();
        for (int value = from; value < to; value *= 2) {
            values.add(value);
        }
        values.add(to);
        return values;
    }

    /**
     * A policy for each combination that a cache can have.
     *
     * @throws IllegalArgumentException if there is none, or there are too many
     */
    List<Policy> policies() {
        final List<Policy> policies = new ArrayList<>();
        for (final int capacity : capacities) {
            for (final int refill : refills) {
                for (final int spill : spills) {
                    if (refill <= capacity && spill <= capacity) {
                        policies.add(policy(capacity, refill, spill));
                    }
                }
            }
        }
        if (policies.isEmpty() || policies.size() > MOST) {
            throw new IllegalArgumentException("impossible sweep: caches=" + policies.size() + " must be 1 to " + MOST
                    + "; capacity=" + words(capacities) + " refill=" + words(refills) + " spill=" + words(spills)
                    + "; no refill and no spill is larger than its cache");
        }
        return policies;
    }

    private static String words(final List<Integer> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static Policy policy(final int capacity, final int refill, final int spill) {
        final CachePolicy cache = new CachePolicy(capacity, refill, spill, CachePolicy.LINUX_5_12.spillEnd());
        return new Policy(
                capacity + "/" + refill + "/" + spill,
                "linux-5.12 with other parameters",
                "a sweep",
                new CpuPolicy(cache, Kernel.LINUX_5_12, true, CpuPolicy.BACKLOG_LIMIT));
    }
}
