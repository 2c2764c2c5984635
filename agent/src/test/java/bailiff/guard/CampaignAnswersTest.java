package bailiff.guard;

import static bailiff.guard.FakeBook.campaign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.control.ControlException;
import bailiff.evidence.site.CampaignNews;
import bailiff.evidence.site.Standing;
import bailiff.net.Cidr;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the guard says of attacks by many addresses: {@code campaigns}, {@code why} and {@code status}. */
class CampaignAnswersTest extends SiteTests {

    private final FakeBook book = new FakeBook();

    @BeforeEach
    void start() throws IOException, ControlException {
        site.start();
        site.guard().campaigns().read(book);
    }

    @Test
    void campaigns_open_haveTheContractsKeys() throws Exception {
        book.open.add(campaign("login-20260409-1", 812));

        List<Map<String, Object>> rows = site.ask("campaigns", Map.of());

        assertThat(rows.getFirst().keySet())
                .containsExactly(
                        "name", "site", "since", "last", "until", "sources", "attempts", "refused", "banned", "users",
                        "likeness", "evidence", "open");
        assertThat(rows.getFirst())
                .containsEntry("name", "login-20260409-1")
                .containsEntry("site", "blog.example")
                .containsEntry("since", "2026-04-09T10:00:00.000Z")
                .containsEntry("until", null)
                .containsEntry("sources", 812)
                .containsEntry("refused", 807)
                .containsEntry("banned", 2)
                .containsEntry(
                        "users",
                        List.of(Map.of("user", "anna", "attempts", 9), Map.of("user", "admin", "attempts", 7)))
                .containsEntry("evidence", 5.5)
                .containsEntry("open", true);
        assertThat(rows.getLast()).isEqualTo(Map.of("summary", Map.of("open", 1, "sites", 2)));
    }

    @Test
    void campaigns_thatAreOver_areListedWhenAskedFor() throws Exception {
        book.open.add(campaign("login-20260409-1", 812));
        site.guard().campaigns().follow();
        book.open.clear();
        site.guard().campaigns().follow();

        assertThat(site.ask("campaigns", Map.of())).hasSize(1);
        assertThat(site.ask("campaigns", Map.of("all", true)).getFirst())
                .containsEntry("name", "login-20260409-1")
                .containsEntry("open", false)
                .containsEntry("until", "2026-04-09T12:00:00.000Z");
        assertThat(site.heard.moments())
                .contains("campaign opened login-20260409-1", "campaign closed login-20260409-1 with 812");
    }

