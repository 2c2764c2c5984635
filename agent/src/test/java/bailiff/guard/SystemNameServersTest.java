package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.net.IpAddress;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a name server of three names, which speaks the real protocol (RFC 1035). */
class SystemNameServersTest {

    private static final int PTR = 12;
    private static final int A = 1;
    private static final int NO_SUCH_NAME = 3;
    private static final int SERVER_FAILURE = 2;
    private static final int ASKED = 12;

    private static final IpAddress CRAWLER = IpAddress.parse("198.51.100.7").orElseThrow();

    private DatagramSocket socket;
    private SystemNameServers servers;

    @BeforeEach
    void open() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        servers = new SystemNameServers("dns://127.0.0.1:" + socket.getLocalPort());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void names_addressWithAName_isThatName() throws Exception {
        assertThat(servers.names(CRAWLER)).containsExactly("crawl-7.seek.example.");
    }

    @Test
    void addresses_name_areItsAddresses() throws Exception {
        assertThat(servers.addresses("crawl-7.seek.example")).containsExactly(CRAWLER);
    }

    @Test
    void names_addressWithoutAName_areNone() throws Exception {
        assertThat(servers.names(IpAddress.parse("198.51.100.8").orElseThrow())).isEmpty();
        assertThat(servers.addresses("none.seek.example")).isEmpty();
    }

    @Test
    void names_serverThatFails_isSilence() {
        assertThatThrownBy(() -> servers.names(IpAddress.parse("198.51.100.9").orElseThrow()))
                .isInstanceOf(NameServers.Silent.class);
    }

    @Test
    void reverse_address_isItsNameInTheReverseZone() {
        assertThat(SystemNameServers.reverse(CRAWLER)).isEqualTo("7.100.51.198.in-addr.arpa");
        assertThat(SystemNameServers.reverse(
                        IpAddress.parse("2001:db8::567:89ab").orElseThrow()))
                .isEqualTo("b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
    }

    private void serve() {
        byte[] buffer = new byte[512];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    private static byte[] answer(byte[] query) throws IOException {
        int end = ASKED;
        StringBuilder name = new StringBuilder();
        while (query[end] != 0) {
            name.append(new String(query, end + 1, query[end], StandardCharsets.US_ASCII))
                    .append('.');
            end += query[end] + 1;
        }
        int type = query[end + 2];
        byte[] found = Map.of(
                        "7.100.51.198.in-addr.arpa. " + PTR,
                        name("crawl-7", "seek", "example"),
                        "crawl-7.seek.example. " + A,
                        new byte[] {(byte) 198, 51, 100, 7})
                .getOrDefault(name + " " + type, new byte[0]);
        boolean exists = name.toString().startsWith("crawl-7") || found.length > 0;
        int code = name.toString().startsWith("9.") ? SERVER_FAILURE : exists ? 0 : NO_SUCH_NAME;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(query, 0, 2);
            out.writeShort(0x8180 | code);
            out.writeShort(1);
            out.writeShort(found.length > 0 ? 1 : 0);
            out.writeInt(0);
            out.write(query, ASKED, end + 5 - ASKED);
            if (found.length > 0) {
                out.writeShort(0xc00c);
                out.writeShort(type);
                out.writeShort(1);
                out.writeInt(60);
                out.writeShort(found.length);
                out.write(found);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] name(String... labels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String label : labels) {
            bytes.write(label.length());
            bytes.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        bytes.write(0);
        return bytes.toByteArray();
    }
}
