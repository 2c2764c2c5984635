package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.net.Cidr;
import bailiff.net.PortRange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SocketCutterTest {

    @Test
    void command_networksAndPorts_namesBoth() {
        List<String> command = SocketCutter.command(
                List.of(network("192.0.2.7"), network("2001:db8::/64")),
                List.of(PortRange.of(80), new PortRange(8000, 8100)));

        assertThat(String.join(" ", command))
                .isEqualTo("ss -K -H -n -t ( dst 192.0.2.7 or dst [2001:db8::/64] )"
                        + " and ( ( sport ge :80 and sport le :80 ) or ( sport ge :8000 and sport le :8100 ) )");
    }

    @Test
    void command_noNetwork_isRefused() {
        assertThatThrownBy(() -> SocketCutter.command(List.of(), List.of(PortRange.of(80))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cut_bansOfSeveralJails_closeOnlyThePortsOfTheirOwn() throws InterruptedException {
        BlockingQueue<List<String>> commands = new LinkedBlockingQueue<>();
        CommandRunner runner = command -> {
            commands.add(command);
            throw new IOException("no ss here");
        };
        List<Fence> fences = List.of(
                new Fence("web", Protocol.TCP, List.of(PortRange.of(80))),
                new Fence("ssh", Protocol.ALL, List.of(PortRange.of(22))),
                new Fence("dns", Protocol.UDP, List.of(PortRange.of(53))));

        try (SocketCutter cutter = new SocketCutter(runner)) {
            cutter.cut(
                    fences,
                    List.of(
                            new Change.Add("web", network("192.0.2.1"), Instant.MAX),
                            new Change.Add("ssh", network("192.0.2.2"), Instant.MAX),
                            new Change.Add("dns", network("192.0.2.3"), Instant.MAX),
                            new Change.Remove("web", network("192.0.2.4"))));
            List<String> both = List.of(
                    String.join(" ", commands.poll(20, TimeUnit.SECONDS)),
                    String.join(" ", commands.poll(20, TimeUnit.SECONDS)));

            assertThat(both)
                    .satisfiesExactlyInAnyOrder(
                            web -> assertThat(web)
                                    .contains("( dst 192.0.2.1 )", ":80")
                                    .doesNotContain("192.0.2.2", ":22"),
                            ssh -> assertThat(ssh)
                                    .contains("( dst 192.0.2.2 )", ":22")
                                    .doesNotContain("192.0.2.1", ":80"));
            assertThat(commands).isEmpty();
        }
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
