package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.enforce.Change;
import bailiff.enforce.Fence;
import bailiff.enforce.Protocol;
import bailiff.ledger.Ledger;
import bailiff.net.PortRange;
import bailiff.source.ChangeWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JailsTest {

    private static final String A = "203.0.113.9";

    @TempDir
    Path directory;

    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private Site site;
    private Ledger ledger;
    private ChangeWatcher watcher;
    private Jails jails;

    @BeforeEach
    void run() throws IOException {
        site = new Site(directory);
        ledger = Ledger.open(directory.resolve("ledger.sqlite3"), site.clock);
        watcher = ChangeWatcher.start(Duration.ofSeconds(1));
        Files.createDirectories(directory.resolve("root/run/systemd/sessions"));
        Sanctuary sanctuary = new Sanctuary(directory.resolve("root"), Map.of());
        jails = new Jails(new Jails.Shared(ledger, watcher, sanctuary, changes::addAll, site.heard, site.clock));
        jails.run(plan());
    }

    @AfterEach
    void close() throws IOException {
        jails.stop();
        watcher.close();
        ledger.close();
    }

    @Test
    void run_ban_goesToTheFirewallAndIsAmongTheJailsBans() throws Exception {
        site.fail(A, A, A);
        Site.await("the change", () -> !changes.isEmpty());

        assertThat(changes).singleElement().isInstanceOfSatisfying(Change.Add.class, add -> {
            assertThat(add.jail()).isEqualTo("wordpress");
            assertThat(add.subject()).hasToString(A);
            assertThat(add.until()).isEqualTo(NOON.plus(Duration.ofDays(1)));
        });
        assertThat(jails.bans().get("wordpress")).hasSize(1);
        assertThat(jails.bans().get("manual")).isEmpty();
    }

    @Test
    void refreshSanctuary_bannedAddressLogsInOverSsh_endsItsBan() throws Exception {
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
        Files.writeString(directory.resolve("root/run/systemd/sessions/7"), "REMOTE_HOST=" + A + "\n");

        jails.refreshSanctuary();
        site.awaitHeard("unbanned " + A);
        Site.await("the removal", () -> changes.getLast() instanceof Change.Remove);

        site.fail(A, A, A);
        site.awaitHeard("seen Spared", 3);
        assertThat(jails.bans().get("wordpress")).isEmpty();
    }

    @Test
    void fences_jailWithPorts_closesThemAndByHandEveryPort() throws Exception {
        site.configure(site.jail("wordpress", "port = http,https"));

        assertThat(jails.fences(plan()))
                .containsExactly(
                        new Fence("manual", Protocol.ALL, List.of()),
                        new Fence("wordpress", Protocol.TCP, List.of(PortRange.of(80), PortRange.of(443))));
    }

    @Test
    void stop_loopThatHasEnded_refusesQuestions() {
        JailLoop loop = jails.named("wordpress").orElseThrow();

        jails.stop();

        assertThat(jails.all()).isEmpty();
        assertThat(loop.ask(JailKeeper::bans))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("Jail wordpress does not run any more.");
    }

    @Test
    void ask_questionThatFails_endsNeitherTheJailNorTheOthers() throws Exception {
        JailLoop loop = jails.named("wordpress").orElseThrow();

        assertThat(loop.ask(_ -> {
                    throw new IllegalStateException("a defect");
                }))
                .failsWithin(Duration.ofSeconds(5));

        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
    }

    private Plan plan() {
        return Plan.of(site.configuration().read());
    }
}
