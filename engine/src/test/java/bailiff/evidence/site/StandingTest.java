package bailiff.evidence.site;

import static bailiff.evidence.site.Attempts.START;
import static bailiff.evidence.site.Attempts.login;
import static bailiff.evidence.site.Attempts.moved;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of a source that is not banned. */
class StandingTest {

    private static final IpAddress SOURCE = IpAddress.parse("192.0.2.1").orElseThrow();
    private static final Attempt FAILURE = login("192.0.2.1", Outcome.FAILURE, Conduct.BROWSING);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Attempts site = new Attempts();

    @Test
    void explain_stranger_isNothing() {
        site.admits(FAILURE);

        assertThat(site.evidence().explain("blog", Attempts.foreign(1), START)).isEmpty();
    }

    @Test
    void explain_fourFailures_tellsHowManyMoreItTakes() {
        site.admitted(4, MINUTE, FAILURE);

        Standing standing = standing(START.plus(MINUTE.multipliedBy(4)));

        assertThat(standing.source()).isEqualTo(SOURCE.alone());
        assertThat(standing.succeeded()).isFalse();
        assertThat(standing.campaign()).isEmpty();
        assertThat(standing.tried()).hasValueSatisfying(tried -> {
            assertThat(tried.first()).isEqualTo(START);
            assertThat(tried.failures()).isEqualTo(4);
            assertThat(tried.toRefusal()).isEqualTo(2);
            assertThat(tried.toBan()).isEqualTo(6);
            assertThat(tried.refused()).isEmpty();
            assertThat(tried.chance()).isEmpty();
        });
    }

    @Test
    void explain_afterARefusal_tellsWhenItMayTryAgain() {
        site.admitted(7, MINUTE, FAILURE);

        assertThat(standing(START.plus(MINUTE.multipliedBy(7))).tried()).hasValueSatisfying(tried -> {
            assertThat(tried.toRefusal()).isZero();
            assertThat(tried.refused()).contains(START.plus(MINUTE.multipliedBy(6)));
            assertThat(tried.chance())
                    .contains(START.plus(MINUTE.multipliedBy(5)).plus(Duration.ofDays(1)));
        });
    }

    @Test
    void explain_afterASuccess_saysThatItExcuses() {
        site.admitted(2, MINUTE, FAILURE);
        site.admits(moved(login("192.0.2.1", Outcome.SUCCESS, Conduct.BROWSING), START.plus(MINUTE.multipliedBy(3))));

        Standing standing = standing(START.plus(MINUTE.multipliedBy(4)));

        assertThat(standing.succeeded()).isTrue();
        assertThat(standing.tried())
                .hasValueSatisfying(tried -> assertThat(tried.failures()).isZero());
    }

    @Test
    void explain_sourceOfABotnet_namesItsCampaign() {
        site.botnet(40, Duration.ofHours(1), login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND));

        Optional<Standing> standing =
                site.evidence().explain("blog", Attempts.foreign(30), START.plus(Duration.ofHours(40)));

        assertThat(standing.flatMap(Standing::campaign)).hasValueSatisfying(campaign -> {
            assertThat(campaign.name()).startsWith("login-20260301-");
            assertThat(campaign.sources()).isEqualTo(40);
        });
    }

    @Test
    void explain_ofSeveralSites_isOneForEachThatKnowsTheSource() {
        Sites sites = new Sites(Allowance.USUAL, new CidrSet(List.of()));
        sites.record("shop.example", FAILURE);
        sites.record("blog.example", FAILURE);
        sites.record("news.example", login("192.0.2.99", Outcome.FAILURE, Conduct.BROWSING));

        assertThat(sites.explain(SOURCE, START))
                .extracting(Standing::site)
                .containsExactly("blog.example", "shop.example");
        assertThat(sites.size()).isEqualTo(3);
    }

    @Test
    void news_ofAllSites_namesTheSiteUnderAttack() {
        Sites sites = new Sites(Allowance.USUAL, new CidrSet(List.of()));
        Attempt blind = login("192.0.2.1", Outcome.FAILURE, Conduct.BLIND);
        sites.record("shop.example", FAILURE);
        for (int i = 0; i < 20; i++) {
            sites.record("blog.example", new Attempt(START, Attempts.foreign(i), blind.login(), blind.request()));
        }

        assertThat(sites.news(START))
                .singleElement()
                .satisfies(news -> assertThat(news.site()).isEqualTo("blog.example"));
        assertThat(sites.campaignsOpened()).isEqualTo(1);
    }

    private Standing standing(Instant now) {
        return site.evidence().explain("blog", SOURCE, now).orElseThrow();
    }
}
