package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateCounterTest {

    private static final Instant T = Instant.parse("2026-04-09T04:00:00Z");
    private static final Cidr A = Cidr.parse("192.0.2.1").orElseThrow();

    private final AddressEvidence evidence = new AddressEvidence(limits(5, Counting.RATE_OF_BACKLOG), Room.alone(11));

    @Test
    void record_failureJustAfterFindtime_scalesByRateAndBans() {
        fail(0, 0, 0, 0);

        assertThat(fail(601)).isInstanceOf(Verdict.Ban.class);
    }

    @Test
    void record_laterFailures_countLessTheLaterTheyCome() {
        fail(0, 0, 0, 0);
        assertThat(fail(900)).extracting(Verdict::failures).isEqualTo(4);

        evidence.forget(A);
        fail(0, 0, 0, 0);
        assertThat(fail(1_200)).extracting(Verdict::failures).isEqualTo(3);
    }

    @Test
    void record_steadyFailures_settleWhereFail2bansCounterDoes() {
        AddressEvidence steady = new AddressEvidence(limits(100, Counting.RATE), Room.alone(11));

        assertThat(settled(steady, 130)).isEqualTo(6);
        steady.forget(A);
        assertThat(settled(steady, 150)).isEqualTo(5);
    }

    @Test
    void record_silentForFindtime_isForgottenWhereFail2banCleansUp() {
        AddressEvidence cleaned = new AddressEvidence(limits(5, Counting.RATE), Room.alone(11));
        for (int i = 0; i < 4; i++) {
            cleaned.record(A, T, 1);
        }

        assertThat(cleaned.record(A, T.plusSeconds(600), 1).failures()).isOne();
    }

    @Test
    void record_failureThatComesLate_countsAndMovesNoTime() {
        fail(0, 100, 200, 300);

        Verdict verdict = fail(50);

        assertThat(verdict)
                .isEqualTo(new Verdict.Ban(
                        A,
                        T.plusSeconds(300),
                        5,
                        "5 failures, counted as 5 by fail2ban's rate (maxretry 5, findtime 10m)"));
    }

    @Test
    void record_knownOffender_reachesMaxretrySooner() {
        evidence.record(A, T, 3);

        assertThat(evidence.record(A, T.plusSeconds(1), 3))
                .isEqualTo(new Verdict.Ban(
                        A,
                        T.plusSeconds(1),
                        4,
                        "4 failures, counted as 6 by fail2ban's rate (maxretry 5, findtime 10m)"));
    }

    @Test
    void restore_countOfAnEarlierRun_goesOnAsIfNothingHadHappened() {
        SplittableRandom random = new SplittableRandom(7);
        AddressEvidence whole = new AddressEvidence(limits(9, Counting.RATE), Room.alone(11));
        AddressEvidence interrupted = new AddressEvidence(limits(9, Counting.RATE), Room.alone(11));
        Instant time = T;
        for (int i = 0; i < 2_000; i++) {
            time = time.plusMillis(random.nextInt(200_000));
            assertThat(interrupted.record(A, time, 1)).isEqualTo(whole.record(A, time, 1));
            AddressEvidence next = new AddressEvidence(limits(9, Counting.RATE), Room.alone(11));
            interrupted.countOf(A).ifPresent(count -> next.restore(A, count));
            interrupted = next;
        }
    }

    @Test
    void forgetBefore_silentSource_goes() {
        fail(0);

        evidence.forgetBefore(T.minusSeconds(1));
        assertThat(evidence.failing()).isOne();
        evidence.forgetBefore(T);

        assertThat(evidence.failing()).isZero();
    }

    private static int settled(AddressEvidence evidence, int every) {
        int failures = 0;
        for (int i = 0; i < 100; i++) {
            failures = evidence.record(A, T.plusSeconds((long) i * every), 1).failures();
        }
        return failures;
    }

    private static Limits limits(int maxretry, Counting counting) {
        return new Limits(maxretry, Duration.ofMinutes(10), 128, counting);
    }

    private Verdict fail(int... seconds) {
        Verdict verdict = new Verdict.Nothing(A, 0);
        for (int second : seconds) {
            verdict = evidence.record(A, T.plusSeconds(second), 1);
        }
        return verdict;
    }
}
