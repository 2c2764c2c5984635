package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The move from a fail2ban that runs: it bans, is stopped, and Bailiff goes on where it was. */
class ImportOracleTest {

    private static final String A = "203.0.113.9";
    private static final String B = "203.0.113.10";
    private static final String C = "203.0.113.11";
    private static final String BY_HAND = "198.51.100.7";
    private static final String V6 = "2001:db8:7::9";

    /** A row of {@code get JAIL banip --with-time}. */
    private static final Pattern BANNED = Pattern.compile("(\\S+)\\s+(\\d\\S+ \\S+) \\+ (\\d+) = (\\d\\S+ \\S+)");

    @TempDir
    Path directory;

    private MovingSite site;

    @BeforeEach
    void open() throws Exception {
        site = new MovingSite(directory);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void import_afterFail2banWasStopped_sameBansEndAtTheSameSecond() throws Exception {
        Map<String, String> theirs;
        try (RunningFail2ban fail2ban = new RunningFail2ban(site)) {
            site.fail(A, A, A, V6, V6, V6, B, B, C);
            fail2ban.client("set", "site", "banip", BY_HAND);
            MovingSite.await("three bans", () -> ends(fail2ban).size() == 3);
            theirs = ends(fail2ban);
        }
        // A ban by hand begins at a fraction of a second, which fail2ban's database rounds and its client cuts off.
        assertThat(theirs.remove(BY_HAND)).isNotNull();
        // Written while neither runs: it must count, and what stood before it must not count again.
        site.fail(B, C, C, C);

        Run run = site.imported();
        site.startGuard();
        MovingSite.await("the ban of the failures in between", () -> site.bans().size() >= 4);

        assertThat(run.out()).contains("Jail site: 3 bans in force", "is read on from where fail2ban was");
        assertThat(ours())
                .containsAllEntriesOf(theirs)
                .hasSize(4)
                .containsKeys(BY_HAND, C)
                .doesNotContainKey(B);
    }

    @Test
    void import_addressThatFail2banHasBannedTwice_isBannedTheThirdTime() throws Exception {
        site.configure("bantime = 3\nbantime.increment = true\nbantime.multipliers = 1 1 1 1");
        try (RunningFail2ban fail2ban = new RunningFail2ban(site)) {
            for (int i = 1; i <= 2; i++) {
                int times = i;
                site.fail(A, A, A);
                MovingSite.await("ban " + i, () -> times(fail2ban, "Ban " + A) == times);
                MovingSite.await("its end", () -> times(fail2ban, "Unban " + A) == times);
            }
        }
        site.configure("");

        site.imported();
        site.startGuard();
        site.fail(A, A, A);
        MovingSite.await("our ban", () -> !site.bans().isEmpty());

        assertThat(site.bans().getFirst()).containsEntry("bancount", 3);
    }

    private static long times(RunningFail2ban fail2ban, String words) {
        try {
            return fail2ban.log().stream()
                    .filter(line -> line.endsWith(" " + words))
                    .count();
        } catch (java.io.IOException e) {
            return -1;
        }
    }

    /** The end of each of its bans, in seconds since 1970. */
    private static Map<String, String> ends(RunningFail2ban fail2ban) {
        Map<String, String> ends = new TreeMap<>();
        Matcher rows = BANNED.matcher(fail2ban.client("get", "site", "banip", "--with-time"));
        while (rows.find()) {
            ends.put(rows.group(1), rows.group(4));
        }
        return ends;
    }

    private Map<String, String> ours() {
        Map<String, String> ends = new TreeMap<>();
        for (Map<String, Object> ban : site.bans()) {
            ends.put(String.valueOf(ban.get("ip")), MovingSite.local(Instant.parse(String.valueOf(ban.get("until")))));
        }
        return ends;
    }
}
