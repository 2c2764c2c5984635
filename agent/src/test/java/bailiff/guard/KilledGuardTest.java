package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Event;
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
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A guard that is killed or begun anew in the middle of a flood, while one thread reads on and another writes. */
class KilledGuardTest extends SiteTests {

    /** Sources: more than may wait for the ledger at once, and fewer. */
    private static final int MANY = 30_000;

    private static final int FEW = 6_000;
    private static final int KILLS = 5;

    @Test
    void guard_killedAgainAndAgainInAFlood_countsEachFailureOnce() throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        flood(MANY);

        for (int kill = 0; kill < KILLS; kill++) {
            long before = counted();
            Process guard = guard();
            try {
                Site.await("that it reads", () -> counted() > before || before == failures(MANY));
            } finally {
                guard.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
                guard.destroyForcibly().waitFor();
            }
        }
        site.start(new GuardListener() {});
        Site.await("all failures", () -> counted() >= failures(MANY));
        site.close();

        expect(MANY);
    }

    @Test
    void guard_ledgerLockedInAFloodAndBegunAnew_countsEachFailureOnce() throws Exception {
        flood(FEW);
        AtomicInteger heard = new AtomicInteger();
        site.start(new GuardListener() {
            @Override
            public void seen(String jail, Event event) {
                heard.incrementAndGet();
            }
        });
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + site.ledger());
                Statement statement = other.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            Site.await("that it has read all", () -> heard.get() >= failures(FEW));
            site.configure(site.jail("wordpress", "maxmatches = 4"));
            site.ask("reload", Map.of());
            statement.executeUpdate("ROLLBACK");
        }
        Site.await("all failures", () -> counted() >= failures(FEW));
        site.close();

        expect(FEW);
    }

    @Test
    void guard_reloadedAgainAndAgainInAFlood_countsEachFailureOnce() throws Exception {
        flood(MANY);
        site.start(new GuardListener() {});
        for (int reload = 0; reload < 10; reload++) {
            site.configure(site.jail("wordpress", "maxmatches = " + (4 + reload % 2)));
            site.ask("reload", Map.of());
            if (reload % 4 == 3) {
                site.close();
                site.start(new GuardListener() {});
            }
        }
        Site.await("all failures", () -> counted() >= failures(MANY));
        site.close();

        expect(MANY);
    }

    /** A third of the sources fail three times and are to be banned, the others once; all of it lies in the log. */
    private void flood(int sources) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3 * sources; i++) {
            if (i < sources || i % 3 == 0) {
                lines.append(NOON)
                        .append(" vps wordpress(blog.example.test)[4711]: Authentication failure for admin from ")
                        .append(IpAddress.ofV4((10 << 24) + i % sources))
                        .append('\n');
            }
        }
        site.start(new GuardListener() {});
        site.close();
        Files.writeString(site.log(), lines, StandardOpenOption.APPEND);
    }

    private static int failures(int sources) {
        return sources + 2 * sources / 3;
    }

    private void expect(int sources) throws Exception {
        int banned = sources / 3;
        try (Ledger ledger = Ledger.open(site.ledger(), site.clock)) {
            assertThat(ledger.totals())
                    .containsEntry("wordpress", new Totals(failures(sources), banned, sources - banned));
            assertThat(ledger.active(NOON))
                    .hasSize(banned)
                    .allSatisfy(
                            record -> assertThat(ledger.evidence(record.id())).hasSize(3));
        }
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
