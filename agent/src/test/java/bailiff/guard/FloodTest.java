package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.control.ControlException;
import bailiff.filter.Sighting;
import bailiff.ledger.Batch;
import bailiff.ledger.Ledger;
import bailiff.ledger.Totals;
import bailiff.net.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** A guard under an attack that is more than it can do one by one. */
class FloodTest extends SiteTests {

    private static final int MANY_BANS = 100_000;

    @Test
    void guard_moreFailuresAtOnceThanMayBeDue_losesNoneOfThem() throws Exception {
        int failures = 2 * Memory.MOST_DUE + 1;
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < failures; i++) {
            lines.append(NOON)
                    .append(" vps wordpress(blog.example.test)[4711]: Authentication failure for admin from ")
                    .append(address(i))
                    .append('\n');
        }
        site.start(new GuardListener() {});

        Files.writeString(site.log(), lines, StandardOpenOption.APPEND);

        Site.await("all failures", () -> found() >= failures);
        assertThat(site.jailStatus()).containsEntry("found", failures);
        assertThat(site.guard().ledger().totals()).containsEntry("wordpress", new Totals(failures, 0, failures));
    }

    @Test
    void guard_killedBeforeTheLedgerKnowsOfTheBan_decidesItAgainFromTheSameLines() throws Exception {
        site.start();
        site.fail(A, A);
        site.awaitHeard("seen Found", 2);
        site.close();
        Path before = Files.copy(site.ledger(), directory.resolve("before"));
        site.start();
        site.fail(A);
        site.awaitHeard("banned " + A);
        site.close();

        // What a kill leaves behind: the log, and the ledger of before the ban.
        for (String companion : List.of("-wal", "-shm")) {
            Files.deleteIfExists(site.ledger().resolveSibling(site.ledger().getFileName() + companion));
        }
        Files.write(site.ledger(), Files.readAllBytes(before));
        site.start();
        site.awaitHeard("banned " + A, 2);

        assertThat(site.ask("bans", Map.of()))
                .singleElement()
                .satisfies(ban -> assertThat(ban)
                        .containsEntry("ip", A)
                        .containsEntry("failures", 3)
                        .containsEntry("bancount", 1));
        assertThat(site.ask("why", Map.of("ip", A)).getFirst().get("lines"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(3);
        assertThat(site.guard().ledger().totals()).containsEntry("wordpress", new Totals(3, 1, 0));
    }

    @Test
    void start_aHundredThousandBans_allStandAndTheNextIsDecided() throws Exception {
        Files.createDirectories(site.ledger().resolveSibling(""));
        try (Ledger ledger = Ledger.open(site.ledger(), site.clock)) {
            Batch batch = new Batch();
            for (int i = 0; i < MANY_BANS; i++) {
                batch.ban(ban(address(i)));
            }
            ledger.commit(batch);
        }

        site.start(new GuardListener() {});
        site.fail(A, A, A);

        Site.await("the next ban", () -> bans() == MANY_BANS + 1);
        assertThat(site.guard().jails().bans().get("wordpress"))
                .extracting(ban -> ban.subject().toString())
                .contains(A, address(0).toString(), address(MANY_BANS - 1).toString());
    }

    @Test
    void seen_anAttackInFail2bansLog_writesSomeOfItAndEveryBan() throws Exception {
        Path file = directory.resolve("fail2ban.log");
        IpAddress address = address(1);
        Event found = new Event.Found(new Sighting(NOON, A, 0, 1, Map.of()), address, address.alone(), 1);

        try (Fail2banAim log = new Fail2banAim("test", site.clock)) {
            Fail2banMoments moments = new Fail2banMoments(log, site.clock);
            log.aim(file.toString(), "INFO", "");
            for (int i = 0; i < 50_000; i++) {
                moments.seen("wordpress", found);
            }
            moments.banned(ban(address));
            site.clock.pass(Duration.ofSeconds(1));
            moments.seen("wordpress", found);
            assertThat(log.problem()).isEmpty();
        }

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).filteredOn(line -> line.contains("] Found ")).hasSize(1_001);
        assertThat(lines).filteredOn(line -> line.contains("] Ban ")).hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.contains("49000 failures more"))
                .hasSize(1);
    }

    private static IpAddress address(int number) {
        return IpAddress.ofV4((10 << 24) + number);
    }

    private static Ban ban(IpAddress address) {
        return new Ban(
                "wordpress", address.alone(), NOON, NOON.plus(Duration.ofDays(1)), 1, 3, Ban.BY_ADDRESS, "3 failures");
    }

    private int bans() {
        return site.guard().jails().bans().getOrDefault("wordpress", List.of()).size();
    }

    private long found() {
        try {
            return ((Number) site.jailStatus().getOrDefault("found", 0)).longValue();
        } catch (ControlException e) {
            return 0;
        }
    }
}
