package bailiff.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CidrSetTest {

    @Test
    void contains_addressInANestedNetwork_isTrue() {
        CidrSet set = set("10.0.0.0/8", "10.1.0.0/16", "192.0.2.7");

        assertThat(set.contains(address("10.200.0.1"))).isTrue();
        assertThat(set.contains(address("192.0.2.7"))).isTrue();
        assertThat(set.contains(address("192.0.2.8"))).isFalse();
        assertThat(set.networks()).hasSize(2);
    }

    @Test
    void overlaps_widerNetworkAroundAMember_isTrue() {
        CidrSet set = set("2001:db8:0:1::5");

        assertThat(set.overlaps(network("2001:db8:0:1::/64"))).isTrue();
        assertThat(set.overlaps(network("2001:db8:0:2::/64"))).isFalse();
    }

    @Test
    void contains_everyIpv6AddressBesideIpv4Networks_isTrue() {
        CidrSet set = set("127.0.0.0/8", "::/0", "198.51.100.0/24");

        assertThat(set.contains(address("2001:db8::1"))).isTrue();
        assertThat(set.overlaps(network("2001:db8::/64"))).isTrue();
        assertThat(set.contains(address("127.0.0.1"))).isTrue();
        assertThat(set.contains(address("198.51.101.1"))).isFalse();
    }

    @Test
    void questions_onRandomSets_agreeWithAskingEveryMember() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Cidr> members = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                members.add(network(random));
            }
            CidrSet set = new CidrSet(members);

            for (int i = 0; i < 200; i++) {
                Cidr asked = network(random);
                assertThat(set.overlaps(asked))
                        .as("seed %d, %s in %s", seed, asked, members)
                        .isEqualTo(members.stream().anyMatch(asked::overlaps));
                assertThat(set.contains(asked.first()))
                        .as("seed %d, %s in %s", seed, asked.first(), members)
                        .isEqualTo(members.stream().anyMatch(member -> member.contains(asked.first())));
            }
        }
    }

    /** Of both families, close enough to each other to nest and to touch. */
    private static Cidr network(SplittableRandom random) {
        int bits = random.nextInt(1 << 16);
        return random.nextBoolean()
                ? Cidr.of(IpAddress.ofV4(bits), random.nextInt(33))
                : Cidr.of(new IpAddress(0, (0xfffeL << 32) + ((long) bits << 15)), random.nextInt(129));
    }

    private static CidrSet set(String... networks) {
        return new CidrSet(Stream.of(networks).map(CidrSetTest::network).toList());
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
