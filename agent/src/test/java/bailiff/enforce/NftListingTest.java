package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.net.Cidr;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NftListingTest {

    @Test
    void bans_membersWithAndWithoutTime_areRead() throws IOException {
        String json = """
                {"nftables": [{"metainfo": {"version": "1.0.6"}},
                  {"set": {"family": "inet", "name": "web-ip4", "table": "bailiff",
                    "elem": ["192.0.2.1", {"elem": {"val": "192.0.2.2", "timeout": 9, "expires": 5}}]}},
                  {"set": {"family": "inet", "name": "web-ip6-64", "table": "bailiff", "elem": ["2001:db8::"]}},
                  {"set": {"family": "inet", "name": "web-ip4-24", "table": "bailiff"}}]}
                """;

        assertThat(read(json).bans())
                .isEqualTo(Map.of("web", Set.of(network("192.0.2.1"), network("192.0.2.2"), network("2001:db8::/64"))));
        assertThat(read(json).sets()).hasSize(3);
    }

    @Test
    void bans_setsOfOthersAndOddMembers_arePassedOver() throws IOException {
        String json = """
                {"nftables": [7, {"set": []}, {"set": {"name": 5, "table": "bailiff"}},
                  {"set": {"name": "web-ip4", "table": "other", "elem": ["192.0.2.1"]}},
                  {"set": {"name": "web-ip4", "table": "bailiff", "elem": ["2001:db8::", "x", {"elem": 3}, null,
                    {"elem": {"val": {"prefix": {"addr": "10.0.0.0", "len": 8}}}}]}}]}
                """;

        assertThat(read(json).bans()).isEqualTo(Map.of("web", Set.of()));
    }

    @Test
    void bans_textThatIsNoJson_isAFailure() {
        assertThatThrownBy(() -> read("netlink: Error")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("{\"nftables\": [")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(IOException.class);
    }

    @Test
    void hasChain_oursOrAnothers_isToldApart() throws IOException {
        String ours = "{\"nftables\": [{\"chain\": {\"table\": \"bailiff\", \"name\": \"prerouting\"}}]}";

        assertThat(read(ours).hasChain()).isTrue();
        assertThat(read(ours.replace("bailiff", "filter")).hasChain()).isFalse();
        assertThat(read(ours.replace("chain", "set")).hasChain()).isFalse();
    }

    private static NftListing read(String json) throws IOException {
        return NftListing.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
