package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.net.Cidr;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NftListingTest {

    @Test
    void bans_membersWithAndWithoutTime_areRead() throws FirewallException {
        String json = """
                {"nftables": [{"metainfo": {"version": "1.0.6"}},
                  {"set": {"family": "inet", "name": "web-ip4", "table": "bailiff",
                    "elem": ["192.0.2.1", {"elem": {"val": "192.0.2.2", "timeout": 9, "expires": 5}}]}},
                  {"set": {"family": "inet", "name": "web-ip6-64", "table": "bailiff", "elem": ["2001:db8::"]}},
                  {"set": {"family": "inet", "name": "web-ip4-24", "table": "bailiff"}}]}
                """;

        assertThat(NftListing.bans(json))
                .isEqualTo(Map.of("web", Set.of(network("192.0.2.1"), network("192.0.2.2"), network("2001:db8::/64"))));
        assertThat(NftListing.sets(json)).hasSize(3);
    }

    @Test
    void bans_setsOfOthersAndOddMembers_arePassedOver() throws FirewallException {
        String json = """
                {"nftables": [7, {"set": []}, {"set": {"name": 5, "table": "bailiff"}},
                  {"set": {"name": "web-ip4", "table": "other", "elem": ["192.0.2.1"]}},
                  {"set": {"name": "web-ip4", "table": "bailiff", "elem": ["2001:db8::", "x", {"elem": 3}, null,
                    {"elem": {"val": {"prefix": {"addr": "10.0.0.0", "len": 8}}}}]}}]}
                """;

        assertThat(NftListing.bans(json)).isEqualTo(Map.of("web", Set.of()));
    }

    @Test
    void bans_textThatIsNoJson_isAFailure() {
        assertThatThrownBy(() -> NftListing.bans("netlink: Error")).isInstanceOf(FirewallException.class);
        assertThatThrownBy(() -> NftListing.bans("{\"nftables\": [")).isInstanceOf(FirewallException.class);
        assertThatThrownBy(() -> NftListing.bans("[".repeat(100_000))).isInstanceOf(FirewallException.class);
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
