package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import bailiff.net.PortRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NftScriptTest {

    private final ManualClock clock = new ManualClock();
    private final NftScript script = new NftScript(clock);

    @Test
    void change_bansOfOneSet_areNamedThenReplacedTogether() {
        List<String> commands = script.change(
                List.of(ban("192.0.2.1", Duration.ofSeconds(90)), ban("192.0.2.2", Duration.ofMillis(86_400_001))));

        assertThat(commands)
                .containsExactly(
                        "add element inet bailiff web-ip4 { 192.0.2.1, 192.0.2.2 }",
                        "delete element inet bailiff web-ip4 { 192.0.2.1, 192.0.2.2 }",
                        "add element inet bailiff web-ip4 { 192.0.2.1 timeout 90s, 192.0.2.2 timeout 1d1s }");
    }

    @Test
    void change_removalPastAndEndlessBan_areWrittenWithoutATime() {
        List<String> commands = script.change(List.of(
                new Change.Remove("web", network("2001:db8::/64")),
                ban("2001:db8:1::/64", Duration.ZERO),
                new Change.Add("web", network("2001:db8:2::/64"), Instant.MAX)));

        assertThat(commands).last().isEqualTo("add element inet bailiff web-ip6-64 { 2001:db8:2:: }");
        assertThat(commands.get(1)).contains("{ 2001:db8::, 2001:db8:1::, 2001:db8:2:: }");
    }

    @Test
    void change_manyBans_areSplitIntoCommandsOfAThousand() {
        List<Change> bans = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            bans.add(new Change.Add("web", IpAddress.ofV4(i).alone(), Instant.MAX));
        }

        assertThat(script.change(bans))
                .hasSize(9)
                .allSatisfy(command -> assertThat(command.split(",")).hasSizeBetween(500, 1_000));
    }

    @Test
    void raise_fences_standBeforeConnectionTrackingAndNameThePorts() {
        String text = NftScript.raise(
                List.of(
                        new Fence("web", Protocol.TCP, List.of(PortRange.of(80), new PortRange(8000, 8100))),
                        new Fence("web", Protocol.ALL, List.of(PortRange.of(53)))),
                Set.of(BanSet.ofSingle("web", true)),
                Set.of(BanSet.ofSingle("old", true)));

        assertThat(text.lines())
                .contains(
                        "add chain inet bailiff prerouting"
                                + " { type filter hook prerouting priority -300; policy accept; }",
                        "add rule inet bailiff web-bans ip saddr @web-ip4 counter drop",
                        "add rule inet bailiff prerouting tcp dport { 80, 8000-8100 } jump web-bans",
                        "add rule inet bailiff prerouting"
                                + " meta l4proto { tcp, udp, sctp, dccp } th dport { 53 } jump web-bans",
                        "delete chain inet bailiff old-bans",
                        "delete set inet bailiff old-ip4");
    }

    private Change ban(String text, Duration duration) {
        return new Change.Add("web", network(text), clock.instant().plus(duration));
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
