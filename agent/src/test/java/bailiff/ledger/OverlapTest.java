package bailiff.ledger;

import static bailiff.ledger.Samples.NOW;
import static bailiff.ledger.Samples.network;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlapTest {

    @TempDir
    private Path directory;

    @Test
    void history_randomNetworksOfBothFamilies_agreesWithAskingEveryBan() throws LedgerException {
        for (long seed = 0; seed < 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Set<Cidr> banned = new HashSet<>();
            for (int i = 0; i < 60; i++) {
                banned.add(randomNetwork(random));
            }

            try (Ledger ledger = Samples.open(directory.resolve("ledger-" + seed))) {
                ledger.commit(bansOf(banned));

                for (int i = 0; i < 60; i++) {
                    Cidr asked = randomNetwork(random);
                    assertThat(found(ledger, asked))
                            .as("seed %d, %s", seed, asked)
                            .containsExactlyInAnyOrderElementsOf(
                                    banned.stream().filter(asked::overlaps).toList());
                }
            }
        }
    }

    @Test
    void history_wholeOfIpv6_holdsNoIpv4() throws LedgerException {
        try (Ledger ledger = Samples.open(directory.resolve("ledger"))) {
            ledger.commit(bansOf(List.of(network("192.0.2.1"), network("::1"), network("2001:db8::/32"))));

            assertThat(found(ledger, network("::/0")))
                    .containsExactlyInAnyOrder(network("::1"), network("2001:db8::/32"));
            assertThat(found(ledger, network("0.0.0.0/0"))).containsExactly(network("192.0.2.1"));
        }
    }

    @Test
    void last_networksOfEveryLength_isTheirHighestAddress() {
        assertThat(Overlap.last(network("0.0.0.0/0"))).isEqualTo(Overlap.first(network("255.255.255.255")));
        assertThat(Overlap.last(network("192.0.2.0/25"))).isEqualTo(Overlap.first(network("192.0.2.127")));
        assertThat(Overlap.last(network("192.0.2.1"))).isEqualTo(Overlap.first(network("192.0.2.1")));
        assertThat(Overlap.last(network("2001:db8::/64")))
                .isEqualTo(Overlap.first(network("2001:db8::ffff:ffff:ffff:ffff")));
        assertThat(Overlap.last(network("2001:db8::/33")))
                .isEqualTo(Overlap.first(network("2001:db8:7fff:ffff:ffff:ffff:ffff:ffff")));
        assertThat(Overlap.last(network("::/0")))
                .isEqualTo(Overlap.first(network("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")));
    }

    private static Batch bansOf(Iterable<Cidr> subjects) {
        Batch batch = new Batch();
        for (Cidr subject : subjects) {
            batch.ban(new Ban(Samples.JAIL, subject, NOW, NOW.plusSeconds(60), 1, 1, Ban.BY_HAND, "test"));
        }
        return batch;
    }

    private static List<Cidr> found(Ledger ledger, Cidr asked) throws LedgerException {
        List<Cidr> found = new ArrayList<>();
        for (BanRecord banned : ledger.history(asked, 1_000)) {
            found.add(banned.ban().subject());
        }
        return found;
    }

    /** From few bits, so that many of them nest; the low IPv6 ones surround IPv4's place. */
    private static Cidr randomNetwork(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> IpAddress.ofV4(random.nextInt(1 << 8)).prefix(random.nextInt(33));
            case 1 ->
                new IpAddress(0x20010db8L << 32 | random.nextInt(4), random.nextInt(4)).prefix(random.nextInt(129));
            default -> new IpAddress(0, (long) random.nextInt(1 << 3) << 46).prefix(random.nextInt(129));
        };
    }
}
