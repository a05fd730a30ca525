package headcache.policy;

import headcache.cpu.CpuPolicy;

/**
 * A way of treating heads that has a name.
 *
 * @param name as commands take it: {@code linux-5.12}
 * @param summary what it does, in a sentence
 * @param source where that is described
 * @param cpu what CPUs do with it
 */
public record Policy(String name, String summary, String source, CpuPolicy cpu) {}
