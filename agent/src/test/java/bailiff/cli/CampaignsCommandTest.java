package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.control.Commands;
import bailiff.control.ControlServer;
import bailiff.control.Json;
import bailiff.control.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How attacks by many addresses are shown, by a guard that says what the test wants. */
class CampaignsCommandTest {

    @TempDir
    private Path run;

    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final List<Request> asked = new ArrayList<>();
    private ControlServer guard;

    @BeforeEach
    void open() throws IOException {
        Commands commands = (request, row) -> {
            asked.add(request);
            rows.forEach(row);
        };
        guard = ControlServer.open(run.resolve("control.sock"), commands);
    }

    @AfterEach
    void close() throws IOException {
        guard.close();
    }

    @Test
    void campaigns_open_isOneScreenInPlainWords() {
        rows.add(campaign("login-20260409-1", 2));
        rows.add(summary(1, 3));

        Run shown = ask("campaigns");

        assertThat(shown.exit()).isZero();
        assertThat(shown.err()).isEmpty();
        assertThat(shown.lines()).hasSize(5);
        assertThat(shown.out())
                .contains("login-20260409-1 at blog.example: OPEN, since ")
                .contains("  812 sources, 900 attempts: 880 refused; 1 source banned for it")
                .contains("  Accounts: user0 (10), user1 (10)\n")
                .contains("  Alike: login HTTP/1.1 Mozilla/5.0")
                .contains("  Sure: as good as certain; what was seen is 10^5.5 times likelier in an attack");
    }

    @Test
    void campaigns_manyAccounts_areCountedUnlessOneIsAskedFor() {
        rows.add(campaign("login-20260409-1", 40));
        rows.add(summary(1, 3));

        assertThat(ask("campaigns").out()).contains("user4 (10) and 35 more").doesNotContain("user5");
        assertThat(ask("campaigns", "login-20260409-1").out()).contains("user39 (10)");
        assertThat(asked.getLast().text("name")).contains("login-20260409-1");
    }

    @Test
    void campaigns_detail_listsTheLatestSources() {
        Map<String, Object> campaign = campaign("login-20260409-1", 0);
        campaign.put("latest", List.of("192.0.2.7", "2001:db8::/64"));
        rows.add(campaign);
        rows.add(summary(1, 3));

        assertThat(ask("campaigns", "login-20260409-1").lines())
                .endsWith("  Its latest sources, the last one first:", "    192.0.2.7", "    2001:db8::/64");
    }

    @Test
    void campaigns_over_saysWhenThatWas() {
        Map<String, Object> campaign = campaign("login-20260409-1", 0);
        campaign.put("open", false);
        campaign.put("until", "2026-04-23T12:00:00.000Z");
        rows.add(campaign);
        rows.add(summary(0, 3));

        Run shown = ask("campaigns", "--all");

        assertThat(shown.out()).contains(": over, since ").containsPattern(", over at 2026-04-2\\d ");
        assertThat(shown.err()).contains("No campaign is open");
        assertThat(asked.getLast().has("all")).isTrue();
    }

    @Test
    void campaigns_none_saysCalmlyWhatIsWatched() {
        rows.add(summary(0, 3));

        assertThat(ask("campaigns"))
                .isEqualTo(new Run(
                        0,
                        "",
                        "No campaign is open: nothing looks like an attack by many addresses. 3 sites are watched.\n"));
        rows.set(0, summary(0, 0));
        assertThat(ask("campaigns").err()).contains("No site is watched yet");
    }

    @Test
    void campaigns_hostileText_isInert() {
        Map<String, Object> campaign = campaign("login-20260409-1", 0);
        campaign.put("site", "blog\u001b[2J");
        campaign.put("likeness", "login \u202e\u009b" + "x".repeat(5_000));
        campaign.put("users", List.of(Json.of("user", "a\rb", "attempts", 1)));
        rows.add(campaign);
        rows.add(summary(1, 3));

        Run shown = ask("campaigns");
        Run scripted = ask("campaigns", "--json");

        assertThat(shown.out())
                .contains("blog\\x1b[2J", "\\u202e\\x9b", "a\\x0db")
                .doesNotContain("\u001b", "\u009b", "\u202e", "\r");
        assertThat(shown.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(260));
        assertThat(scripted.out()).doesNotContain("\u001b", "\u009b", "\u202e", "\r");
    }

    @Test
    void campaigns_json_areTheGuardsRows() {
        rows.add(campaign("login-20260409-1", 1));
        rows.add(summary(1, 3));

        assertThat(ask("campaigns", "--json").objects()).isEqualTo(rows);
    }

    private Run ask(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--run", run.toString()));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static Map<String, Object> summary(int open, int sites) {
        return Json.of("summary", Json.of("open", open, "sites", sites));
    }

    private static Map<String, Object> campaign(String name, int users) {
        return Json.of(
                "name",
                name,
                "site",
                "blog.example",
                "since",
                "2026-04-09T10:00:00.000Z",
                "last",
                "2026-04-09T12:00:00.000Z",
                "until",
                null,
                "sources",
                812,
                "attempts",
                900,
                "refused",
                880,
                "banned",
                1,
                "users",
                IntStream.range(0, users)
                        .mapToObj(i -> Json.of("user", "user" + i, "attempts", 10))
                        .toList(),
                "likeness",
                "login HTTP/1.1 Mozilla/5.0",
                "evidence",
                5.5,
                "open",
                true);
    }
}
