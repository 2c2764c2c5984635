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
