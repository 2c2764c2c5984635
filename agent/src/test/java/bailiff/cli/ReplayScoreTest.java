package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayScoreTest {

    private static final int BOTS = 40;

    @TempDir
    Path directory;

    private Path log;

    /** Forty addresses with one attempt an hour, and one person who logs in with a browser. */
    @BeforeEach
    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add(line(0, "203.0.113." + i, "GET / HTTP/1.1", 200));
        }
        for (int i = 0; i < BOTS; i++) {
            lines.add(line(i, "192.0.2." + (i + 1), "POST /wp-login.php HTTP/1.1", 200));
        }
        lines.add(line(BOTS, "198.51.100.7", "GET /wp-login.php HTTP/1.1", 200));
        lines.add(line(BOTS, "198.51.100.7", "GET /wp-includes/css/buttons.min.css HTTP/1.1", 200));
        lines.add(line(BOTS, "198.51.100.7", "POST /wp-login.php HTTP/1.1", 302));
        log = Files.write(directory.resolve("access.log"), lines);
    }

    @Test
    void score_json_saysHowEachRuleFared() {
        List<Map<String, Object>> objects = replay("--score", "--json").objects();

        assertThat(part(objects.getFirst(), "attackers"))
                .containsEntry("sources", BOTS)
                .satisfies(attackers ->
                        assertThat((Integer) attackers.get("through")).isLessThan(8));
        assertThat(part(objects.getFirst(), "honest"))
                .containsEntry("sources", 1)
                .containsEntry("stopped", 0);
        assertThat(objects).filteredOn(each -> each.containsKey("rule")).hasSize(7);
        assertThat(part(objects.get(1), "attackers"))
                .containsEntry("stopped", 0)
                .containsEntry("through", BOTS);
        assertThat(objects).anySatisfy(each -> assertThat(each).containsEntry("evidence", "fingerprint"));
        assertThat(objects).anySatisfy(each -> assertThat(each).containsEntry("day", "2026-03-01"));
        assertThat(objects.getLast())
                .isEqualTo(Map.of(
                        "summary", Map.of("lines", 103, "requests", 103, "attempts", BOTS + 1, "sources", BOTS + 1)));
    }

    @Test
    void score_forAPerson_isATableOfRules() {
        Run run = replay("--score");

        assertThat(run.out())
                .contains("40 attempts by 40 attackers, 1 by 1 honest sources.")
                .contains("Bailiff")
                .contains("LLAR, 4 in 24 h")
                .contains("Open at the end: login-20260301-");
    }

    @Test
    void truth_ofAFile_decidesWhoIsAnAttacker() throws IOException {
        Path truth = directory.resolve("truth");
        Files.writeString(truth, "# known\n192.0.2.0/24 attack\n192.0.2.40 honest # a colleague\n");

        Map<String, Object> first =
                replay("--truth", truth.toString(), "--json").objects().getFirst();

        assertThat(part(first, "attackers")).containsEntry("sources", BOTS - 1);
        assertThat(part(first, "honest")).containsEntry("sources", 1).containsEntry("stopped", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1 guilty", "somebody attack", "192.0.2.1", "192.0.2.1 attack twice"})
    void truth_thatIsNone_isAnErrorWithItsLine(String line) throws IOException {
        Path truth = Files.writeString(directory.resolve("truth"), "192.0.2.9 attack\n" + line + "\n");

        Run run = replay("--score", "--truth", truth.toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("truth:2: read '" + line + "', expected an address");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> object, String key) {
        return (Map<String, Object>) Objects.requireNonNull(object.get(key));
    }

    private Run replay(String... options) {
        List<String> words = new ArrayList<>(List.of("replay", log.toString()));
        words.addAll(Arrays.asList(options));
        return Run.of(words.toArray(String[]::new));
    }

    private static String line(int hour, String address, String request, int status) {
        return String.format(
                "%s - - [%02d/Mar/2026:%02d:00:00 +0000] \"%s\" %d 5000 \"-\" \"Mozilla/5.0 Firefox/127.0\"",
                address, 1 + hour / 24, hour % 24, request, status);
    }
}
