package bailiff.evidence.site;

import static bailiff.evidence.site.Attempts.CHROME;
import static bailiff.evidence.site.Attempts.START;
import static bailiff.evidence.site.Attempts.asking;
import static bailiff.evidence.site.Attempts.login;
import static bailiff.evidence.site.Attempts.moved;
import static bailiff.evidence.site.Attempts.trapped;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteEvidenceTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Attempts site = new Attempts();

    @ParameterizedTest
    @ValueSource(longs = {1, 60, 86_400})
    void judge_sourceThatOnlyFails_isRefusedAfterSixHoweverSlowItIs(long gap) {
        Attempt attempt = login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND);

        assertThat(site.admitted(6, Duration.ofSeconds(gap), attempt)).isEqualTo(6);
    }

    @Test
    void judge_slowAttackerOfAMonth_getsSixAttempts() {
        Attempt attempt = login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND);

        assertThat(site.admitted(1_440, Duration.ofMinutes(30), attempt)).isEqualTo(6);
    }

    @Test
    void record_sourceWithoutCalibration_isBannedOnlyWhenItGoesOnAgainstRefusals() {
        Attempt attempt = login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND);

        site.admitted(10, MINUTE, attempt);

        assertThat(site.last()).isEqualTo(Judgement.NOTHING);
        site.admitted(20, MINUTE, moved(attempt, START.plus(MINUTE.multipliedBy(10))));
        assertThat(site.last()).isInstanceOfSatisfying(Judgement.Ban.class, ban -> {
            assertThat(ban.subject()).hasToString("192.0.2.1");
            assertThat(ban.kind()).isEqualTo(Kind.ADDRESS);
            assertThat(ban.reason()).contains("6 failed logins").contains("evidence");
        });
    }

    @Test
    void judge_addressesOfOneV6Network_areOneSource() {
        for (int i = 0; i < 6; i++) {
            assertThat(site.admits(login("2001:db8::" + i, Outcome.FAILURE, Conduct.BLIND)))
                    .isTrue();
        }

        assertThat(site.admits(login("2001:db8::ffff", Outcome.FAILURE, Conduct.BLIND)))
                .isFalse();
    }

    @Test
    void judge_sourceWithASuccess_isNeverBannedAndItsVisitorsNeverRefused() {
        site.admits(login("192.0.2.1", Outcome.SUCCESS, Conduct.BROWSING));

        int admitted = site.admitted(500, MINUTE, login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));

        assertThat(admitted).isLessThan(15);
        assertThat(site.last()).isEqualTo(Judgement.NOTHING);
        assertThat(site.admits(moved(login("192.0.2.1", Outcome.SUCCESS, Conduct.BROWSING), START.plusSeconds(40_000))))
                .isTrue();
    }

    @Test
    void judge_badNeighbourAtOneAddress_isRefusedOnlyForAccountsThatWereNotOpenedThere() {
        site.admits(trapped("192.0.2.1", "anna", Account.KNOWN, Outcome.SUCCESS));

        site.admitted(20, MINUTE, trapped("192.0.2.1", "admin", Account.KNOWN, Outcome.FAILURE));

        assertThat(site.admits(
                        moved(trapped("192.0.2.1", "admin", Account.KNOWN, Outcome.FAILURE), START.plusSeconds(2_000))))
                .isFalse();
        assertThat(site.admits(
                        moved(trapped("192.0.2.1", "anna", Account.KNOWN, Outcome.SUCCESS), START.plusSeconds(2_001))))
                .isTrue();
    }

    @Test
    void judge_verifiedService_isNeverJudged() {
        assertThat(site.admitted(100, MINUTE, login("198.51.100.3", Outcome.FAILURE, Conduct.FOREIGN)))
                .isEqualTo(100);
        assertThat(site.last()).isEqualTo(Judgement.NOTHING);
    }

    @Test
    void record_addressOfManyBrowsersWithALoginNearby_isNeverBanned() {
        site.admits(login("192.0.2.200", Outcome.SUCCESS, Conduct.BROWSING));

        site.admitted(200, MINUTE, crowd(login("192.0.2.1", Outcome.FAILURE, Conduct.BROWSING)));

        assertThat(site.last()).isEqualTo(Judgement.NOTHING);
        assertThat(site.admits(moved(
                        crowd(login("192.0.2.1", Outcome.SUCCESS, Conduct.BROWSING)), START.plus(Duration.ofHours(4)))))
                .isTrue();
    }

    @Test
    void record_addressOfManyUserAgentsWhereNobodyLoggedIn_isBannedLikeAnyOther() {
        Attempt crowd = crowd(login("192.0.2.1", Outcome.FAILURE, Conduct.BROWSING));

        int admitted = site.admitted(200, MINUTE, crowd);

        assertThat(admitted).isEqualTo(6);
        assertThat(site.last()).isInstanceOf(Judgement.Ban.class);
    }

    private static Attempt crowd(Attempt attempt) {
        return asking(attempt, Door.LOGIN, Origin.DOOR, CHROME, true);
    }

    @Test
    void judge_personWhoFoundThePasswordTheNextDay_comesIn() {
        site.admitted(7, Duration.ofSeconds(20), login("192.0.2.1", Outcome.FAILURE, Conduct.BROWSING));
        Attempt later = moved(login("192.0.2.1", Outcome.SUCCESS, Conduct.BROWSING), START.plus(Duration.ofDays(2)));

        assertThat(site.admits(later)).isTrue();
        assertThat(site.evidence().hasSucceeded(later.source(), later.time())).isTrue();
        assertThat(site.evidence().regrets()).isEqualTo(1);
    }

    @Test
    void judge_stalePasswordThatIsToldAsARepeat_isNeverRefused() {
        Attempt stale = trapped("192.0.2.1", "anna", Account.KNOWN, Outcome.FAILURE);
        Attempt repeat = new Attempt(
                stale.time(),
                stale.client(),
                new Login("anna", Account.KNOWN, Outcome.FAILURE, 1, true),
                stale.request());
        site.admits(stale);

        assertThat(site.admitted(300, MINUTE, repeat)).isEqualTo(300);
    }

    @Test
    void judge_attemptThatHoldsAThousandLogins_isItsLast() {
        Attempt one = trapped("192.0.2.1", "admin", Account.KNOWN, Outcome.FAILURE);
        Attempt many = new Attempt(
                one.time(),
                one.client(),
                new Login("admin", Account.KNOWN, Outcome.FAILURE, 1_000, false),
                one.request());

        assertThat(site.admits(many)).isTrue();
        assertThat(site.last()).isInstanceOf(Judgement.Ban.class);
    }

    @Test
    void judge_accountUnderAttack_isRefusedToWhoHasFailedAlreadyAndOpenToItsOwner() {
        for (int i = 0; i < 20; i++) {
            Attempt one = trapped(Attempts.foreign(i).toString(), "admin", Account.KNOWN, Outcome.FAILURE);
            site.admits(asking(one, Door.LOGIN, Origin.DOOR, CHROME + i, false));
        }
        Attempt failure = trapped("192.0.2.1", "admin", Account.KNOWN, Outcome.FAILURE);

        assertThat(site.evidence().judge(failure)).isEqualTo(Judgement.NOTHING);
        site.admits(failure);
        assertThat(site.evidence().judge(failure)).isInstanceOfSatisfying(Judgement.Refuse.class, refuse -> {
            assertThat(refuse.kind()).isEqualTo(Kind.USER);
            assertThat(refuse.reason()).contains("21 networks");
        });
    }

    @Test
    void judge_accountUnderAttackOfSomebodyWhoFetchedTheForm_mayBeMistypedThreeTimes() {
        for (int i = 0; i < 20; i++) {
            Attempt one = trapped(Attempts.foreign(i).toString(), "admin", Account.KNOWN, Outcome.FAILURE);
            site.admits(asking(one, Door.LOGIN, Origin.DOOR, CHROME + i, false));
        }
        Attempt failure = marked("admin", Account.KNOWN);

        assertThat(site.admitted(10, Duration.ofSeconds(9), failure)).isEqualTo(4);
        assertThat(site.evidence().judge(failure)).isInstanceOf(Judgement.Refuse.class);
    }

    @Test
    void judge_nameMistypedThreeTimesWhileTheSiteIsStormed_isNotRefused() {
        for (int i = 0; i < 60; i++) {
            Attempt one = login(Attempts.foreign(i).toString(), Outcome.FAILURE, Conduct.UNTOLD);
            Attempt alone = asking(one, Door.LOGIN, Origin.DOOR, CHROME + i, false);
            site.admits(Attempts.moved(alone, START.plusSeconds(60L * i).minus(Duration.ofHours(1))));
        }

        assertThat(site.evidence().isAlarmed(START)).isTrue();
        assertThat(site.admitted(3, Duration.ofSeconds(9), marked("amdin", Account.UNKNOWN)))
                .isEqualTo(3);
        assertThat(site.evidence().judge(marked("admin", Account.KNOWN))).isEqualTo(Judgement.NOTHING);
    }

    /** A failure of somebody who brings back the form's mark. */
    private static Attempt marked(String user, Account account) {
        Attempt failure = trapped("192.0.2.1", user, account, Outcome.FAILURE);
        return new Attempt(
                failure.time(),
                failure.client(),
                failure.login(),
                login("192.0.2.1", Outcome.FAILURE, Conduct.MARKED).request());
    }

    @Test
    void judge_neighboursOfFailingSourcesWhereNobodyVisitsFrom_areRefused() {
        for (int i = 0; i < 2_000; i++) {
            site.evidence().visit(Attempts.foreign(i));
        }
        for (int i = 1; i <= 4; i++) {
            Attempt one = login("192.0.2." + i, Outcome.REFUSED, Conduct.BARE);
            site.admits(asking(one, Door.LOGIN, Origin.DOOR, CHROME + i, false));
        }
        Attempt neighbour = login("192.0.2.77", Outcome.FAILURE, Conduct.BARE);

        assertThat(site.evidence().judge(neighbour)).isInstanceOfSatisfying(Judgement.Refuse.class, refuse -> {
            assertThat(refuse.kind()).isEqualTo(Kind.PREFIX);
            assertThat(refuse.reason()).contains("4 of 4 failing sources are in 192.0.2.0/24");
        });
        assertThat(site.evidence().judge(login("192.0.2.77", Outcome.FAILURE, Conduct.BROWSING)))
                .isEqualTo(Judgement.NOTHING);
    }

    @Test
    void isAlarmed_newSourcesThatFailEveryMinute_lowersWhatAFurtherOneMayDo() {
        Attempt failure = login("192.0.2.1", Outcome.FAILURE, Conduct.BROWSING);

        site.botnet(60, MINUTE, failure);

        assertThat(site.evidence().isAlarmed(START.plus(Duration.ofHours(1)))).isTrue();
        assertThat(site.evidence().isAlarmed(START.plus(Duration.ofDays(20)))).isFalse();
        assertThat(site.last()).isEqualTo(Judgement.NOTHING);
    }
}
