package bailiff.ledger;

import static bailiff.ledger.Samples.JAIL;
import static bailiff.ledger.Samples.NOW;
import static bailiff.ledger.Samples.address;
import static bailiff.ledger.Samples.network;
import static bailiff.ledger.Samples.success;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuccessesTest extends LedgerTests {

    @Test
    void commit_successAgain_keepsTheLastOfEachAccountAndSource() throws LedgerException {
        Instant later = NOW.plusSeconds(60);
        ledger.commit(new Batch()
                .success(success(A, "anna", later))
                .success(success(A, "anna", NOW))
                .success(success(A, "bert", NOW))
                .success(success("203.0.113.10", "anna", NOW)));

        assertThat(ledger.successes(address(A), 10))
                .containsExactly(success(A, "anna", later), success(A, "bert", NOW));
        assertThat(all()).hasSize(3);
    }

    @Test
    void commit_successThatForgave_remembersWhen() throws LedgerException {
        ledger.commit(new Batch()
                .success(new Success(JAIL, network(A), "blog", "anna", NOW, Optional.of(NOW)))
                .success(success(A, "anna", NOW.plusSeconds(60))));

        assertThat(ledger.successes(address(A), 1))
                .containsExactly(new Success(JAIL, network(A), "blog", "anna", NOW.plusSeconds(60), Optional.of(NOW)));
    }

    @Test
    void successes_addressInsideANetwork_areTheNetworks() throws LedgerException {
        ledger.commit(new Batch().success(success("2001:db8:1:2::/64", "anna", NOW)));

        assertThat(ledger.successes(address("2001:db8:1:2::99"), 10)).hasSize(1);
        assertThat(ledger.successes(address("2001:db8:1:3::99"), 10)).isEmpty();
    }

    @Test
    void forgetSuccesses_oldOnes_areGone() throws LedgerException {
        Instant old = NOW.minus(Duration.ofDays(31));
        Batch batch = new Batch();
        for (int i = 0; i < 250; i++) {
            batch.success(success(A, "user" + i, old));
        }
        ledger.commit(batch.success(success(A, "anna", NOW)));

        assertThat(ledger.forgetSuccesses(JAIL, NOW.minus(Duration.ofDays(30)))).isEqualTo(250);
        assertThat(all()).containsExactly(success(A, "anna", NOW));
    }

    @Test
    void commit_hostileNames_areCut() throws LedgerException {
        ledger.commit(new Batch().success(success(A, "x".repeat(100_000), NOW)));

        assertThat(all().getFirst().account()).hasSize(200);
    }

    private List<Success> all() throws LedgerException {
        List<Success> all = new ArrayList<>();
        ledger.successes(JAIL, all::add);
        return all;
    }
}
