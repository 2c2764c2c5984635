package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.evidence.site.Account;
import bailiff.evidence.site.Allowance;
import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.CampaignNews;
import bailiff.evidence.site.Conduct;
import bailiff.evidence.site.Door;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Login;
import bailiff.evidence.site.Origin;
import bailiff.evidence.site.Outcome;
import bailiff.evidence.site.Request;
import bailiff.evidence.site.Sites;
import bailiff.evidence.site.Standing;
import bailiff.ledger.CampaignRecord;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign from its first source to its end, by the evidence itself. */
class CampaignsOfSitesTest {

    private static final Instant NOON = Instant.parse("2026-04-09T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);
    private final Heard heard = new Heard();
    private final Sites sites = new Sites(Allowance.USUAL, new CidrSet(List.of()));
    private final CampaignBook book = new CampaignBook() {
        @Override
        public List<CampaignNews> open(Instant now) {
            return sites.news(now);
        }

        @Override
        public List<Standing> explain(IpAddress address, Instant now) {
            return sites.explain(address, now);
        }

        @Override
        public int sites() {
            return sites.size();
        }

        @Override
        public double budget() {
            return 1;
        }
    };

    @Test
    void follow_botnetOfOneAttemptEach_isToldWhenItBeginsAndWhenItIsOver(@TempDir Path directory)
            throws LedgerException {
        try (Ledger ledger = Ledger.open(directory.resolve("ledger.sqlite3"), clock)) {
            Campaigns campaigns = new Campaigns(ledger, heard, clock, () -> {});
            campaigns.read(book);
            int admitted = 0;
            for (int i = 0; i < 60; i++) {
                clock.pass(Duration.ofMinutes(5));
                admitted += admits(i) ? 1 : 0;
                campaigns.follow();
            }
            String name = campaigns.open().getFirst().name();

            assertThat(name).startsWith("login-20260409-");
            assertThat(heard.moments()).containsExactly("campaign opened " + name);
            assertThat(campaigns.open().getFirst().refused())
                    .isEqualTo(60 - admitted)
                    .isGreaterThanOrEqualTo(50);
            assertThat(book.explain(address(50), clock.instant()))
                    .singleElement()
                    .satisfies(standing -> assertThat(standing.campaign().map(CampaignNews::name))
                            .contains(name));

            clock.pass(Duration.ofDays(20));
            campaigns.follow();

            assertThat(heard.moments())
                    .containsExactly("campaign opened " + name, "campaign closed " + name + " with 60");
            assertThat(ledger.campaigns(10))
                    .singleElement()
                    .extracting(CampaignRecord::over)
                    .isEqualTo(Optional.of(clock.instant()));
        }
    }

    /** Meets an attempt as the guard does: asked first, then told. */
    private boolean admits(int number) {
        Login login = new Login("admin", Account.KNOWN, Outcome.FAILURE, 1, false);
        Request request = new Request(
                Door.LOGIN, "HTTP/1.1", "", Origin.NONE, Optional.of("Mozilla/5.0 old"), Conduct.BLIND, false);
        Attempt attempt = new Attempt(clock.instant(), address(number), login, request);
        boolean refused = sites.judge("blog.example", attempt) instanceof Judgement.Refuse;
        sites.record("blog.example", refused ? attempt.shielded() : attempt);
        return !refused;
    }

    private static IpAddress address(int number) {
        return IpAddress.ofV4((10 << 24) + (number << 8) + 7);
    }
}
