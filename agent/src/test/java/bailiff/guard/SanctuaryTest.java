package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SanctuaryTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
    void of_noEntries_sparesLoopback(String address) {
        assertThat(spared(address, List.of(), Map.of())).isTrue();
    }

    @Test
    void of_ignoreip_sparesAddressesNetworksAndNames() {
        List<String> ignoreip = List.of("192.0.2.7", "198.51.100.0/255.255.255.0", "2001:db8::/32", "localhost");

        assertThat(spared("192.0.2.7", ignoreip, Map.of())).isTrue();
        assertThat(spared("198.51.100.200", ignoreip, Map.of())).isTrue();
        assertThat(spared("2001:db8:7::1", ignoreip, Map.of())).isTrue();
        assertThat(spared("192.0.2.8", ignoreip, Map.of())).isFalse();
    }

    @Test
    void of_nameWithoutAddress_sparesTheRest() {
        assertThat(spared("192.0.2.7", List.of("no-such-name.invalid", "192.0.2.7"), Map.of()))
                .isTrue();
    }

    @Test
    void of_routes_sparesTheGatewaysOfBothFamilies() throws IOException {
        Files.createDirectories(root.resolve("proc/net"));
        Files.writeString(root.resolve("proc/net/route"), """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
                eth0\t0002A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
                """);
        Files.writeString(
                root.resolve("proc/net/ipv6_route"),
                "20010db8000000000000000000000000 20 00000000000000000000000000000000 00"
                        + " fe800000000000000000000000000001 00000400 00000001 00000000 80200003     eth0\n");

        assertThat(spared("192.168.2.1", List.of(), Map.of())).isTrue();
        assertThat(spared("fe80::1", List.of(), Map.of())).isTrue();
        assertThat(spared("192.168.2.2", List.of(), Map.of())).isFalse();
    }

    @Test
    void of_sshSession_sparesItsClientWhereverItIsRecorded() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/sessions"));
        Files.writeString(root.resolve("run/systemd/sessions/4"), "UID=0\nREMOTE=1\nREMOTE_HOST=203.0.113.4\n");
        Files.write(root.resolve("run/utmp"), utmp((short) 7, "203.0.113.5", (short) 8, "203.0.113.6"));

        Map<String, String> environment = Map.of("SSH_CONNECTION", "203.0.113.3 50000 192.0.2.1 22");

        assertThat(spared("203.0.113.3", List.of(), environment)).isTrue();
        assertThat(spared("203.0.113.4", List.of(), environment)).isTrue();
        assertThat(spared("203.0.113.5", List.of(), environment)).isTrue();
        assertThat(spared("203.0.113.6", List.of(), environment))
                .as("session that has ended")
                .isFalse();
    }

    @Test
    void of_utmpOfAnotherLayout_isNotRead() throws IOException {
        Files.createDirectories(root.resolve("run"));
        Files.write(root.resolve("run/utmp"), new byte[1000]);

        assertThat(spared("0.0.0.0", List.of(), Map.of())).isFalse();
    }

    private boolean spared(String address, List<String> ignoreip, Map<String, String> environment) {
        CidrSet set = new Sanctuary(root, environment).of(ignoreip);
        return set.contains(IpAddress.parse(address).orElseThrow());
    }

    private static byte[] utmp(Object... typesAndHosts) {
        ByteBuffer records = ByteBuffer.allocate(typesAndHosts.length / 2 * 384).order(ByteOrder.nativeOrder());
        for (int i = 0; i < typesAndHosts.length; i += 2) {
            records.putShort(i / 2 * 384, (short) typesAndHosts[i]);
            records.put(i / 2 * 384 + 76, ((String) typesAndHosts[i + 1]).getBytes(StandardCharsets.UTF_8));
        }
        return records.array();
    }
}
