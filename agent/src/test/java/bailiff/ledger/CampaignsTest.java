package bailiff.ledger;

import static bailiff.ledger.Samples.NOW;
import static bailiff.ledger.Samples.network;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.evidence.site.CampaignNews;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CampaignsTest extends LedgerTests {

    @Test
    void keep_campaign_isThereAfterARestartWithAllThatIsKnown() throws LedgerException {
        CampaignRecord campaign = campaign("login-20260409-1", NOW);
        ledger.keep(List.of(campaign));
        ledger.close();
        ledger = opened();

        assertThat(ledger.openCampaigns()).containsExactly(campaign);
        assertThat(ledger.campaigns(10)).containsExactly(campaign);
    }

    @Test
    void keep_sameNameAgain_replacesWhatWasKnown() throws LedgerException {
        ledger.keep(List.of(campaign("login-20260409-1", NOW)));
        CampaignRecord over = over("login-20260409-1", NOW.plusSeconds(60));
        ledger.keep(List.of(over));

        assertThat(ledger.openCampaigns()).isEmpty();
        assertThat(ledger.campaigns(10)).containsExactly(over);
    }

    @Test
    void campaigns_several_areTheOpenOnesFirstAndTheLatestBeforeOthers() throws LedgerException {
        ledger.keep(List.of(
                over("first-over", NOW.minusSeconds(60)),
                campaign("open", NOW.minusSeconds(600)),
                over("last-over", NOW.minusSeconds(30))));

        assertThat(ledger.campaigns(10))
                .extracting(record -> record.news().name())
                .containsExactly("open", "last-over", "first-over");
        assertThat(ledger.campaigns(1)).hasSize(1);
    }

    @Test
    void keep_namesThatHoldLineBreaks_stayOneNameEach() throws LedgerException {
        CampaignNews news = campaign("login-20260409-1", NOW).news();
        CampaignNews hostile = new CampaignNews(
                news.site(),
                news.name(),
                news.since(),
                news.last(),
                1,
                1,
                0,
                0,
                Map.of("a\n99 admin", 3, "", 1),
                "x".repeat(10_000),
                4,
                List.of());
        ledger.keep(List.of(new CampaignRecord(hostile, Optional.empty())));

        CampaignNews kept = ledger.openCampaigns().getFirst().news();
        assertThat(kept.users()).isEqualTo(Map.of("a 99 admin", 3, "", 1));
        assertThat(kept.likeness()).hasSizeLessThanOrEqualTo(500);
    }

    @Test
    void forgetCampaigns_thoseThatWereOverLongAgo_areGoneAndOpenOnesStay() throws LedgerException {
        Instant old = NOW.minus(Duration.ofDays(400));
        ledger.keep(List.of(over("old", old), campaign("open", old), over("young", NOW)));

        assertThat(ledger.forgetCampaigns(NOW.minus(Duration.ofDays(365)))).isEqualTo(1);
        assertThat(ledger.campaigns(10)).extracting(record -> record.news().name()).containsExactly("open", "young");
    }

    @Test
    void forgetCampaigns_tooMany_dropsThoseSeenLongestAgo() throws LedgerException {
        List<CampaignRecord> many = new ArrayList<>(List.of(campaign("open", NOW.minusSeconds(10_000))));
        for (int i = 0; i < CampaignRows.MOST + 150; i++) {
            many.add(over("over-" + i, NOW.minusSeconds(i)));
        }
        ledger.keep(many);

        assertThat(ledger.forgetCampaigns(NOW.minus(Duration.ofDays(365)))).isEqualTo(151);
        assertThat(ledger.campaigns(CampaignRows.MOST + 1))
                .hasSize(CampaignRows.MOST)
                .extracting(record -> record.news().name())
                .startsWith("open", "over-0")
                .doesNotContain("over-1999");
    }

    /** One that goes on. */
    static CampaignRecord campaign(String name, Instant last) {
        return new CampaignRecord(
                new CampaignNews(
                        "blog.example",
                        name,
                        last.minusSeconds(3_600),
                        last,
                        812,
                        900,
                        880,
                        7,
                        Map.of("admin", 800, "anna", 12),
                        "login HTTP/1.1  referer=none Mozilla/5.0",
                        5.5,
                        List.of(network("203.0.113.9"), network("2001:db8:1:2::/64"))),
                Optional.empty());
    }

    private static CampaignRecord over(String name, Instant last) {
        return new CampaignRecord(campaign(name, last).news(), Optional.of(last));
    }
}
