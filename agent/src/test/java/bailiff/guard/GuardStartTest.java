package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.control.ControlException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a guard starts and ends, and what keeps it from starting. */
class GuardStartTest extends SiteTests {

    @Test
    void start_whileAnotherGuardUsesTheDirectory_isRefused() throws Exception {
        site.start();

        assertThatThrownBy(() -> Guard.start(site.settings(), new Heard()))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("Another guard is using " + directory.resolve("state"));
    }

    @Test
    void start_whileAnotherGuardAnswersThere_isRefusedAndLeavesNothingOpen() throws Exception {
        site.start();
        GuardSettings same = site.settings();
        GuardSettings elsewhere = new GuardSettings(
                same.configuration(),
                true,
                false,
                directory.resolve("other"),
                same.run(),
                same.runner(),
                same.clock(),
                "test");

        assertThatThrownBy(() -> Guard.start(elsewhere, new Heard())).hasMessageContaining("running already");

        assertThat(site.told("ping", Map.of())).containsExactly("pong");
        StateLock.take(directory.resolve("other")).close();
    }

    @Test
    void start_ledgerOfAnotherProgram_saysWhoseAndLeavesNothingOpen() throws Exception {
        Files.createDirectories(directory.resolve("state"));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + site.ledger());
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA application_id = 7");
            statement.execute("CREATE TABLE mine (x)");
        }

        assertThatThrownBy(() -> site.start())
                .isInstanceOf(ControlException.class)
                .hasMessageContaining(site.ledger().toString());

        assertThat(site.socket()).doesNotExist();
        StateLock.take(directory.resolve("state")).close();
    }

    @Test
    void start_configurationWithoutAJail_namesEveryProblem() throws Exception {
        site.configure("[INCLUDES]\nbefore = %(none)s\n");

        assertThatThrownBy(() -> site.start())
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.exit()).isEqualTo(ControlException.USAGE))
                .hasMessageContaining("No jail of " + directory.resolve("etc") + " can run.")
                .hasMessageContaining("before");
    }

    @Test
    void stop_overTheSocket_endsTheWait() throws Exception {
        Guard guard = site.start();

        assertThat(site.told("stop", Map.of())).containsExactly("Stopping.");

        assertThat(guard.awaitEnd()).isTrue();
        guard.close();
        guard.awaitClosed();
        assertThat(site.socket()).doesNotExist();
    }
}
