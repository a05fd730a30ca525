package headcache.workload.packets;

/**
 * The bulk calls of one CPU's head cache, by kernel and model.
 *
 * @param cpu the CPU
 * @param polls how the polls are known
 * @param refills bulk allocations
 * @param spills bulk frees
 */
public record PollEffect(int cpu, String polls, long refills, long spills) {}
