package bailiff.evidence.site;

import static bailiff.evidence.site.Attempts.START;
import static bailiff.evidence.site.Attempts.asking;
import static bailiff.evidence.site.Attempts.login;
import static bailiff.evidence.site.Attempts.moved;
import static bailiff.evidence.site.Attempts.trapped;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of campaigns: their numbers, their ends, and that the next one is another. */
class CampaignNewsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Attempt BLIND = login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND);

    private final Attempts site = new Attempts();

    @Test
    void news_ofABotnet_tellsWhatWasRefusedAndWhoCameLast() {
        int admitted = site.botnet(100, HOUR, BLIND);

        CampaignNews news = news(START.plus(HOUR.multipliedBy(100)));

        assertThat(news.site()).isEqualTo("blog.example");
        assertThat(news.attempts()).isEqualTo(100);
        assertThat(news.refused()).isEqualTo(100 - admitted).isGreaterThanOrEqualTo(95);
        assertThat(news.latest()).hasSize(Campaign.LATEST).startsWith(Attempts.foreign(99).alone());
    }

    @Test
    void news_sourceThatComesAgain_isListedOnceAndFirst() {
        site.botnet(20, HOUR, BLIND);
        site.admits(new Attempt(START.plus(HOUR.multipliedBy(21)), Attempts.foreign(12), BLIND.login(), BLIND.request()));

        CampaignNews news = news(START.plus(HOUR.multipliedBy(22)));

        assertThat(news.sources()).isEqualTo(20);
        assertThat(news.attempts()).isEqualTo(21);
        assertThat(news.latest()).doesNotHaveDuplicates().startsWith(Attempts.foreign(12).alone());
    }

    @Test
    void news_ofSeveralAccounts_namesTheMostTriedFirst() {
        for (int i = 0; i < 30; i++) {
            String user = i % 3 == 0 ? "anna" : "admin";
            Attempt one = trapped(Attempts.foreign(i).toString(), user, Account.UNTOLD, Outcome.FAILURE);
            site.admits(moved(asking(one, Door.LOGIN, Origin.NONE, "Mozilla/5.0 bot", false), START.plusSeconds(i)));
        }

        assertThat(news(START.plusSeconds(30)).accounts())
                .containsExactly(Map.entry("admin", 20), Map.entry("anna", 10));
    }

    @Test
    void news_sourcesThatComeAgainWhereTheSiteIsCalibrated_areCountedAsBannedOnce() {
        site.calibrate(Conduct.BROWSING);
        site.botnet(40, HOUR, BLIND);
        for (int i = 0; i < 5; i++) {
            site.admits(new Attempt(
                    START.plus(HOUR.multipliedBy(41 + i)), Attempts.foreign(30), BLIND.login(), BLIND.request()));
        }

        assertThat(news(START.plus(HOUR.multipliedBy(46))).banned()).isEqualTo(1);
    }

    @Test
    void campaign_thatIsOver_keepsItsNameAndTheNextHasAnother() {
        site.botnet(40, HOUR, BLIND);
        Campaign campaign =
                site.evidence().campaigns(START.plus(HOUR.multipliedBy(40))).getFirst();
        String name = campaign.name();

        assertThat(campaign.isOpen(START.plus(Duration.ofDays(40)))).isFalse();
        assertThat(campaign.name()).isEqualTo(name);

        Instant again = START.plus(Duration.ofDays(60));
        for (int i = 100; i < 120; i++) {
            Instant time = again.plus(HOUR.multipliedBy(i - 100));
            site.admits(new Attempt(time, Attempts.foreign(i), BLIND.login(), BLIND.request()));
        }

        CampaignNews next = news(again.plus(Duration.ofDays(1)));
        assertThat(next.name()).startsWith("login-20260430-").isNotEqualTo(name);
        assertThat(next.since()).isEqualTo(again);
        assertThat(next.sources()).isEqualTo(20);
    }

    @Test
    void news_ofOneWhoFailedLongBefore_doesNotBeginWithHim() {
        site.admits(moved(BLIND, START.minus(Duration.ofDays(300))));
        site.botnet(20, HOUR, BLIND);

        CampaignNews news = news(START.plus(Duration.ofDays(1)));

        assertThat(news.since()).isEqualTo(START);
        assertThat(news.sources()).isEqualTo(20);
    }

    @Test
    void likeness_ofEachGrain_isInPlainWords() {
        Request plain = BLIND.request();
        Request odd = new Request(
                Door.XMLRPC, "HTTP/1.0", "//xmlrpc.php", Origin.NONE, Optional.of(""), Conduct.FOREIGN, false);

        assertThat(words(Fingerprint.Grain.AGENT, plain))
                .isEqualTo("the login form, HTTP/1.1, the form as Referer, \"" + Attempts.CHROME + '"');
        assertThat(words(Fingerprint.Grain.SHAPE, plain))
                .isEqualTo("the login form, HTTP/1.1, the form as Referer, a browser");
        assertThat(words(Fingerprint.Grain.DOOR, plain))
                .isEqualTo("any attempt at the login form by somebody who visits nothing else");
        assertThat(words(Fingerprint.Grain.AGENT, odd))
                .isEqualTo("xmlrpc.php, HTTP/1.0, spelled //xmlrpc.php, no Referer, no User-Agent");
        assertThat(words(Fingerprint.Grain.AGENT, Request.untold(Door.REST))).isEqualTo("the REST API, agent not told");
        assertThat(Likeness.words(new Fingerprint(Fingerprint.Grain.AGENT, "login  referer=x"))).contains("login");
    }

    private static String words(Fingerprint.Grain grain, Request request) {
        return Likeness.words(Fingerprint.of(grain, request));
    }

    private CampaignNews news(Instant now) {
        return site.evidence().campaigns(now).getFirst().news("blog.example");
    }
}
