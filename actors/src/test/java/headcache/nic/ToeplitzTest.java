package headcache.nic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verification suite that Microsoft publishes with "RSS Hashing Functions", and where hashes lead. */
class ToeplitzTest {
    private static byte[] input(String source, String destination, int... ports) throws UnknownHostException {
        final byte[] from = InetAddress.getByName(source).getAddress();
        final byte[] to = InetAddress.getByName(destination).getAddress();
        final ByteBuffer bytes = ByteBuffer.allocate(from.length + to.length + Short.BYTES * ports.length);
        bytes.put(from).put(to);
        for (final int port : ports) {
            bytes.putShort((short) port);
        }
        return bytes.array();
    }

    private static int word(String address) throws UnknownHostException {
        return ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).getInt();
    }

    @ParameterizedTest
    @CsvSource({
        "66.9.149.187, 2794, 161.142.100.80, 1766, 323e8fc2, 51ccc178",
        "199.92.111.2, 14230, 65.69.140.83, 4739, d718262a, c626b0ea",
        "24.19.198.95, 12898, 12.22.207.184, 38024, d2d0a5de, 5c2b394a",
        "38.27.205.30, 48228, 209.142.163.6, 2217, 82989176, afc7327f",
        "153.39.163.191, 44251, 202.188.127.2, 1303, 5d1809c5, 10e828a2",
        "3ffe:2501:200:1fff::7, 2794, 3ffe:2501:200:3::1, 1766, 2cc18cd5, 40207d3d",
        "3ffe:501:8::260:97ff:fe40:efab, 14230, ff02::1, 4739, f0c461c, dde51bbf",
        "3ffe:1900:4545:3:200:f8ff:fe21:67cf, 44251, fe80::200:f8ff:fe21:67cf, 38024, 4b61e985, 2d1feef"
    })
    void shouldAgreeWithThePublishedHashes(
            String source, int sourcePort, String destination, int destinationPort, String addresses, String tcp)
            throws UnknownHostException {
        assertThat(Toeplitz.USUAL.hash(input(source, destination))).isEqualTo(Integer.parseUnsignedInt(addresses, 16));
        assertThat(Toeplitz.USUAL.hash(input(source, destination, sourcePort, destinationPort)))
                .isEqualTo(Integer.parseUnsignedInt(tcp, 16));
    }

    @Test
    void shouldHashTheFieldsOfIpv4AsTheirBytes() throws UnknownHostException {
        final int from = word("66.9.149.187");
        final int to = word("161.142.100.80");

        assertThat(Toeplitz.USUAL.ofIpv4(from, to)).isEqualTo(0x323e8fc2);
        assertThat(Toeplitz.USUAL.ofTcp(from, to, 2794, 1766)).isEqualTo(0x51ccc178);
    }

    @Test
    void shouldRefuseWhatItCannotHash() {
        assertThatThrownBy(() -> new Toeplitz(new byte[39])).hasMessage("key too short: bytes=39 must be 40 or more");
        assertThatThrownBy(() -> Toeplitz.USUAL.hash(new byte[37]))
                .hasMessage("input too long: bytes=37 must be 36 or fewer");
    }

    @Test
    void shouldDealThePlacesToQueuesInTurn() {
        final IndirectionTable table = IndirectionTable.even(3);

        assertThat(List.of(table.queue(0), table.queue(1), table.queue(2), table.queue(3), table.queue(127)))
                .containsExactly(0, 1, 2, 0, 1);
        assertThat(table.queue(0xffff_ff80)).isZero();
        assertThat(Collections.frequency(table.queues(), 0)).isEqualTo(43);
    }

    @Test
    void shouldRefuseImpossibleTables() {
        assertThatThrownBy(() -> IndirectionTable.even(0)).hasMessageContaining("queues=0 must be 1 to 128");
        assertThatThrownBy(() -> new IndirectionTable(List.of(0, 0, 0))).hasMessageContaining("places=3");
        assertThatThrownBy(() -> new IndirectionTable(List.of(0, -1))).hasMessageContaining("below 0");
    }
}
