package bailiff.ban;

import static bailiff.ban.Bans.T;
import static bailiff.ban.Bans.address;
import static bailiff.ban.Bans.ban;
import static bailiff.ban.Bans.network;
import static bailiff.ban.Bans.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bailiff.net.CidrSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ActiveBansTest {

    private final ActiveBans bans = new ActiveBans(1_000, 11);

    @Test
    void covering_bansOfSeveralLengths_findsTheNarrowest() {
        Ban wide = ban("192.0.2.0/24", 60);
        Ban narrow = ban("192.0.2.128/25", 60);
        bans.add(wide);
        bans.add(narrow);

        assertThat(bans.covering(address("192.0.2.200"), T)).contains(narrow);
        assertThat(bans.covering(address("192.0.2.1"), T)).contains(wide);
        assertThat(bans.covering(address("192.0.3.1"), T)).isEmpty();
    }

    @Test
    void covering_narrowBanIsOver_findsTheWideOneThatRuns() {
        Ban wide = until("192.0.2.0/24", Instant.MAX);
        bans.add(wide);
        bans.add(ban("192.0.2.1", 60));

        assertThat(bans.covering(address("192.0.2.1"), T.plusSeconds(60))).contains(wide);
    }

    @Test
    void covering_networkOfTheOtherFamily_isNotTaken() {
        bans.add(ban("::/0", 60));

        assertThat(bans.covering(address("192.0.2.1"), T)).isEmpty();
        assertThat(bans.covering(address("2001:db8::1"), T)).isPresent();
    }

    @Test
    void covering_afterTheOnlyBanOfItsLengthWent_findsNothing() {
        bans.add(ban("192.0.2.0/24", 60));
        bans.remove(network("192.0.2.0/24"));

        assertThat(bans.covering(address("192.0.2.1"), T)).isEmpty();
    }

    @Test
    void add_sameSubject_replacesItsEnd() {
        bans.add(ban("192.0.2.1", 60));
        Ban prolonged = ban("192.0.2.1", 120);

        bans.add(prolonged);

        assertThat(bans.all()).containsExactly(prolonged);
        assertThat(bans.expireUntil(T.plusSeconds(60))).isEmpty();
        assertThat(bans.nextEnd()).isEqualTo(T.plusSeconds(120));
    }

    @Test
    void add_oneTooMany_letsTheOneThatEndsFirstGo() {
        ActiveBans two = new ActiveBans(2, 11);
        two.add(ban("192.0.2.1", 60));
        two.add(ban("192.0.2.2", 30));

        Optional<Ban> gone = two.add(ban("192.0.2.3", 90));

        assertThat(gone).contains(ban("192.0.2.2", 30));
        assertThat(two.all()).containsExactly(ban("192.0.2.1", 60), ban("192.0.2.3", 90));
    }

    @Test
    void expireUntil_severalEnds_givesThemInTheirOrderAndKeepsTheRest() {
        Ban forEver = until("192.0.2.4", Instant.MAX);
        bans.add(forEver);
        bans.add(ban("192.0.2.1", 90));
        bans.add(ban("192.0.2.2", 30));
        bans.add(ban("192.0.2.3", 60));

        List<Ban> over = bans.expireUntil(T.plusSeconds(60));

        assertThat(over).containsExactly(ban("192.0.2.2", 30), ban("192.0.2.3", 60));
        assertThat(bans.all()).containsExactly(ban("192.0.2.1", 90), forEver);
    }

    @Test
    void find_otherLength_isAnotherSubject() {
        bans.add(ban("192.0.2.0/24", 60));

        assertThat(bans.find(network("192.0.2.0/24"))).contains(ban("192.0.2.0/24", 60));
        assertThat(bans.find(network("192.0.2.0/25"))).isEmpty();
    }

    @Test
    void overlapping_widerNarrowerAndOther_givesThoseThatTouchInTheOrderOfTheirEnds() {
        bans.add(ban("192.0.2.1", 90));
        bans.add(ban("192.0.2.0/24", 60));
        bans.add(ban("192.0.2.128", 30));
        bans.add(ban("2001:db8::/64", 30));

        assertThat(bans.overlapping(network("192.0.2.0/25")))
                .containsExactly(ban("192.0.2.0/24", 60), ban("192.0.2.1", 90));
        assertThat(bans.overlapping(network("192.0.2.1")))
                .containsExactly(ban("192.0.2.0/24", 60), ban("192.0.2.1", 90));
        assertThat(bans.overlapping(new CidrSet(List.of(network("2001:db8::1"), network("192.0.2.128")))))
                .containsExactly(ban("192.0.2.128", 30), ban("2001:db8::/64", 30), ban("192.0.2.0/24", 60));
        assertThat(bans.overlapping(new CidrSet(List.of()))).isEmpty();
    }

    @Test
    void covering_askedAgainAfterOtherBansWent_stillGivesTheRightOne() {
        for (int i = 0; i < 200; i++) {
            bans.add(ban("192.0.2." + i, 60 + i));
        }
        for (int i = 0; i < 200; i++) {
            bans.covering(address("192.0.2." + i), T);
        }
        for (int i = 0; i < 200; i += 2) {
            bans.remove(network("192.0.2." + i));
        }
        bans.add(until("192.0.2.1", Instant.MAX));

        assertThat(bans.covering(address("192.0.2.1"), T)).contains(until("192.0.2.1", Instant.MAX));
        for (int i = 2; i < 200; i++) {
            assertThat(bans.covering(address("192.0.2." + i), T))
                    .isEqualTo(i % 2 == 0 ? Optional.empty() : Optional.of(ban("192.0.2." + i, 60 + i)));
        }
    }

    @Test
    void all_banThatComesMeanwhile_endsTheIteration() {
        bans.add(ban("192.0.2.1", 60));
        var iterator = bans.all().iterator();

        bans.add(ban("192.0.2.2", 60));

        assertThatExceptionOfType(ConcurrentModificationException.class).isThrownBy(iterator::next);
    }

    @Test
    void nextEnd_nobodyBanned_isNever() {
        assertThat(bans.nextEnd()).isEqualTo(Instant.MAX);
    }

    /** Against the plain definition, over nested networks that come, go and end. */
    @Test
    void anyOrderOfCalls_agreesWithALookThroughAllBans() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ActiveBans subject = new ActiveBans(1_000, 11);
            Map<String, Ban> model = new HashMap<>();
            for (int i = 0; i < 200; i++) {
                Instant now = T.plusSeconds(i);
                String network = address("192.0.2." + random.nextInt(16))
                        .prefix(26 + random.nextInt(7))
                        .toString();
                if (random.nextInt(4) == 0) {
                    subject.remove(network(network));
                    model.remove(network);
                } else {
                    Ban ban = ban(network, i + 1 + random.nextInt(40));
                    subject.add(ban);
                    model.put(network, ban);
                }
                assertThat(subject.expireUntil(now))
                        .as("seed %d, step %d", seed, i)
                        .allMatch(ban -> ban.isOver(now));
                model.values().removeIf(ban -> ban.isOver(now));
                var probe = address("192.0.2." + random.nextInt(16));

                Optional<Ban> found = subject.covering(probe, now);

                Optional<Ban> expected = model.values().stream()
                        .filter(ban -> ban.subject().contains(probe))
                        .max((a, b) -> a.subject().length() - b.subject().length());
                assertThat(found).as("seed %d, step %d", seed, i).isEqualTo(expected);
                assertThat(subject.all())
                        .as("seed %d, step %d", seed, i)
                        .containsExactlyElementsOf(model.values().stream()
                                .sorted(Comparator.comparing(Ban::until).thenComparing(Ban::subject))
                                .toList());
            }
        }
    }
}
