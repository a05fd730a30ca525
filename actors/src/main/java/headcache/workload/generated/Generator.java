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
            1),
    /** See {@link TcpRx}. */
    TCP_RX(
            "bulk TCP receivers: GRO merges 17 segments to a fragment list, tasks on other CPUs read the units and"
                    + " free them or hand them back",
            1,
            1),
    /** See {@link UdpFlood}. */
    UDP_FLOOD("datagrams that tasks on other CPUs read and free one by one, past the cache; full sockets drop", 1, 1),
    /** See {@link OneWay}. */
    ONE_WAY("the worst case: one CPU of a pair only takes, the other only gives back", 2, 1),
    /** See {@link Burst}. */
    BURST("100 skbs begin on a CPU, then all 100 end there: caches run empty and full by turns", 1, 1),
    /** See {@link NumaCross}. */
    NUMA_CROSS("forwarding between memory nodes: what a CPU takes is consumed on another node", 2, 2),
    /** See {@link Larson}. */
    LARSON(
            "larson: threads replace random ones of the 200 skbs that each holds, and hand them over to the next CPU",
            2,
            1),
    /** See {@link ProducerConsumer}. */
    PRODUCER_CONSUMER(
            "xmalloc-test: half of the CPUs only take, in batches of 128, and any of the others gives a batch back",
            2,
            1),
    /** See {@link AfXdp}. */
    AF_XDP("one flow out of an AF_XDP socket: a task allocates and sends, another CPU has the completions", 2, 1),
    /** See {@link UdpTx}. */
    UDP_TX("senders of datagrams on every CPU, whose completions come to the CPUs of 32 queues, never their own", 2, 1),
    /** See {@link TcpRr}. */
    TCP_RR(
            "netperf TCP_RR: one request, read by a task, and one response, a pair of twins, at a time by connection",
            1,
            1),
    /** See {@link CpumapGro}. */
    CPUMAP_GRO("XDP cpumap: skbs are built by eight for frames of another CPU, and merged by GRO to units of 17", 2, 1),
    /** See {@link MemoryPressure}. */
    MEMORY_PRESSURE("links that stall and go on: 1000 skbs wait on each CPU, then drain; see --page-limit", 1, 1),
    /** See {@link IdleHoard}. */
    IDLE_HOARD("one busy flow that moves from CPU to CPU; those that idle keep what they have parked", 2, 1),
    /** See {@link NumaPingPong}. */
    NUMA_PING_PONG("one skb at a time, taken on one memory node, consumed on the other, then back", 2, 2);

    private final String summary;
    private final int leastCpus;
    private final int leastNodes;

    Generator(String summary, int leastCpus, int leastNodes) {
        this.summary = summary;
        this.leastCpus = leastCpus;
        this.leastNodes = leastNodes;
    }

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

    /** A million packets on the machine that it makes most sense on. */
    public GeneratorOptions defaults() {
        return switch (this) {
            case LARSON, PRODUCER_CONSUMER, TCP_RR -> options(4, 1);
            case UDP_TX -> options(32, 2);
            case IDLE_HOARD -> options(16, 1);
            case NUMA_PING_PONG -> options(2, 2);
            default -> options(2 * leastNodes, leastNodes);
        };
    }

    private static GeneratorOptions options(int cpus, int nodes) {
        return new GeneratorOptions(cpus, nodes, GeneratorOptions.PACKETS, 1);
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
        final Topology topology = options.topology();
        final TrafficKinds kinds = new TrafficKinds();
        return new Generated(this, topology, options.packets(), kinds.all, traffic(kinds, options));
    }

    private OpStream traffic(TrafficKinds kinds, GeneratorOptions options) {
        return switch (this) {
            case VLAN_NAT -> new VlanNat(kinds, options);
            case TCP_RX -> new TcpRx(kinds, options);
            case UDP_FLOOD -> new UdpFlood(kinds, options);
            case ONE_WAY -> new OneWay(kinds, options);
            case BURST -> new Burst(kinds, options);
            case NUMA_CROSS -> new NumaCross(kinds, options);
            case LARSON -> new Larson(kinds, options);
            case PRODUCER_CONSUMER -> new ProducerConsumer(kinds, options);
            case AF_XDP -> new AfXdp(kinds, options);
            case UDP_TX -> new UdpTx(kinds, options);
            case TCP_RR -> new TcpRr(kinds, options);
            case CPUMAP_GRO -> new CpumapGro(kinds, options);
            case MEMORY_PRESSURE -> new MemoryPressure(kinds, options);
            case IDLE_HOARD -> new IdleHoard(kinds, options);
            case NUMA_PING_PONG -> new NumaPingPong(kinds, options);
        };
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
