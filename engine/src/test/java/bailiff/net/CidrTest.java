package bailiff.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.77",
        "192.0.2.77/32, 192.0.2.77",
        "192.0.2.77/24, 192.0.2.0/24",
        "192.0.2.77/0, 0.0.0.0/0",
        "192.0.2.77/255.255.255.0, 192.0.2.0/24",
        "192.0.2.77/0.0.0.0, 0.0.0.0/0",
        "::ffff:192.0.2.77/120, 192.0.2.0/24",
        "2001:db8:1:2:3::9/64, 2001:db8:1:2::/64",
        "2001:db8:1:2:3::9/65, 2001:db8:1:2::/65",
        "2001:db8::9/0, ::/0",
        "2001:db8:1:2:3::9/ffff:ffff:ffff:ffff::, 2001:db8:1:2::/64",
        "2001:db8:1:2:3::9/ffff:ffff:ffff:ffff:8000::, 2001:db8:1:2::/65",
        "2001:db8::9/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db8::9",
        "2001:db8::9/::, ::/0",
    })
    void parse_network_clearsTheBitsBeyondItsLength(String text, String network) {
        assertThat(Cidr.parse(text)).hasToString("Optional[" + network + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/24",
                "192.0.2.0/",
                "192.0.2.0/33",
                "::ffff:192.0.2.0/95",
                "192.0.2.0/024",
                "192.0.2.0/+8",
                "192.0.2.0/255.0.255.0",
                "2001:db8::/129",
                "2001:db8::/ffff:0:ffff::",
                "2001:db8::/::1",
                "192.0.2.0/24/8",
                "example.org/24"
            })
    void parse_anythingElse_isNoNetwork(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @Test
    void contains_addressOfTheOtherFamily_isFalse() {
        Cidr everyV6 = Cidr.parse("::/0").orElseThrow();

        assertThat(everyV6.contains(IpAddress.parse("192.0.2.1").orElseThrow())).isFalse();
        assertThat(everyV6.contains(IpAddress.parse("2001:db8::1").orElseThrow()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.128/25, true",
        "192.0.2.128/25, 192.0.2.0/24, true",
        "192.0.2.0/25, 192.0.2.128/25, false",
        "192.0.2.1, 192.0.2.1, true",
        "2001:db8::/64, 2001:db8::77, true",
        "2001:db8::/64, 2001:db8:0:1::/64, false",
    })
    void overlaps_isTrueWhenOneHoldsTheOther(String one, String other, boolean expected) {
        assertThat(Cidr.parse(one).orElseThrow().overlaps(Cidr.parse(other).orElseThrow()))
                .isEqualTo(expected);
    }
}
