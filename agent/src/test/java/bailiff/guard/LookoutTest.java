package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.control.ControlException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookoutTest extends SiteTests {

    private static final String WORD = "bailiff-doctor-abcdefgh";

    private List<Map<String, Object>> watch(String word) throws ControlException {
        return site.ask("watch", Map.of("word", word));
    }

    private void attempt(String user, String address) throws Exception {
        site.write(
                site.clock.instant() + " vps wordpress(x)[1]: Authentication failure for " + user + " from " + address);
    }

    @Test
    void watch_lineWithTheWord_saysWayTimeAndVerdict() throws Exception {
        site.start();
        assertThat(watch(WORD)).isEmpty();

        attempt("admin", A);
        attempt(WORD, "127.0.0.1");
        site.write(site.clock.instant() + " vps wordpress(x)[1]: Bailiff: failure user=" + WORD + " ip=127.0.0.1");
        Site.await("both lines", () -> seen().size() == 2);

        assertThat(seen().getFirst())
                .containsEntry("jail", "wordpress")
                .containsEntry("source", site.log().toString())
                .containsEntry("read", "2026-04-09T12:00:00.000Z")
                .containsEntry("verdict", "spared")
                .containsEntry("ip", "127.0.0.1")
                .containsEntry("time", "2026-04-09T12:00:00.000Z");
        assertThat(seen().getLast()).containsEntry("verdict", "none").containsEntry("ip", "");
    }

    private List<Map<String, Object>> seen() {
        try {
            return watch(WORD);
        } catch (ControlException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void watch_failureOfSomebodyElse_isToldWithHisAddress() throws Exception {
        site.start();
        watch(WORD);

        attempt(WORD, A);
        Site.await("the line", () -> !seen().isEmpty());

        assertThat(seen())
                .singleElement()
                .satisfies(
                        row -> assertThat(row).containsEntry("verdict", "found").containsEntry("ip", A));
    }

    @Test
    void watch_manyLines_keepsSome() throws Exception {
        site.start();
        watch(WORD);

        for (int i = 0; i < 3 * Lookout.MOST_LINES; i++) {
            attempt(WORD, "127.0.0.1");
        }
        site.awaitHeard("seen Spared", 3 * Lookout.MOST_LINES);

        assertThat(seen()).hasSize(Lookout.MOST_LINES);
    }

    @Test
    void watch_afterItsTime_looksAtNoLine() throws Exception {
        site.start();
        watch(WORD);
        site.clock.pass(Lookout.LASTS.plus(Duration.ofSeconds(1)));

        attempt(WORD, "127.0.0.1");
        site.awaitHeard("seen Spared");

        assertThat(seen()).isEmpty();
    }

    @Test
    void watch_anyOtherWord_isRefused() throws Exception {
        site.start();

        for (String word : List.of("", "admin", "bailiff-doctor-", "bailiff-doctor-short", WORD + "\n")) {
            assertThatThrownBy(() -> watch(word)).isInstanceOf(ControlException.class);
        }
    }
}
