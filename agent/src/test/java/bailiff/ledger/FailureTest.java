package bailiff.ledger;

import static bailiff.ledger.Samples.JAIL;
import static bailiff.ledger.Samples.NOW;
import static bailiff.ledger.Samples.address;
import static bailiff.ledger.Samples.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void failure_longText_isCutWithoutHalvingACharacter() {
        String user = "u".repeat(Failure.LONGEST_USER + 1);
        String line = "x".repeat(Failure.LONGEST_LINE - 1) + "\ud83d\ude00 and more";

        Failure failure = new Failure(JAIL, network("192.0.2.1"), address("192.0.2.1"), NOW, 1, user, line);

        assertThat(failure.user()).hasSize(Failure.LONGEST_USER);
        assertThat(failure.line()).isEqualTo("x".repeat(Failure.LONGEST_LINE - 1));
    }

    @Test
    void failure_timeFinerThanMilliseconds_isCutAsTheLedgerWillGiveItBack() {
        Failure failure = Samples.failure("192.0.2.1", NOW.plusNanos(999_999));

        assertThat(failure.time()).isEqualTo(NOW);
    }

    @Test
    void failure_addressOutsideItsSubject_isAMistakeOfTheCaller() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.failureOf("2001:db8:0:1::/64", "2001:db8:0:2::1"))
                .withMessageContaining("2001:db8:0:2::1");
    }

    @Test
    void failure_noAttempts_isAMistakeOfTheCaller() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Failure(JAIL, network("192.0.2.1"), address("192.0.2.1"), NOW, 0, "", ""))
                .withMessageContaining("0");
    }
}
