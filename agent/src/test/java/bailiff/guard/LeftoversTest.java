package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.ledger.BanRecord;
import bailiff.ledger.Batch;
import bailiff.ledger.Ending;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.net.Cidr;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    private static final Enforcement OBSERVED = new Enforcement.NotEnforced("Only looking.");

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(NOON);
    private final Heard heard = new Heard();
    private Ledger ledger;

    @BeforeEach
    void open() throws LedgerException {
        ledger = Ledger.open(directory.resolve("ledger.sqlite3"), clock);
        ledger.commit(new Batch().ban(ban("203.0.113.1", 60)).ban(ban("203.0.113.2", 3_600)));
    }

    @AfterEach
    void close() throws LedgerException {
        ledger.close();
    }

    @Test
    void endOver_bansWhoseTimeIsUp_areExpiredAtTheirOwnEnds() throws Exception {
        clock.pass(Duration.ofMinutes(10));

        leftovers().endOver();

        assertThat(heard.moments()).containsExactly("unbanned 203.0.113.1");
        assertThat(ending("203.0.113.1")).isEqualTo(new Ending.Expired(NOON.plusSeconds(60)));
        assertThat(ending("203.0.113.2")).isEqualTo(Ending.RUNNING);
    }

    @Test
    void endMarked_bansWithThatMark_areLiftedAndTheOthersStand() throws Exception {
        ledger.commit(new Batch().enforced("web", network("203.0.113.2"), OBSERVED));

        leftovers().endMarked(OBSERVED, "it was a rehearsal");

        assertThat(heard.moments()).containsExactly("unbanned 203.0.113.2");
        assertThat(ending("203.0.113.2")).isEqualTo(new Ending.Lifted(NOON, "the guard", "it was a rehearsal"));
        assertThat(ending("203.0.113.1")).isEqualTo(Ending.RUNNING);
    }

    private Leftovers leftovers() {
        return new Leftovers(ledger, heard, clock);
    }

    private Ending ending(String subject) throws LedgerException {
        return ledger.history(network(subject), 1).stream()
                .map(BanRecord::ending)
                .findFirst()
                .orElseThrow();
    }

    private static Ban ban(String subject, long seconds) {
        return new Ban("web", network(subject), NOON, NOON.plusSeconds(seconds), 1, 3, Ban.BY_ADDRESS, "3 failures");
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
