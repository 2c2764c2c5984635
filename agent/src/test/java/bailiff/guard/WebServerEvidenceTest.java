package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What evidence does at sites whose web server asks, or reads a map, since WordPress does not ask. */
class WebServerEvidenceTest extends SiteTests {

    private static final String BOT = " referer=none proto=HTTP/1.0 agent=Made-up-tool/0.1";

    private static final String PERSON = " referer=door proto=HTTP/2.0 agent=Mozilla/5.0%20%28X11%29%20Firefox/140.0";

    private Path map;

    /** No jail's own count bans anybody here. */
    @BeforeEach
    void bear() throws Exception {
        map = Files.createDirectory(directory.resolve("map")).resolve("deny.map");
        Files.writeString(directory.resolve("etc/fail2ban.local"), "[Definition]\ndenymap = " + map + "\n");
        site.configure(site.jail("wordpress", "maxretry = 100\nignoreip = 192.0.2.50"));
        site.refuse();
        site.start();
    }

    /** As nginx asks, which knows no account. */
    private String ask(String address, String facts) {
        return site.shield("ip=" + address + " door=login site=blog.example.test" + facts);
    }

    private void fail(String address) throws Exception {
        long before = site.heard.count("seen Found");
        site.told("Authentication failure for admin", address);
        site.awaitHeard("seen Found", before + 1);
    }

    private String map() {
        try {
            return Files.readString(map);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void nginx_firstAttemptThatLooksLikeACampaign_isRefusedAndAPersonsIsNot() throws Exception {
        for (int bot = 1; bot <= 40; bot++) {
            String address = "198.51." + bot + ".7";
            if (ask(address, BOT).equals("proceed")) {
                fail(address);
            }
            site.clock.pass(Duration.ofMinutes(3));
        }

        assertThat(ask("203.0.113.77", BOT)).isEqualTo("refuse campaign 3600");
        assertThat(ask("203.0.113.78", PERSON)).isEqualTo("proceed");
        assertThat(ask("192.0.2.50", BOT)).isEqualTo("proceed");
        assertThat(site.banned()).isEmpty();
    }

    @Test
    void apache_refusedForItsOwnFailures_isInTheMapForAnHourAndNotBanned() throws Exception {
        for (int failure = 1; failure <= 7; failure++) {
            site.told("Authentication failure for admin", "192.0.2.50");
            fail(A);
            site.clock.pass(Duration.ofMinutes(7));
        }

        Site.await("the map", () -> map().contains(A + " deny"));
        assertThat(map()).doesNotContain("192.0.2.50");
        assertThat(site.banned()).isEmpty();
        site.clock.pass(Duration.ofHours(1));
        fail("203.0.113.99");
        site.ask("ban", Map.of("subjects", List.of("203.0.113.98")));
        Site.await("its end", () -> map().contains("203.0.113.98 deny") && !map().contains(A + " deny"));
    }
}
