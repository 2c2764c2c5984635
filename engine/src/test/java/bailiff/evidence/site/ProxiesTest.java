package bailiff.evidence.site;

import static bailiff.evidence.site.Attempts.START;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private static final String EDGE = "203.0.113.9";

    private final Proxies proxies = new Proxies();

    @Test
    void find_fiveAccountsWithinAMonth_isOneAndFourAreNone() {
        logins(EDGE, 4);
        assertThat(isOne(EDGE, START)).isFalse();

        logins(EDGE, 5);

        assertThat(isOne(EDGE, START)).isTrue();
        assertThat(isOne("203.0.113.10", START)).isFalse();
        assertThat(isOne(EDGE, START.plus(Duration.ofDays(29)))).isTrue();
        assertThat(isOne(EDGE, START.plus(Duration.ofDays(30)))).isFalse();
    }

    @Test
    void find_anyNumberOfUserAgentsWithoutALogin_isNone() {
        browsers(EDGE, 10_000, START);

        assertThat(isOne(EDGE, START)).isFalse();
    }

    @Test
    void find_crowdOfBrowsersAndTwoAccountsThroughNeighbours_isOne() {
        browsers(EDGE, 40, START);
        proxies.success(address("203.0.113.77"), "anna", START);
        assertThat(isOne(EDGE, START)).isFalse();

        proxies.success(address("203.0.113.78"), "ben", START);

        assertThat(proxies.find(address(EDGE), START)).hasValueSatisfying(proxy -> {
            assertThat(proxy.browsers()).isBetween(30, 50);
            assertThat(proxy.accounts()).isEqualTo(2);
            assertThat(proxy.sentence()).contains("looks like a proxy, a CDN").contains("2 accounts");
        });
        assertThat(isOne("203.0.113.78", START))
                .as("a neighbour without a crowd")
                .isFalse();
        assertThat(isOne(EDGE, START.plus(Duration.ofDays(2))))
                .as("two days later")
                .isFalse();
    }

    @Test
    void find_crowdAndOneAccountOnThreeDays_isOneAndOnTwoIsNone() {
        proxies.success(address(EDGE), "anna", START);
        proxies.success(address(EDGE), "anna", START.plus(Duration.ofDays(1)));
        Instant third = START.plus(Duration.ofDays(9));
        browsers(EDGE, 40, third);
        assertThat(isOne(EDGE, third)).isFalse();

        proxies.success(address(EDGE), "anna", third);

        assertThat(isOne(EDGE, third)).isTrue();
        assertThat(proxies.find(address(EDGE), third).orElseThrow().sentence()).contains("1 account came");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1", "172.16.3.4", "192.168.1.1", "100.64.0.9", "169.254.1.1", "fd00::1", "fe80::1", "::1"
            })
    void find_privateAddressOfSomeBrowsersOrALogin_isOneAtOnce(String address) {
        proxies.tried(address(address), START);
        assertThat(isOne(address, START)).isFalse();

        browsers(address, 3, START);
        proxies.success(address("192.168.99.1"), "blog anna", START);

        assertThat(isOne("192.168.99.2", START)).isTrue();
        assertThat(proxies.find(address(address), START))
                .hasValueSatisfying(proxy -> assertThat(proxy.isPrivate()).isTrue());
    }

    @Test
    void find_privateAddressesOfALocalNetwork_areJudgedLikeOthers() {
        for (int i = 1; i <= Proxies.INTRANET; i++) {
            proxies.tried(address("192.168.1." + i), START);
        }
        proxies.success(address("192.168.1.1"), "blog anna", START);

        assertThat(isOne("192.168.1.1", START)).isFalse();
        assertThat(isOne("192.168.1.1", START.plus(Duration.ofDays(2)))).isTrue();
    }

    @Test
    void find_moreAccountsThanAreToldApart_remembersThoseOfLate() {
        logins(EDGE, 100);

        assertThat(proxies.find(address(EDGE), START).orElseThrow().accounts()).isEqualTo(Logins.MOST);
    }

    @Test
    void restored_saved_isTheSame_andDamageIsNothing() {
        logins(EDGE, 5);
        proxies.success(address("198.51.100.1"), "anna", START);
        proxies.success(address("198.51.100.1"), "ben", START);
        browsers("198.51.100.1", 40, START);
        byte[] saved = proxies.save();

        Proxies again = Proxies.restored(saved).orElseThrow();

        assertThat(again.find(address(EDGE), START)).isEqualTo(proxies.find(address(EDGE), START));
        assertThat(again.find(address("198.51.100.1"), START)).isPresent();
        assertThat(Proxies.restored(Arrays.copyOf(saved, saved.length - 1))).isEmpty();
        assertThat(Proxies.restored(new byte[] {1, 2, 3, 4})).isEmpty();
    }

    private void logins(String address, int accounts) {
        for (int i = 0; i < accounts; i++) {
            proxies.success(address(address), "blog user" + i, START);
        }
    }

    private void browsers(String address, int count, Instant time) {
        for (int i = 0; i < count; i++) {
            proxies.browser(address(address), "Mozilla/5.0 Firefox/" + i * 7919, time);
        }
    }

    private boolean isOne(String address, Instant time) {
        return proxies.find(address(address), time).isPresent();
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
