package headcache.workload.generated;

import headcache.machine.Topology;
import headcache.workload.OpKinds;
import headcache.workload.OpStream;
import headcache.workload.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of traffic that can be made up. */
public enum Generator {
    /** See {@link VlanNat}. */
    VLAN_NAT(
            "a VLAN + NAT router: frames are taken on one CPU of a pair, merged by GRO, and consumed on the other"
                    + " after they were sent",
            2,
            1) {
        @Override
        OpStream traffic(TrafficKinds kinds, Topology topology, GeneratorOptions options) {
            return new VlanNat(kinds, topology.cpus(), options.packets(), options.seed());
        }
    },
    /** See {@link TcpRx}. */
    TCP_RX(
            "bulk TCP receivers: GRO merges 17 segments to a fragment list, tasks on other CPUs read the units and"
                    + " free them or hand them back",
            1,
            1) {
        @Override
        OpStream traffic(TrafficKinds kinds, Topology topology, GeneratorOptions options) {
            return new TcpRx(kinds, topology.cpus(), options.packets(), options.seed());
        }
    },
    /** See {@link UdpFlood}. */
    UDP_FLOOD("datagrams that tasks on other CPUs read and free one by one, past the cache; full sockets drop", 1, 1) {
        @Override
        OpStream traffic(TrafficKinds kinds, Topology topology, GeneratorOptions options) {
            return new UdpFlood(kinds, topology.cpus(), options.packets(), options.seed());
        }
    },
    /** See {@link OneWay}. */
    ONE_WAY("the worst case: one CPU of a pair only takes, the other only gives back", 2, 1) {
        @Override
        OpStream traffic(TrafficKinds kinds, Topology topology, GeneratorOptions options) {
            return new OneWay(kinds, topology.cpus(), options.packets(), options.seed());
        }
    },
    /** See {@link Burst}. */
    BURST("100 skbs begin on a CPU, then all 100 end there: caches run empty and full by turns", 1, 1) {
        @Override
        OpStream traffic(TrafficKinds kinds, Topology topology, GeneratorOptions options) {
            return new Burst(kinds, topology.cpus(), options.packets(), options.seed());
        }
    },
    /** See {@link NumaCross}. */
    NUMA_CROSS("forwarding between memory nodes: what a CPU takes is consumed on another node", 2, 2) {
        @Override
        OpStream traffic(TrafficKinds kinds, Topology topology, GeneratorOptions options) {
            return new NumaCross(kinds, topology, options.packets(), options.seed());
        }
    };

    private final String summary;
    private final int leastCpus;
    private final int leastNodes;

    Generator(String summary, int leastCpus, int leastNodes) {
        this.summary = summary;
        this.leastCpus = leastCpus;
        this.leastNodes = leastNodes;
    }

    abstract OpStream traffic(TrafficKinds kinds, Topology topology, GeneratorOptions options);

    /** The generator that commands call {@code name}, if there is one. */
    public static Optional<Generator> named(String name) {
        return Arrays.stream(values())
                .filter(generator -> generator.label().equals(name))
                .findFirst();
    }

    /** Its name, as commands take it: {@code vlan-nat}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the traffic is like, in a sentence. */
    public String summary() {
        return summary;
    }

    /** A million packets on a small machine that it makes sense on. */
    public GeneratorOptions defaults() {
        return new GeneratorOptions(2 * leastNodes, leastNodes, GeneratorOptions.PACKETS, 1);
    }

    /**
     * Makes the workload; its operations are made while they are read.
     *
     * @throws IllegalArgumentException if there are too few CPUs or nodes for this traffic, or too many for any
     *     machine
     */
    public Workload workload(GeneratorOptions options) {
        if (options.cpus() < leastCpus || options.nodes() < leastNodes) {
            throw new IllegalArgumentException("impossible traffic: " + label() + " needs cpus=" + leastCpus
                    + " nodes=" + leastNodes + " or more; cpus=" + options.cpus() + " nodes="
                    + options.nodes());
        }
        final Topology topology = Topology.even(options.cpus(), options.nodes());
        final TrafficKinds kinds = new TrafficKinds();
        return new Generated(this, topology, options.packets(), kinds.all, traffic(kinds, topology, options));
    }

    private record Generated(Generator generator, Topology topology, long packets, OpKinds kinds, OpStream beginning)
            implements Workload {
        @Override
        public String name() {
            return generator.label();
        }

        @Override
        public String summary() {
            return generator.summary();
        }

        @Override
        public List<String> notes() {
            return List.of();
        }

        @Override
        public OpStream open() {
            return beginning.copy();
        }
    }
}
