package bailiff.ledger;

import static bailiff.ledger.Samples.JAIL;
import static bailiff.ledger.Samples.NOW;
import static bailiff.ledger.Samples.address;
import static bailiff.ledger.Samples.ban;
import static bailiff.ledger.Samples.failure;
import static bailiff.ledger.Samples.network;
import static bailiff.ledger.Samples.openFailures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.ban.Ban;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LedgerTest extends LedgerTests {

    @Override
    Ledger opened() throws LedgerException {
        return Samples.open(file(), SMALL);
    }

    @Test
    void openFailures_afterRestart_areThoseCommittedInTheirOrder() throws LedgerException {
        Failure late = failure(A, NOW);
        Failure early = failure("2001:db8::7", NOW.minusSeconds(60));
        ledger.commit(new Batch().failure(late).failure(early));

        reopen();

        assertThat(openFailures(ledger, JAIL)).containsExactly(late, early);
        assertThat(openFailures(ledger, "sshd")).isEmpty();
    }

    @Test
    void openFailures_sinceATime_leavesOutEarlierOnes() throws LedgerException {
        Failure before = failure(A, NOW.minusMillis(1));
        Failure at = failure(A, NOW);
        ledger.commit(new Batch().failure(before).failure(at));
        List<Failure> seen = new ArrayList<>();

        ledger.openFailures(JAIL, NOW, seen::add);

        assertThat(seen).containsExactly(at);
    }

    @Test
    void commit_hostileText_isKeptAsItIs() throws LedgerException {
        String hostile = "'; DROP TABLE ban; --\" \u0000 \u001b[2J \r\n % \\ \ud83d\ude00 \u202e";
        Failure failure = new Failure(JAIL, network(A), address(A), NOW, 1, hostile, hostile);

        ledger.commit(new Batch().failure(failure).bookmarks(JAIL, Map.of(hostile, hostile)));

        assertThat(openFailures(ledger, JAIL)).containsExactly(failure);
        assertThat(ledger.bookmarks(JAIL)).containsExactly(Map.entry(hostile, hostile));
    }

    @Test
    void commit_loneSurrogatesAndAMegabyte_areBoundedAndDoNotFail() throws LedgerException {
        String broken = "\udc00 a \ud800";
        String huge = "x".repeat(1 << 20);

        ledger.commit(new Batch().failure(failure(A, NOW, broken)).failure(failure(A, NOW, huge)));

        assertThat(openFailures(ledger, JAIL))
                .extracting(Failure::line)
                .containsExactly("? a ?", "x".repeat(Failure.LONGEST_LINE));
    }

    @Test
    void commit_timesBeyondAnyCalendar_areKeptAsTheFirstAndLastThatFit() throws LedgerException {
        Instant first = Instant.ofEpochMilli(Long.MIN_VALUE);
        Instant last = Instant.ofEpochMilli(Long.MAX_VALUE - 1);
        Ban farAway = ban(A, NOW, Instant.MAX.minusSeconds(1));
        ledger.commit(new Batch()
                .failure(failure("192.0.2.1", Instant.MIN))
                .failure(failure("192.0.2.2", last.plusSeconds(1)))
                .ban(farAway));
        List<Failure> seen = new ArrayList<>();

        ledger.openFailures(JAIL, Instant.MIN, seen::add);

        assertThat(seen).extracting(Failure::time).containsExactly(first, last);
        assertThat(ledger.active(NOW))
                .extracting(active -> active.ban().until())
                .containsExactly(last);
    }

    @Test
    void commit_moreOpenFailuresThanBound_dropsThoseWithTheOldestTimes() throws LedgerException {
        Batch batch = new Batch();
        for (int second : List.of(50, 10, 60, 20, 30, 70, 40)) {
            batch.failure(failure(A, Instant.ofEpochSecond(second)));
        }

        ledger.commit(batch);

        assertThat(openFailures(ledger, JAIL))
                .extracting(failure -> failure.time().getEpochSecond())
                .containsExactly(50L, 60L, 30L, 70L, 40L);
        assertThat(ledger.totals()).containsEntry(JAIL, new Totals(7, 0, 5));
    }

    @Test
    void forget_failuresBeforeATime_leavesTheOthersAndOtherJails() throws LedgerException {
        Failure old = failure(A, NOW.minusSeconds(1));
        Failure fresh = failure(A, NOW);
        Failure elsewhere = new Failure("sshd", old.subject(), old.address(), old.time(), 1, "", "");
        ledger.commit(new Batch().failure(old).failure(fresh).failure(elsewhere));

        int forgotten = ledger.forget(JAIL, NOW);

        assertThat(forgotten).isEqualTo(1);
        assertThat(openFailures(ledger, JAIL)).containsExactly(fresh);
        assertThat(openFailures(ledger, "sshd")).containsExactly(elsewhere);
    }

    @Test
    void forget_moreThanFitIntoOneTransaction_takesAll() throws LedgerException {
        reopen(Bounds.DEFAULT);
        Batch batch = new Batch();
        for (int i = 0; i < 2_500; i++) {
            batch.failure(failure(A, NOW));
        }
        ledger.commit(batch);

        assertThat(ledger.forget(JAIL, NOW.plusMillis(1))).isEqualTo(2_500);
        assertThat(ledger.totals()).containsEntry(JAIL, new Totals(2_500, 0, 0));
    }

    @Test
    void forgiven_failures_noLongerCountAgainstThatSubject() throws LedgerException {
        Failure neighbour = failure("203.0.113.10", NOW);
        ledger.commit(new Batch().failure(failure(A, NOW)).failure(neighbour));

        ledger.commit(new Batch().forgiven(JAIL, network(A)));

        assertThat(openFailures(ledger, JAIL)).containsExactly(neighbour);
    }

    @Test
    void openFailures_ofANetwork_areTheLatestOfAllJails() throws LedgerException {
        Failure old = failure(A, NOW.minusSeconds(9));
        Failure fresh = failure(A, NOW);
        Failure elsewhere = new Failure("sshd", old.subject(), old.address(), NOW.minusSeconds(5), 1, "root", "");
        ledger.commit(new Batch().failure(old).failure(fresh).failure(elsewhere));

        assertThat(ledger.openFailures(network("203.0.113.0/24"), 2)).containsExactly(fresh, elsewhere);
        assertThat(ledger.openFailures(network("203.0.112.0/24"), 2)).isEmpty();
    }

    @Test
    void bookmarks_ofAJail_areReplacedAsAWhole() throws LedgerException {
        ledger.commit(new Batch()
                .bookmarks(JAIL, Map.of("/var/log/auth.log", "1", "/var/log/gone.log", "7"))
                .bookmarks("sshd", Map.of("/var/log/auth.log", "2")));

        ledger.commit(new Batch().bookmarks(JAIL, Map.of("/var/log/auth.log", "3")));
        reopen();

        assertThat(ledger.bookmarks(JAIL)).containsExactly(Map.entry("/var/log/auth.log", "3"));
        assertThat(ledger.bookmarks("sshd")).containsExactly(Map.entry("/var/log/auth.log", "2"));
    }

    @Test
    void bookmarks_firstWriteAfterARestart_dropsFilesThatVanished() throws LedgerException {
        ledger.commit(new Batch().bookmarks(JAIL, Map.of("/var/log/gone.log", "7")));
        reopen();

        ledger.commit(new Batch().bookmarks(JAIL, Map.of("/var/log/auth.log", "1")));

        assertThat(ledger.bookmarks(JAIL)).containsExactly(Map.entry("/var/log/auth.log", "1"));
    }

    @Test
    void commit_manyThreads_keepsAllOfThem() throws Exception {
        long threads = 8;
        long commits = 25;
        reopen(Bounds.DEFAULT);
        List<Future<?>> running = new ArrayList<>();

        try (ExecutorService pool = Executors.newCachedThreadPool()) {
            for (int thread = 0; thread < threads; thread++) {
                Callable<Long> task = () -> {
                    for (int i = 0; i < commits; i++) {
                        ledger.commit(new Batch().failure(failure(A, NOW)));
                    }
                    return commits;
                };
                running.add(pool.submit(task));
            }
        }
        for (Future<?> task : running) {
            task.get();
        }

        assertThat(ledger.totals().get(JAIL)).isEqualTo(new Totals(threads * commits, 0, threads * commits));
    }

    @Test
    void anyCall_afterClose_saysSo() throws LedgerException {
        ledger.close();

        assertThatThrownBy(() -> ledger.active(NOW))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("closed");
    }

    private void reopen() throws LedgerException {
        reopen(SMALL);
    }

    private void reopen(Bounds bounds) throws LedgerException {
        ledger.close();
        ledger = Samples.open(directory.resolve("ledger.sqlite3"), bounds);
    }
}
