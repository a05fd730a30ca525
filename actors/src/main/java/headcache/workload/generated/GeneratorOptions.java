package headcache.workload.generated;

import headcache.machine.Topology;

/**
 * How much traffic is made, and for what machine.
 *
 * @param cpus CPUs of the machine
 * @param nodes memory nodes of the machine, CPUs spread evenly over them
 * @param packets skbs that begin, 1 or more; memory does not grow with them
 * @param seed of the dice
 */
public record GeneratorOptions(int cpus, int nodes, long packets, long seed) {
    /** Packets where nothing else is said. */
    public static final long PACKETS = 1_000_000;

    /** Checks the number of packets; that of CPUs and nodes is up to the machine and to the traffic. */
    public GeneratorOptions {
        if (packets < 1) {
            throw new IllegalArgumentException("impossible traffic: packets=" + packets + " must be 1 or more");
        }
    }

    /**
     * The machine.
     *
     * @throws IllegalArgumentException if no machine has as many CPUs or nodes
     */
    public Topology topology() {
        return Topology.even(cpus, nodes);
    }

    /** These options with other CPUs. */
    public GeneratorOptions withCpus(int other) {
        return new GeneratorOptions(other, nodes, packets, seed);
    }

    /** These options with other nodes. */
    public GeneratorOptions withNodes(int other) {
        return new GeneratorOptions(cpus, other, packets, seed);
    }

    /** These options with another number of packets. */
    public GeneratorOptions withPackets(long other) {
        return new GeneratorOptions(cpus, nodes, other, seed);
    }

    /** These options with another seed. */
    public GeneratorOptions withSeed(long other) {
        return new GeneratorOptions(cpus, nodes, packets, other);
    }
}
