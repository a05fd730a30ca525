package headcache.workload.captured;

import headcache.workload.trace.Nic;
import headcache.workload.trace.NicsReader;
import headcache.workload.trace.TraceSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** A capture that comes with the program: the packets at one NIC of a recorded machine. */
public enum BundledCapture {
    /** The router's first NIC. */
    ROUTER_ETH0("vlan_nat_pair", "eth0", "captured at a VLAN and NAT router: 6,791 frames, forwarded to the other NIC"),
    /** The router's second NIC. */
    ROUTER_ETH1("vlan_nat_pair", "eth1", "captured at its other NIC: 1,566 frames, many of them acknowledgements"),
    /** The receiver's NIC. */
    RECEIVER_ETH0("tcp_rx_pair", "eth0", "captured at a TCP receiver: 9,751 frames, delivered to tasks");

    private final String run;
    private final String device;
    private final String summary;

    BundledCapture(String run, String device, String summary) {
        this.run = run;
        this.device = device;
        this.summary = summary;
    }

    /** The capture that commands call {@code name}, if there is one. */
    public static Optional<BundledCapture> named(String name) {
        return Arrays.stream(values())
                .filter(capture -> capture.label().equals(name))
                .findFirst();
    }

    /** Its name, as commands take it: {@code vlan_nat_pair.eth0}. */
    public String label() {
        return run + "." + device;
    }

    /** What was captured, in a line. */
    public String summary() {
        return summary;
    }

    /** Where it is. */
    public TraceSource source() {
        return beside(label() + ".pcap.gz");
    }

    /** As on the recorded machine: two CPUs, one queue; what the NIC sent itself is left out. */
    public CaptureSettings settings() {
        final Nic nic = NicsReader.read(beside(NicsReader.FILE)).stream()
                .filter(its -> its.run().equals(run) && its.device().equals(device))
                .findFirst()
                .orElseThrow();
        return new CaptureSettings(
                2,
                1,
                nic.forwardsFrom().isEmpty() ? Destination.DELIVER : Destination.FORWARD,
                1,
                OptionalLong.of(nic.mac()),
                CaptureSettings.WINDOW);
    }

    private TraceSource beside(String file) {
        return TraceSource.bundled(run).beside(file).orElseThrow();
    }
}
