package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ledger.Ledger;
import bailiff.ledger.Totals;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A guard that is killed in the middle of a flood, while one thread reads on and another writes. */
class KilledGuardTest extends SiteTests {

    /* A third of them fail three times and are banned, the others once. */
    private static final int SOURCES = 30_000;
    private static final int BANNED = SOURCES / 3;
    private static final int FAILURES = SOURCES + 2 * BANNED;
    private static final int KILLS = 5;

    @Test
    void guard_killedAgainAndAgainInAFlood_countsEachFailureOnce() throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        flood();

        for (int kill = 0; kill < KILLS; kill++) {
            long before = counted();
            Process guard = guard();
            try {
                Site.await("that it reads", () -> counted() > before || before == FAILURES);
            } finally {
                guard.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
                guard.destroyForcibly().waitFor();
            }
        }
        site.start(new GuardListener() {});
        Site.await("all failures", () -> counted() >= FAILURES);
        site.close();

        try (Ledger ledger = Ledger.open(site.ledger(), site.clock)) {
            assertThat(ledger.totals())
                    .containsEntry("wordpress", new Totals(FAILURES, BANNED, SOURCES - BANNED));
            assertThat(ledger.active(NOON)).hasSize(BANNED).allSatisfy(record -> assertThat(
                            ledger.evidence(record.id()))
                    .hasSize(3));
        }
    }

    private void flood() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < SOURCES; i++) {
                if (round == 0 || i % 3 == 0) {
                    lines.append(NOON)
                            .append(" vps wordpress(blog.example.test)[4711]: Authentication failure for admin from ")
                            .append(IpAddress.ofV4((10 << 24) + i))
                            .append('\n');
                }
            }
        }
        site.restart();
        site.close();
        Files.writeString(site.log(), lines, StandardOpenOption.APPEND);
    }

    private Process guard() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GuardProcess.class.getName(),
                        directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The failures that the ledger has, whoever has it open. */
    private long counted() {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + site.ledger());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT failures FROM jail WHERE name = 'wordpress'")) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException e) {
            return 0;
        }
    }
}
