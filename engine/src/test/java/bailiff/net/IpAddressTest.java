package bailiff.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:201, 192.0.2.1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    })
    void parse_oneAddress_isWrittenCanonically(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString("Optional[" + canonical + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.1", "2001:DB8:0:0:0:0:0:1", "::ffff:192.0.2.1", "1::", "::", "192.0.2.256", "1", ""})
    void parse_bytesInTheMidstOfOthers_readsTheseOnly(String text) {
        byte[] bytes = ("1:" + text + "9:").getBytes(StandardCharsets.US_ASCII);

        assertThat(IpAddress.parse(bytes, 2, 2 + text.length())).isEqualTo(IpAddress.parse(text));
    }

    @Test
    void parse_bytesBeyondAscii_areNoAddress() {
        byte[] bytes = "192.0.2.1".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            byte[] other = bytes.clone();
            other[i] |= (byte) 0x80;
            assertThat(IpAddress.parse(other, 0, other.length)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "127.1",
                "010.1.1.1",
                "1.2.3.04",
                "256.1.1.1",
                "999.1.1.1",
                "1.2.3.4.5",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..2.3",
                "0x7f.0.0.1",
                "١.2.3.4",
                "-1.2.3.4",
                ":",
                ":::",
                "::1::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2:3:4:5:6:7:8",
                "12345::",
                "fe80::1%eth0",
                "[::1]",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.4:5",
                "1:",
                ":1",
                "g::",
                "::ffff:1.2.3.256",
                "2001:db8::/32",
            })
    void parse_anythingElse_isNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void parse_whatJavaWrites_agreesWithJava() throws UnknownHostException {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (int zeros = random.nextInt(bytes.length); zeros > 0; zeros--) {
                bytes[random.nextInt(bytes.length)] = 0;
            }
            InetAddress expected = InetAddress.getByAddress(bytes);
            IpAddress address = IpAddress.of(expected);
            assertThat(address.toInetAddress()).as("seed %d", seed).isEqualTo(expected);
            assertThat(IpAddress.parse(expected.getHostAddress()))
                    .as("seed %d", seed)
                    .contains(address);
            assertThat(IpAddress.parse(address.toString())).as("seed %d", seed).contains(address);
        }
    }
}
