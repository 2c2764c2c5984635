package bailiff.ledger;

import static bailiff.ledger.Samples.JAIL;
import static bailiff.ledger.Samples.NOW;
import static bailiff.ledger.Samples.address;
import static bailiff.ledger.Samples.ban;
import static bailiff.ledger.Samples.failure;
import static bailiff.ledger.Samples.lifted;
import static bailiff.ledger.Samples.network;
import static bailiff.ledger.Samples.openFailures;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.ban.PastBan;
import bailiff.evidence.RateCount;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a {@link Ledger} keeps for jails that count as fail2ban does, and for bans that grow. */
class LedgerCountingTest extends LedgerTests {

    @Test
    void openFailures_countedByRate_haveTheCountToTheLastBit() throws LedgerException {
        Failure counted = counted(NOW, new RateCount(3, 4, 1_763_632_800.1234567, 1_763_633_400.7654321));

        ledger.commit(new Batch().failure(failure(A, NOW)).failure(counted));

        assertThat(openFailures(ledger, JAIL)).containsExactly(failure(A, NOW), counted);
    }

    @Test
    void forget_sourceCountedByRate_keepsItsLastFailureAsLongAsTheCounterWasNotSilent() throws LedgerException {
        double now = RateCount.seconds(NOW);
        Failure first = counted(NOW.minusSeconds(900), new RateCount(1, 1, now - 900, now - 900));
        Failure late = counted(NOW.minusSeconds(800), new RateCount(2, 2, now - 900, now));
        ledger.commit(new Batch().failure(first).failure(late));

        ledger.forget(JAIL, NOW.minusSeconds(600));
        assertThat(openFailures(ledger, JAIL)).containsExactly(late);

        ledger.forget(JAIL, NOW.plusSeconds(1));
        assertThat(openFailures(ledger, JAIL)).isEmpty();
    }

    @Test
    void prolonged_runningBan_endsLaterAndSpendsTheFailures() throws LedgerException {
        Ban longer = ban(A, NOW, NOW.plusSeconds(9_000));
        ledger.commit(new Batch().ban(ban(A, NOW)).enforced(JAIL, network(A), Enforcement.IN_FORCE));
        ledger.commit(new Batch().failure(failure(A, NOW)).prolonged(longer));

        assertThat(ledger.active(NOW)).singleElement().satisfies(record -> {
            assertThat(record.ban()).isEqualTo(longer);
            assertThat(record.enforcement()).isEqualTo(Enforcement.PENDING);
        });
        assertThat(openFailures(ledger, JAIL)).isEmpty();
        assertThat(ledger.totals().get(JAIL)).extracting(Totals::bans).isEqualTo(1L);
    }

    @Test
    void lastBan_severalBans_isTheLatestUnlessItWasLifted() throws LedgerException {
        assertThat(ledger.lastBan(JAIL, network(A))).isEmpty();
        ledger.commit(new Batch().ban(numbered(JAIL, 1, NOW)).expired(JAIL, network(A), NOW.plusSeconds(7_200)));
        ledger.commit(new Batch().ban(numbered(JAIL, 2, NOW.plusSeconds(7_200))));
        assertThat(ledger.lastBan(JAIL, network(A))).contains(new PastBan(2, NOW.plusSeconds(7_200)));

        ledger.commit(new Batch().lifted(JAIL, network(A), lifted(NOW.plusSeconds(7_300))));

        assertThat(ledger.lastBan(JAIL, network(A)))
                .as("fail2ban forgets on unban")
                .isEmpty();
    }

    @Test
    void lastBans_bansOfSeveralJails_areSummed() throws LedgerException {
        assertThat(ledger.lastBans(network(A))).isEmpty();
        ledger.commit(new Batch()
                .ban(numbered("ssh", 1, NOW))
                .ban(numbered("ssh", 4, NOW.plusSeconds(5)))
                .ban(numbered("web", 3, NOW.plusSeconds(1)))
                .ban(numbered("mail", 7, NOW))
                .lifted("mail", network(A), lifted(NOW)));

        assertThat(ledger.lastBans(network(A))).contains(new PastBan(7, NOW.plusSeconds(5)));
        assertThat(ledger.lastBans(network("203.0.113.10"))).isEmpty();
    }

    @Test
    void open_ledgerOfTheFirstVersion_isBroughtUpWithItsFailures() throws LedgerException, SQLException {
        ledger.commit(new Batch().failure(failure(A, NOW)));
        ledger.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.sqlite3"));
                Statement statement = connection.createStatement()) {
            for (String column : new String[] {"retry", "counted", "rate_since", "rate_last"}) {
                statement.executeUpdate("ALTER TABLE failure DROP COLUMN " + column);
            }
            statement.executeUpdate("PRAGMA user_version = 1");
        }

        openLedger();

        assertThat(openFailures(ledger, JAIL)).containsExactly(failure(A, NOW));
    }

    private static Failure counted(Instant time, RateCount count) {
        return new Failure(JAIL, network(A), address(A), time, 1, "admin", "line", count);
    }

    private static Ban numbered(String jail, int bancount, Instant since) {
        return new Ban(jail, network(A), since, since.plusSeconds(3_600), bancount, 3, Ban.BY_ADDRESS, "reason");
    }
}
