package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BanSetTest {

    @Test
    void name_plainJail_isReadable() {
        assertThat(BanSet.ofSingle("wordpress", true).name()).isEqualTo("wordpress-ip4");
        assertThat(new BanSet("wordpress", false, 64).name()).isEqualTo("wordpress-ip6-64");
        assertThat(BanSet.chain("apache-auth")).isEqualTo("apache-auth-bans");
    }

    @Test
    void name_anyJail_isAnIdentifierOfItsOwnThatCanBeReadBack() {
        Map<String, BanSet> names = new HashMap<>();
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            BanSet set = new BanSet(jail(random), random.nextBoolean(), random.nextInt(33));

            String name = set.name();

            assertThat(name)
                    .as("seed %d", seed)
                    .matches("[a-zA-Z][a-zA-Z0-9._-]*")
                    .hasSizeLessThan(200);
            assertThat(BanSet.named(name)).as("seed %d", seed).contains(set);
            assertThat(names.getOrDefault(name, set))
                    .as("seed %d, %s", seed, name)
                    .isEqualTo(set);
            names.put(name, set);
        }
    }

    @Test
    void named_setsOfOthers_areNobodys() {
        assertThat(BanSet.named("f2b-sshd")).isEmpty();
        assertThat(BanSet.named("jail-ip4-33")).isEmpty();
        assertThat(BanSet.named("jail-ip6-129")).isEmpty();
        assertThat(BanSet.named("3com-ip4")).isEmpty();
        assertThat(BanSet.named("a.zz-ip4")).isEmpty();
        assertThat(BanSet.named("a.41-ip4")).as("escape of a plain letter").isEmpty();
    }

    @Test
    void canName_emptyTooLongOrBrokenName_isFalse() {
        assertThat(BanSet.canName("")).isFalse();
        assertThat(BanSet.canName("n".repeat(181))).isFalse();
        assertThat(BanSet.canName("ü".repeat(31))).isFalse();
        assertThat(BanSet.canName("half a character \uD83D")).isFalse();
        assertThat(BanSet.canName("n".repeat(180))).isTrue();
    }

    @Test
    void rule_anyLength_masksWithThatManyBits() {
        assertThat(new BanSet("j", true, 32).rule()).isEqualTo("ip saddr @j-ip4 counter drop");
        assertThat(new BanSet("j", true, 20).rule()).startsWith("ip saddr & 255.255.240.0 @j-ip4-20 ");
        assertThat(new BanSet("j", true, 0).rule()).startsWith("ip saddr & 0.0.0.0 @j-ip4-0 ");
        assertThat(new BanSet("j", false, 64).rule()).startsWith("ip6 saddr & ffff:ffff:ffff:ffff:0:0:0:0 @j-ip6-64 ");
        assertThat(new BanSet("j", false, 33).rule()).startsWith("ip6 saddr & ffff:ffff:8000:0:0:0:0:0 ");
    }

    private static String jail(SplittableRandom random) {
        String alphabet = "ax.-_346ip;\"{} \n$é🔒";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder jail = new StringBuilder();
        for (int length = 1 + random.nextInt(6); length > 0; length--) {
            jail.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return jail.toString();
    }
}
