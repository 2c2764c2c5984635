package bailiff.guard;

import static bailiff.guard.FakeBook.campaign;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.evidence.site.CampaignNews;
import bailiff.ledger.CampaignRecord;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignsTest {

    private static final Instant NOON = Instant.parse("2026-04-09T12:00:00Z");

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock(NOON);
    private final Heard heard = new Heard();
    private final FakeBook book = new FakeBook();
    private final AtomicInteger nudges = new AtomicInteger();
    private Ledger ledger;
    private Campaigns campaigns;

    @BeforeEach
    void open() throws LedgerException {
        ledger = Ledger.open(directory.resolve("ledger.sqlite3"), clock);
        campaigns = begin();
    }

    @AfterEach
    void close() throws LedgerException {
        ledger.close();
    }

    private Campaigns begin() {
        Campaigns begun = new Campaigns(ledger, heard, clock, nudges::incrementAndGet);
        begun.read(book);
        return begun;
    }

    @Test
    void follow_campaignThatBegins_isToldOnceAndWrittenDown() throws LedgerException {
        book.open.add(campaign("login-20260409-1", 8));

        campaigns.follow();
        campaigns.follow();

        assertThat(heard.moments()).containsExactly("campaign opened login-20260409-1");
        assertThat(ledger.openCampaigns())
                .extracting(CampaignRecord::news)
                .containsExactly(campaign("login-20260409-1", 8));
    }

    @Test
    void follow_campaignThatGrows_isWrittenDownNowAndThen() throws LedgerException {
        grow(8);
        campaigns.follow();
        grow(20);
        campaigns.follow();

        assertThat(sourcesWritten()).isEqualTo(8);

        clock.pass(Campaigns.WRITE_EVERY);
        campaigns.follow();

        assertThat(sourcesWritten()).isEqualTo(20);
    }

    @Test
    void follow_campaignThatIsOver_isToldWithWhatItCameTo() throws LedgerException {
        grow(8);
        campaigns.follow();
        grow(30);
        campaigns.follow();
        book.open.clear();
        clock.pass(Duration.ofDays(14));
        campaigns.follow();
        campaigns.follow();

        assertThat(heard.moments())
                .containsExactly("campaign opened login-20260409-1", "campaign closed login-20260409-1 with 30");
        assertThat(campaigns.list(false)).isEmpty();
        assertThat(campaigns.list(true))
                .containsExactly(new CampaignRecord(
                        campaign("login-20260409-1", 30), Optional.of(NOON.plus(Duration.ofDays(14)))));
    }

    @Test
    void follow_afterARestart_announcesNothingAgainAndClosesWhatIsOver() {
        book.open.addAll(List.of(campaign("login-20260409-1", 8), campaign("login-20260409-2", 9)));
        campaigns.follow();
        campaigns.close();
        book.open.removeFirst();

        begin().follow();

        assertThat(heard.moments())
                .containsExactly(
                        "campaign opened login-20260409-2",
                        "campaign opened login-20260409-1",
                        "campaign closed login-20260409-1 with 8");
    }

    @Test
    void close_campaignThatHasGrown_isWrittenDown() throws LedgerException {
        grow(8);
        campaigns.follow();
        grow(20);

        campaigns.close();

        assertThat(sourcesWritten()).isEqualTo(20);
    }

    @Test
    void followInAHurry_isDoneOnlyWhenSomebodyHurries() {
        book.open.add(campaign("login-20260409-1", 8));

        campaigns.followInAHurry();
        assertThat(heard.moments()).isEmpty();

        campaigns.hurry();
        campaigns.followInAHurry();
        assertThat(nudges).hasValue(1);
        assertThat(heard.moments()).hasSize(1);
    }

    @Test
    void follow_moreThanAnybodyCanRead_areNotAnnounced() throws LedgerException {
        for (int i = 0; i < Campaigns.MOST + 50; i++) {
            book.open.add(campaign("login-20260409-" + i, 8));
        }

        campaigns.follow();
        campaigns.follow();

        assertThat(heard.moments()).hasSize(Campaigns.MOST);
        assertThat(ledger.openCampaigns()).hasSize(Campaigns.MOST);
    }

    @Test
    void follow_ledgerThatFails_writesLaterAndThrowsNothing() throws LedgerException {
        campaigns.follow();
        ledger.close();
        grow(8);
        campaigns.follow();
        assertThat(heard.moments()).containsExactly("campaign opened login-20260409-1");
    }

    @Test
    void list_sameNameAtTwoSites_areTwo() throws LedgerException {
        CampaignNews one = campaign("login-20260409-1", 8);
        CampaignNews other = new CampaignNews(
                "shop.example",
                one.name(),
                one.since(),
                one.last(),
                3,
                3,
                0,
                0,
                one.users(),
                one.likeness(),
                4,
                List.of());
        book.open.addAll(List.of(one, other));
        campaigns.follow();

        assertThat(campaigns.list(true)).extracting(CampaignRecord::news).containsExactly(one, other);
    }

    private void grow(int sources) {
        book.open.clear();
        book.open.add(campaign("login-20260409-1", sources));
    }

    private long sourcesWritten() throws LedgerException {
        return ledger.openCampaigns().getFirst().news().sources();
    }
}
