package bailiff.ledger;

import static bailiff.ledger.Samples.JAIL;
import static bailiff.ledger.Samples.NOW;
import static bailiff.ledger.Samples.address;
import static bailiff.ledger.Samples.ban;
import static bailiff.ledger.Samples.failure;
import static bailiff.ledger.Samples.network;
import static bailiff.ledger.Samples.openFailures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import bailiff.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which failures a ban spends, whether they were written before or come in the same transaction. */
class LedgerSpendingTest extends LedgerTests {

    private static final List<String> SUBJECTS = List.of(
            A,
            "203.0.113.10",
            "203.0.113.0/24",
            "2001:db8:0:1::/64",
            "2001:db8:0:1::7",
            "2001:db8:0:2::/64",
            "2001:db8::/32");

    @Test
    void ban_failuresOfThisTransactionAndOfEarlierOnes_areItsEvidenceInTheirOrder() throws LedgerException {
        Failure first = failure(A, NOW, "first");
        Failure second = failure(A, NOW, "second");
        Failure third = failure(A, NOW, "third");
        ledger.commit(new Batch().failure(first));

        ledger.commit(new Batch().failure(second).failure(third).ban(ban(A, NOW)));

        assertThat(ledger.evidence(ledger.active(NOW).getFirst().id())).containsExactly(first, second, third);
        assertThat(openFailures(ledger, JAIL)).isEmpty();
        assertThat(ledger.totals()).containsEntry(JAIL, new Totals(3, 1, 0));
    }

    @Test
    void forgiven_failuresOfTheSameTransaction_doNotCount() throws LedgerException {
        Failure afterwards = failure(A, NOW, "afterwards");

        ledger.commit(new Batch()
                .failure(failure(A, NOW, "before"))
                .forgiven(JAIL, network(A))
                .failure(afterwards));

        assertThat(openFailures(ledger, JAIL)).containsExactly(afterwards);
        assertThat(ledger.totals()).containsEntry(JAIL, new Totals(2, 0, 1));
    }

    @Test
    void commit_anyMixOfNetworks_spendsWhatOverlapsAndNothingElse() throws LedgerException {
        Random random = new Random(20_261_121);
        List<Failure> expected = new ArrayList<>();
        long seen = 0;
        long bans = 0;
        for (int round = 0; round < 60; round++) {
            Batch batch = new Batch();
            for (int i = random.nextInt(12); i > 0; i--) {
                Cidr subject = network(SUBJECTS.get(random.nextInt(SUBJECTS.size())));
                switch (random.nextInt(8)) {
                    case 0 -> {
                        batch.ban(ban(subject.toString(), NOW));
                        bans++;
                        expected.removeIf(failure -> failure.subject().overlaps(subject));
                    }
                    case 1 -> {
                        batch.forgiven(JAIL, subject);
                        expected.removeIf(failure -> failure.subject().overlaps(subject));
                    }
                    default -> {
                        Failure failure = new Failure(JAIL, subject, subject.first(), NOW, 1, "", "line " + ++seen);
                        batch.failure(failure);
                        expected.add(failure);
                    }
                }
            }
            ledger.commit(batch);
            if (round % 20 == 19) {
                closeLedger();
                openLedger();
            }

            assertThat(openFailures(ledger, JAIL)).as("round " + round).isEqualTo(expected);
            if (seen + bans > 0) {
                assertThat(ledger.totals()).containsEntry(JAIL, new Totals(seen, bans, expected.size()));
            }
        }
        assertThat(seen).isGreaterThan(200);
    }

    @Test
    void commit_undone_leavesTheNextOneToCountRight() throws LedgerException {
        Failure failure = failure(A, NOW);
        ledger.commit(new Batch().failure(failure));
        ledger.close();
        Bounds narrow = new Bounds(1_000, 1_000, 10, 128 << 10, Bounds.DEFAULT.patience());
        ledger = Samples.open(directory.resolve("ledger.sqlite3"), narrow);
        Batch tooLarge = new Batch().forgiven(JAIL, network(A));
        for (int i = 0; i < 1_000; i++) {
            tooLarge.failure(failure("192.0.2.1", NOW, "x".repeat(900)));
        }

        assertThat(catchThrowable(() -> ledger.commit(tooLarge))).isInstanceOf(LedgerException.class);
        ledger.commit(new Batch()
                .failure(new Failure(JAIL, network(A), address(A), NOW, 1, "", ""))
                .ban(ban(A, NOW)));

        assertThat(ledger.evidence(ledger.active(NOW).getFirst().id())).hasSize(2);
        assertThat(ledger.totals()).containsEntry(JAIL, new Totals(2, 1, 0));
    }
}