    @Test
    void campaigns_byName_showItsLatestSources() throws Exception {
        book.open.addAll(List.of(campaign("login-20260409-1", 812), campaign("login-20260409-2", 9)));

        List<Map<String, Object>> rows = site.ask("campaigns", Map.of("name", "login-20260409-2"));

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst()).containsEntry("sources", 9).containsEntry("latest", List.of("192.0.2.7"));
    }

    @Test
    void campaigns_unknownName_saysHowToListThem() {
        assertThatThrownBy(() -> site.ask("campaigns", Map.of("name", "xmlrpc-1")))
                .hasMessageContaining("no campaign 'xmlrpc-1'")
                .hasMessageContaining("bailiff campaigns --all");
    }

    @Test
    void campaigns_openWhenTheGuardRestarts_areNotAnnouncedAgain() throws Exception {
        book.open.add(campaign("login-20260409-1", 812));
        site.guard().campaigns().follow();
        site.restart();
        site.guard().campaigns().read(book);
        site.guard().campaigns().follow();

        assertThat(site.heard.count("campaign opened login-20260409-1")).isEqualTo(1);
    }

    @Test
    void status_underAttack_listsTheOpenCampaigns() throws Exception {
        book.open.add(campaign("login-20260409-1", 812));

        assertThat(site.ask("status", Map.of()).getFirst())
                .containsEntry(
                        "campaigns",
                        List.of(Map.of(
                                "name", "login-20260409-1",
                                "site", "blog.example",
                                "since", "2026-04-09T10:00:00.000Z",
                                "sources", 812,
                                "attempts", 812)));
    }

    @Test
    void why_sourceOfACampaign_namesItAndWhatLetsItIn() throws Exception {
        book.standings.add(standing(Optional.of(campaign("login-20260409-1", 812)), tried(1, 5, 9), false));

        Map<String, Object> row = site.ask("why", Map.of("ip", A)).getLast();

        assertThat(row)
                .containsEntry("campaign", "login-20260409-1")
                .containsEntry(
                        "answer",
                        "At blog.example: 1 failed login without a success in 1 attempt since 2026-04-09T10:00:00.000Z, the"
                                + " last at 2026-04-09T10:01:00.000Z; 5 more refuse it, 9 more ban it.")
                .containsEntry(
                        "lines",
                        List.of(
                                "It is of campaign login-20260409-1, by how it asks (login HTTP/1.1 referer=none"
                                        + " Mozilla/5.0): with it 812 sources made 812 attempts since"
                                        + " 2026-04-09T10:00:00.000Z, and 807 were refused. That is 10^5.5 times likelier in"
                                        + " an attack than without one.",
                                "What lets it in: a browser that has logged in there before, a new password by mail, or"
                                        + " its network in ignoreip."));
    }

    @Test
    void why_stateOfTheNeighbourhood_isTold() throws Exception {
        book.standings.add(new Standing(
                "blog.example",
                Cidr.parse(A).orElseThrow(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("4 of 4 failing sources are in 203.0.113.0/24"),
                false,
                true));

        Map<String, Object> row = site.ask("why", Map.of("ip", A)).getLast();

        assertThat(row)
                .containsEntry("answer", "At blog.example: it has never tried to log in.")
                .containsEntry("toRefusal", null);
        assertThat(String.valueOf(row.get("lines"))).contains("4 of 4 failing sources", "What lets it in");
    }

    @Test
    void why_failuresThatRefuse_saysWhenItMayTryAgain() throws Exception {
        book.standings.add(standing(Optional.empty(), tried(6, 0, 4), false));

        Map<String, Object> row = site.ask("why", Map.of("ip", A)).getLast();

        assertThat(row)
                .containsEntry("site", "blog.example")
                .containsEntry("failures", 6)
                .containsEntry("toRefusal", 0)
                .containsEntry("toBan", 4)
                .containsEntry("campaign", null);
        assertThat(String.valueOf(row.get("answer")))
                .contains("that is enough to refuse it, and 4 more would ban it. It was refused last at")
                .contains("From 2026-04-10T10:00:00.000Z on it may try once more.");
    }

    @Test
    void why_sourceWithASuccess_saysWhatThatIsWorth() throws Exception {
        book.standings.add(standing(Optional.empty(), tried(2, 4, 8), true));

        Map<String, Object> row = site.ask("why", Map.of("ip", A)).getLast();

        assertThat(String.valueOf(row.get("answer"))).doesNotContain("more ban it");
        assertThat(String.valueOf(row.get("lines")))
                .contains("Somebody has logged in from it in the last 90 days")
                .doesNotContain("What lets it in");
    }

    @Test
    void why_strangerToTheSites_saysNothingOfThem() throws Exception {
        book.standings.add(standing(Optional.empty(), tried(2, 4, 8), true));

        assertThat(site.told("why", Map.of("ip", "203.0.113.201")))
                .containsExactly("203.0.113.201 is not banned.");
    }

    @Test
    void ofBan_byWhatOthersDid_namesKindAndBudget() {
        assertThat(StandingWords.ofBan("fingerprint", 1)).contains("(fingerprint)", "a budget of 1 wrongful verdicts");
        assertThat(StandingWords.ofBan("prefix", 0.5)).contains("(prefix)", "a budget of 0.5 wrongful");
        assertThat(StandingWords.ofBan("address", 1)).isEmpty();
        assertThat(StandingWords.ofBan("manual", 1)).isEmpty();
    }

    private static Standing standing(Optional<CampaignNews> campaign, Standing.Tried tried, boolean succeeded) {
        return new Standing(
                "blog.example",
                Cidr.parse(A).orElseThrow(),
                Optional.of(tried),
                campaign,
                Optional.empty(),
                succeeded,
                true);
    }

    private static Standing.Tried tried(int failures, int toRefusal, int toBan) {
        Instant last = FakeBook.SINCE.plusSeconds(60);
        boolean isRefused = toRefusal == 0;
        return new Standing.Tried(
                FakeBook.SINCE,
                last,
                failures,
                failures,
                failures * 1.2,
                toRefusal,
                toBan,
                isRefused ? Optional.of(last) : Optional.empty(),
                isRefused ? Optional.of(FakeBook.SINCE.plusSeconds(86_400)) : Optional.empty());
    }
}
