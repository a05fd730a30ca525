package headcache.workload.packets;

/**
 * A poll that was recorded.
 *
 * @param device the NIC that was polled
 * @param completions skbs that it put back first, which had been transmitted
 * @param frames frames that it received then
 */
record KernelPoll(String device, int completions, int frames) {}
