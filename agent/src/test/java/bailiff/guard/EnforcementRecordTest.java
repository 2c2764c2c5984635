package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.enforce.Change;
import bailiff.ledger.BanRecord;
import bailiff.ledger.Batch;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.net.Cidr;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link EnforcementRecord} and {@link StandingBans}, on a real ledger. */
class EnforcementRecordTest {

    private static final Ban WRITTEN = ban("gone", "203.0.113.1");
    private static final Ban HELD = ban("web", "203.0.113.2");

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(NOON);
    private final Heard heard = new Heard();
    private final Map<String, List<Ban>> running = new HashMap<>();
    private Ledger ledger;

    @BeforeEach
    void open() throws LedgerException {
        ledger = Ledger.open(directory.resolve("ledger.sqlite3"), clock);
        ledger.commit(new Batch().ban(WRITTEN).ban(HELD));
        running.put("web", List.of(HELD));
    }

    @AfterEach
    void close() throws LedgerException {
        ledger.close();
    }

    @Test
    void active_jailsThatRunAndThatDoNot_givesTheBansOfBoth() {
        assertThat(record(Enforcement.IN_FORCE).active())
                .containsExactlyInAnyOrder(StandingBans.change(WRITTEN), StandingBans.change(HELD));
    }

    @Test
    void active_banThatItsJailHasLifted_isNotGivenThoughTheLedgerStillHasIt() {
        running.put("web", List.of());

        assertThat(record(Enforcement.IN_FORCE).active()).containsExactly(StandingBans.change(WRITTEN));
    }

    @Test
    void active_ledgerThatCannotBeRead_stillGivesTheBansOfRunningJails() throws Exception {
        ledger.close();

        assertThat(record(Enforcement.IN_FORCE).active()).containsExactly(StandingBans.change(HELD));
    }

    @Test
    void inForce_banThatIsNew_isWrittenDownAndTold() throws Exception {
        record(Enforcement.IN_FORCE).inForce(StandingBans.change(HELD));

        assertThat(enforcement(HELD)).isEqualTo(Enforcement.IN_FORCE);
        assertThat(heard.moments()).containsExactly("in force 203.0.113.2");
    }

    @Test
    void inForce_banThatTheLedgerKnowsToBeInForce_isNotWrittenAgain() throws Exception {
        EnforcementRecord record = record(Enforcement.IN_FORCE);
        record.inForce(StandingBans.change(HELD));

        record.active().forEach(record::inForce);

        assertThat(heard.moments()).containsExactly("in force 203.0.113.2", "in force 203.0.113.1");
        assertThat(enforcement(WRITTEN)).isEqualTo(Enforcement.IN_FORCE);
    }

    @Test
    void inForce_banThatCouldNotBeEnforcedInAnEarlierRun_isSetRight() throws Exception {
        ledger.commit(new Batch().enforced("web", HELD.subject(), new Enforcement.NotEnforced("no root")));
        EnforcementRecord record = record(Enforcement.IN_FORCE);

        record.active().forEach(record::inForce);

        assertThat(enforcement(HELD)).isEqualTo(Enforcement.IN_FORCE);
    }

    @Test
    void inForce_firewallThatOnlyWatches_isNotCalledInForce() throws Exception {
        Enforcement watched = new Enforcement.NotEnforced("Only watching.");

        record(watched).inForce(StandingBans.change(HELD));

        assertThat(enforcement(HELD)).isEqualTo(watched);
        assertThat(heard.moments()).containsExactly("not enforced 203.0.113.2");
    }

    @Test
    void failed_banAndItsRemoval_onlyTheBanIsWrittenDown() throws Exception {
        EnforcementRecord record = record(Enforcement.IN_FORCE);

        record.failed(StandingBans.change(HELD), "nft refuses");
        record.failed(new Change.Remove("gone", WRITTEN.subject()), "nft refuses");

        assertThat(enforcement(HELD)).isEqualTo(new Enforcement.NotEnforced("nft refuses"));
        assertThat(enforcement(WRITTEN)).isEqualTo(Enforcement.PENDING);
        assertThat(heard.moments()).containsExactly("not enforced 203.0.113.2");
    }

    @Test
    void failed_banThatWasInForce_isWrittenDownAgainOnceItIs() throws Exception {
        EnforcementRecord record = record(Enforcement.IN_FORCE);
        record.inForce(StandingBans.change(HELD));
        record.active();

        record.failed(StandingBans.change(HELD), "nft refuses");
        record.inForce(StandingBans.change(HELD));

        assertThat(enforcement(HELD)).isEqualTo(Enforcement.IN_FORCE);
    }

    @Test
    void inForce_ledgerThatCannotBeWritten_isToldNevertheless() throws Exception {
        ledger.close();

        record(Enforcement.IN_FORCE).inForce(StandingBans.change(HELD));

        assertThat(heard.moments()).containsExactly("in force 203.0.113.2");
    }

    @Test
    void inForce_jailThatRuns_writesAndTellsWhenTheJailDoes() throws Exception {
        List<Runnable> tellings = new ArrayList<>();
        StandingBans standing = new StandingBans(ledger, () -> running, clock);
        EnforcementRecord record = new EnforcementRecord(
                ledger, standing, Enforcement.IN_FORCE, heard, (_, _, telling) -> tellings.add(telling));

        record.inForce(StandingBans.change(HELD));

        assertThat(enforcement(HELD)).isEqualTo(Enforcement.PENDING);
        assertThat(heard.moments()).isEmpty();
        long before = System.nanoTime();
        tellings.forEach(Runnable::run);
        assertThat(heard.moments()).containsExactly("in force 203.0.113.2");
        assertThat(heard.inForceSince() - before)
                .as("not when it is told, but when the firewall had it")
                .isNegative();
    }

    private EnforcementRecord record(Enforcement success) {
        return new EnforcementRecord(
                ledger, new StandingBans(ledger, () -> running, clock), success, heard, (_, _, _) -> false);
    }

    private Enforcement enforcement(Ban ban) throws LedgerException {
        List<BanRecord> history = ledger.history(ban.subject(), 1);
        return history.getFirst().enforcement();
    }

    private static Ban ban(String jail, String subject) {
        Instant since = NOON.plusNanos(123_456_789);
        return new Ban(
                jail,
                Cidr.parse(subject).orElseThrow(),
                since,
                since.plus(Duration.ofDays(1)),
                1,
                3,
                Ban.BY_ADDRESS,
                "3 failures");
    }
}
