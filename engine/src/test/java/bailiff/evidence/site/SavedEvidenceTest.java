package bailiff.evidence.site;

import static bailiff.evidence.site.Attempts.START;
import static bailiff.evidence.site.Attempts.login;
import static bailiff.evidence.site.Attempts.moved;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.CidrSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SavedEvidenceTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant LATER = START.plus(HOUR.multipliedBy(50));

    private final Attempts site = new Attempts();

    @Test
    void restored_siteUnderAttack_judgesAsBefore() {
        site.calibrate(Conduct.BROWSING);
        site.botnet(40, HOUR, login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));
        site.admitted(8, Duration.ofMinutes(1), login("192.0.2.200", Outcome.FAILURE, Conduct.BROWSING));

        SiteEvidence restored = restored(site.evidence().save()).orElseThrow();

        assertThat(restored.isCalibrated()).isTrue();
        assertThat(restored.campaigns(LATER)).singleElement().satisfies(campaign -> {
            assertThat(campaign.name())
                    .isEqualTo(site.evidence().campaigns(LATER).getFirst().name());
            assertThat(campaign.sources()).isEqualTo(41);
        });
        for (Attempt attempt : List.of(
                login("198.51.100.77", Outcome.FAILURE, Conduct.BLIND),
                login("198.51.100.77", Outcome.FAILURE, Conduct.BROWSING),
                login("203.0.113.5", Outcome.FAILURE, Conduct.BARE),
                login("192.0.2.200", Outcome.FAILURE, Conduct.BROWSING),
                login(Attempts.foreign(30).toString(), Outcome.FAILURE, Conduct.BARE))) {
            Attempt later = moved(attempt, START.plus(HOUR.multipliedBy(10)));
            assertThat(restored.judge(later)).isEqualTo(site.evidence().judge(later));
        }
        assertThat(restored.save()).isEqualTo(site.evidence().save());
    }

    /** What goes on within a day is not forgotten by a restart, or each would hide a running attack for hours. */
    @Test
    void restored_accountUnderAttack_isStillUnderAttack() {
        for (int i = 0; i < 16; i++) {
            String network = Attempts.foreign(i * 300).toString();
            site.admits(Attempts.trapped(network, "admin", Account.UNKNOWN, Outcome.FAILURE));
        }
        Attempt again = Attempts.trapped(Attempts.foreign(0).toString(), "admin", Account.UNKNOWN, Outcome.FAILURE);
        assertThat(site.evidence().judge(again)).isInstanceOf(Judgement.Refuse.class);

        SiteEvidence restored = restored(site.evidence().save()).orElseThrow();

        assertThat(restored.judge(again)).isEqualTo(site.evidence().judge(again));
        assertThat(restored.isAlarmed(START))
                .isEqualTo(site.evidence().isAlarmed(START))
                .isTrue();
    }

    @Test
    void restored_networkOfAnAttack_isStillSuspect() {
        for (int i = 0; i < 6; i++) {
            site.admits(moved(login("192.0.2." + i, Outcome.FAILURE, Conduct.BLIND), START.plus(HOUR)));
        }
        Attempt next = moved(login("192.0.2.99", Outcome.FAILURE, Conduct.BARE), START.plus(HOUR));
        Attempt other = Attempts.asking(next, Door.XMLRPC, Origin.NONE, "curl/8", false);
        assertThat(site.evidence().judge(other))
                .isInstanceOfSatisfying(
                        Judgement.Refuse.class,
                        refuse -> assertThat(refuse.kind()).isEqualTo(Kind.PREFIX));

        SiteEvidence restored = restored(site.evidence().save()).orElseThrow();

        assertThat(restored.judge(other)).isEqualTo(site.evidence().judge(other));
        assertThat(restored.judge(moved(other, START.plus(Duration.ofDays(40)))))
                .isEqualTo(Judgement.NOTHING);
    }

    @Test
    void restored_whatIsDamaged_isNothingOrEvidenceButNoError() {
        site.botnet(10, HOUR, login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));
        byte[] saved = site.evidence().save();
        SplittableRandom random = new SplittableRandom(3);

        assertThat(restored(new byte[0])).isEmpty();
        assertThat(restored(Arrays.copyOf(saved, saved.length - 1))).isEmpty();
        assertThat(restored(Arrays.copyOf(saved, saved.length + 1))).isEmpty();
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = saved.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            restored(damaged).ifPresent(evidence -> {
                evidence.judge(login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));
                evidence.record(login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));
                evidence.explain("blog", Attempts.foreign(3), LATER);
                evidence.campaigns(LATER).forEach(campaign -> campaign.news("blog"));
            });
        }
    }

    /** A flood from ever new addresses, with ever new names and agents, neither grows without end nor drives out friends. */
    @Test
    void save_afterAFloodOfStrangers_isBoundedAndKeepsWhoBelongsHere() {
        site.admits(login("192.0.2.1", Outcome.SUCCESS, Conduct.BROWSING));
        for (int i = 0; i < 60_000; i++) {
            Attempt one =
                    Attempts.trapped(Attempts.foreign(i).toString(), "name" + i, Account.UNKNOWN, Outcome.FAILURE);
            site.evidence().record(Attempts.asking(one, Door.LOGIN, Origin.NONE, "Mozilla/5.0 (" + i + ")", false));
        }

        assertThat(site.evidence().save().length).isLessThan(8_000_000);
        assertThat(site.evidence()
                        .hasSucceeded(
                                login("192.0.2.1", Outcome.SUCCESS, Conduct.BARE)
                                        .source(),
                                LATER))
                .isTrue();
    }

    private static Optional<SiteEvidence> restored(byte[] saved) {
        return SiteEvidence.restored(Allowance.USUAL, new CidrSet(List.of(Attempts.SERVICE)), saved);
    }
}
