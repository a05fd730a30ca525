package headcache.workload.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class FrameTest {
    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final int TCP = 32;

    @Test
    void readsAllHeaders() {
        final FrameBytes bytes = new FrameBytes();
        bytes.flags = TcpHeader.ACK | TcpHeader.PSH;
        bytes.sequence = -5;
        final Frame frame = bytes.frame();
        assertThat(frame.destination()).isEqualTo(0x5254_0000_0011L);
        assertThat(frame.source()).isEqualTo(0x5254_0000_0012L);
        assertThat(frame.vlan()).isEqualTo(Frame.UNTAGGED);
        assertThat(frame.length()).isEqualTo(ETHERNET + IP + TCP + FrameBytes.DATA);
        assertThat(frame.segmentLength()).isEqualTo(FrameBytes.DATA);
        assertThat(frame.ip())
                .contains(new Ipv4Header(false, 0, 1052, 100, true, false, 64, 6, 0x0a000001, 0x0a000002));
        assertThat(frame.tcp())
                .contains(
                        new TcpHeader(5000, 80, -5, 9, TcpHeader.ACK | TcpHeader.PSH, ByteBuffer.wrap(bytes.options)));
    }

    @Test
    void readsBehindATag() {
        final FrameBytes bytes = new FrameBytes();
        bytes.vlan = 0x2064;
        final Frame frame = bytes.frame();
        assertThat(frame.vlan()).isEqualTo(0x2064);
        assertThat(frame.length()).isEqualTo(ETHERNET + Frame.TAG_SIZE + IP + TCP + FrameBytes.DATA);
        assertThat(frame.lengthAboveEthernet()).isEqualTo(IP + TCP + FrameBytes.DATA);
        assertThat(frame.segmentLength()).isEqualTo(FrameBytes.DATA);
    }

    @Test
    void takesNothingForTcpThatIsNot() {
        final FrameBytes udp = new FrameBytes();
        udp.protocol = 17;
        assertThat(udp.frame().tcp()).isEmpty();
        final FrameBytes fragment = new FrameBytes();
        fragment.cut = 0x2000;
        assertThat(fragment.frame().ip())
                .hasValueSatisfying(ip -> assertThat(ip.fragment()).isTrue());
        assertThat(fragment.frame().tcp()).isEmpty();
        final CapturedFrame captured = new FrameBytes().captured();
        captured.bytes()[ETHERNET] = 0x46;
        assertThat(Frame.of(captured).orElseThrow().tcp()).isEmpty();
        captured.bytes()[ETHERNET] = 0x65;
        assertThat(Frame.of(captured).orElseThrow().ip()).isEmpty();
    }

    @Test
    void leavesOutWhatWasNotCaptured() {
        final byte[] all = new FrameBytes().captured().bytes();
        for (int size = 0; size <= all.length; size++) {
            final var frame = Frame.of(new CapturedFrame(0, 1066, Arrays.copyOf(all, size)));
            assertThat(frame.isPresent()).isEqualTo(size >= ETHERNET);
            assertThat(frame.flatMap(Frame::ip).isPresent()).isEqualTo(size >= ETHERNET + IP);
            assertThat(frame.flatMap(Frame::tcp).isPresent()).isEqualTo(size >= ETHERNET + IP + TCP);
        }
    }
}
