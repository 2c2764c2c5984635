package bailiff.evidence.site;

import static bailiff.evidence.site.Attempts.START;
import static bailiff.evidence.site.Attempts.asking;
import static bailiff.evidence.site.Attempts.login;
import static bailiff.evidence.site.Attempts.moved;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CampaignTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Attempts site = new Attempts();

    @Test
    void judge_oneAttemptPerAddress_isRefusedFromTheFifthAddressOn() {
        int admitted = site.botnet(100, HOUR, login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));

        assertThat(admitted).isLessThanOrEqualTo(5);
        assertThat(site.last()).isEqualTo(Judgement.NOTHING);
    }

    @Test
    void campaigns_ofABotnet_areOneThingWithNameAndNumbers() {
        site.botnet(100, HOUR, login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));

        assertThat(site.evidence().campaigns(START.plus(HOUR.multipliedBy(100))))
                .singleElement()
                .satisfies(campaign -> {
                    assertThat(campaign.name()).startsWith("login-20260301-");
                    assertThat(campaign.sources()).isEqualTo(100);
                    assertThat(campaign.attempts()).isEqualTo(100);
                    assertThat(campaign.since()).isEqualTo(START);
                    assertThat(campaign.likeness()).contains("Chrome/126.0");
                    assertThat(campaign.powerOfTen()).isGreaterThan(3);
                });
    }

    @Test
    void judge_rotatingAgents_areSeenByACoarserGrain() {
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            Attempt one = login(Attempts.foreign(i).toString(), Outcome.FAILURE, Conduct.BLIND);
            Attempt rotated = asking(one, Door.LOGIN, Origin.NONE, "Mozilla/5.0 (rv:" + i + ")", false);
            admitted += site.admits(moved(rotated, START.plus(HOUR.multipliedBy(i)))) ? 1 : 0;
        }

        assertThat(admitted).isLessThanOrEqualTo(5);
    }

    @Test
    void judge_campaignToldByItsAgent_leavesOthersAtTheSameDoorAlone() {
        site.botnet(100, HOUR, login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));
        Attempt other = moved(login("192.0.2.1", Outcome.FAILURE, Conduct.BARE), START.plus(HOUR.multipliedBy(100)));

        assertThat(site.evidence().judge(asking(other, Door.XMLRPC, Origin.NONE, "wp-iphone/24.9", false)))
                .isEqualTo(Judgement.NOTHING);
    }

    /** The same request to the letter, of somebody of whose conduct nothing is known. */
    private Attempt unseen(Door door, Origin origin, String agent) {
        Attempt like = login("192.0.2.1", Outcome.FAILURE, Conduct.UNTOLD);
        return asking(like, door, origin, agent, false);
    }

    private Attempt after(int hours, Attempt attempt) {
        return moved(attempt, START.plus(HOUR.multipliedBy(hours)));
    }

    @Test
    void judge_botnetInTheNameOfOneProgram_isRefusedAndOtherProgramsAreNot() {
        Attempt call = login("192.0.2.1", Outcome.FAILURE, Conduct.CLIENT);

        int admitted = site.botnet(100, HOUR, asking(call, Door.XMLRPC, Origin.NONE, "wp-android/1.0", false));

        assertThat(admitted).isLessThanOrEqualTo(12);
        assertThat(site.evidence().judge(after(100, asking(call, Door.XMLRPC, Origin.NONE, "wp-iphone/2", false))))
                .isEqualTo(Judgement.NOTHING);
    }

    /** Nothing tells their owners from the botnet, so they would have to pay for it. */
    @Test
    void judge_botnetInTheNameOfAnAppThatPeopleUse_isNotRefusedForThat() {
        Attempt call = login("203.0.113.1", Outcome.SUCCESS, Conduct.CLIENT);
        for (int i = 1; i <= 2; i++) {
            Attempt own = login("203.0.113." + i, Outcome.SUCCESS, Conduct.CLIENT);
            site.admits(moved(
                    asking(own, Door.XMLRPC, Origin.NONE, "wp-android/1.0", false), START.minus(Duration.ofDays(i))));
        }

        int admitted = site.botnet(
                100,
                HOUR,
                asking(
                        login("192.0.2.1", Outcome.FAILURE, Conduct.CLIENT),
                        Door.XMLRPC,
                        Origin.NONE,
                        "wp-android/1.0",
                        false));

        assertThat(admitted).isEqualTo(100);
        assertThat(site.evidence().judge(after(100, asking(call, Door.XMLRPC, Origin.NONE, "wp-android/1.0", false))))
                .isEqualTo(Judgement.NOTHING);
    }

    @Test
    void judge_oneAttackerWithAnAccountOfHisOwn_doesNotShieldHisBotnet() {
        site.admits(moved(unseen(Door.LOGIN, Origin.DOOR, "Mozilla/5.0 (X)"), START.minus(Duration.ofDays(3))));
        Attempt own = login("203.0.113.1", Outcome.SUCCESS, Conduct.UNTOLD);
        site.admits(
                moved(asking(own, Door.LOGIN, Origin.DOOR, "Mozilla/5.0 (X)", false), START.minus(Duration.ofDays(2))));

        assertThat(site.botnet(100, HOUR, unseen(Door.LOGIN, Origin.DOOR, "Mozilla/5.0 (X)")))
                .isLessThanOrEqualTo(12);
    }

    /** The door is shut, so nobody honest gets in there either: who comes all the same is no less a botnet. */
    @Test
    void judge_botnetThatTheServerTurnsAway_isRefusedAsOneThatFails() {
        assertThat(site.botnet(100, HOUR, login("192.0.2.1", Outcome.REFUSED, Conduct.UNTOLD)))
                .isLessThanOrEqualTo(12);
    }

    /** The form is another plugin's, so that all look as if they had never fetched it. */
    @Test
    void judge_newcomerDuringACampaignWhereEverybodyBehavesLikeIt_comesIn() {
        site.calibrate(Conduct.BLIND);
        site.botnet(100, HOUR, login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));

        Attempt newcomer = login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND);

        assertThat(site.evidence().judge(after(100, newcomer))).isEqualTo(Judgement.NOTHING);
    }

    @Test
    void judge_visitorDuringACampaignOfHisOwnBrowser_comesIn() {
        site.botnet(100, HOUR, login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));
        Attempt visitor =
                moved(login("192.0.2.1", Outcome.FAILURE, Conduct.BROWSING), START.plus(HOUR.multipliedBy(100)));

        assertThat(site.evidence().judge(visitor)).isEqualTo(Judgement.NOTHING);
    }

    @Test
    void judge_successBeforeTheCampaign_comesInHoweverItBehaves() {
        site.admits(login("192.0.2.1", Outcome.SUCCESS, Conduct.BARE));
        site.botnet(100, HOUR, login("192.0.2.99", Outcome.FAILURE, Conduct.BARE));

        assertThat(site.admits(
                        moved(login("192.0.2.1", Outcome.SUCCESS, Conduct.BARE), START.plus(HOUR.multipliedBy(100)))))
                .isTrue();
    }

    @Test
    void record_returningMemberOfACampaign_isBannedWhereTheSiteIsCalibratedAndRefusedWhereItIsNot() {
        Attempts calibrated = new Attempts();
        calibrated.calibrate(Conduct.BROWSING);
        for (Attempts each : new Attempts[] {site, calibrated}) {
            each.botnet(40, HOUR, login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));
            Attempt again = login(Attempts.foreign(30).toString(), Outcome.FAILURE, Conduct.BLIND);
            each.admits(moved(again, START.plus(HOUR.multipliedBy(41))));
        }

        assertThat(site.last()).isEqualTo(Judgement.NOTHING);
        assertThat(calibrated.last())
                .isInstanceOfSatisfying(
                        Judgement.Ban.class, ban -> assertThat(ban.kind()).isEqualTo(Kind.FINGERPRINT));
    }

    @Test
    void campaigns_thatPause_areOpenForDaysAndOverAfterAMonth() {
        site.botnet(40, HOUR, login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));

        assertThat(site.evidence().campaigns(START.plus(Duration.ofDays(6)))).hasSize(1);
        assertThat(site.evidence().campaigns(START.plus(Duration.ofDays(40)))).isEmpty();
    }

    @Test
    void judge_siteWhoseSuccessesNeverFetchMore_hasNoCampaignOfThoseWhoDoNot() {
        site.calibrate(Conduct.BARE);

        int admitted = site.botnet(20, Duration.ofHours(20), login("192.0.2.1", Outcome.UNKNOWN, Conduct.BARE));

        assertThat(admitted).isEqualTo(20);
    }

    @Test
    void judge_peopleWhoBehaveLikeTheirCampaignButSucceed_endItsEvidence() {
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            Outcome outcome = i % 3 == 0 ? Outcome.FAILURE : Outcome.SUCCESS;
            Attempt one = login(Attempts.foreign(i).toString(), outcome, Conduct.BARE);
            refused += site.admits(moved(one, START.plus(HOUR.multipliedBy(i)))) ? 0 : 1;
        }

        assertThat(refused).isZero();
    }
}
