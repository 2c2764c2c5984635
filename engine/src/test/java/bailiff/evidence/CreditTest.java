package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in jail's limits, with people and attackers behind one address. */
class CreditTest {

    private static final Instant T = Instant.parse("2026-11-16T00:00:00Z");
    private static final Cidr OFFICE = IpAddress.parse("203.0.113.9").orElseThrow().alone();
    private static final int MAXRETRY = 7;
    private static final Limits LIMITS = new Limits(MAXRETRY, Duration.ofHours(1), 64).crediting(true);

    private final AddressEvidence evidence = new AddressEvidence(LIMITS, Room.alone(11));

    private record Moment(Instant time, Runnable deed) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void record_officeOfThirtyBehindOneAddress_isNeverBanned(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Verdict.Ban> bans = new ArrayList<>();
        for (int day = 0; day < 10; day++) {
            List<Moment> moments = new ArrayList<>();
            for (int person = 0; person < 30; person++) {
                Instant time = T.plus(Duration.ofDays(day)).plusSeconds(8 * 3_600 + random.nextInt(3_600));
                int mistakes = random.nextInt(5) == 0 ? 1 + random.nextInt(2) : 0;
                int weight = random.nextInt(4) == 0 ? 2 : 1;
                for (int mistake = 0; mistake < mistakes; mistake++) {
                    Instant wrong = time;
                    moments.add(new Moment(wrong, () -> ban(wrong, weight).ifPresent(bans::add)));
                    time = time.plusSeconds(5 + random.nextInt(30));
                }
                Instant right = time;
                String account = "person" + person;
                moments.add(new Moment(right, () -> evidence.succeed(OFFICE, account, right)));
            }
            moments.sort(Comparator.comparing(Moment::time));
            moments.forEach(moment -> moment.deed().run());
        }

        assertThat(bans).isEmpty();
    }

    @Test
    void record_withoutCredit_thatOfficeWouldHaveBeenBanned() {
        AddressEvidence strict = new AddressEvidence(LIMITS.crediting(false), Room.alone(11));
        boolean banned = false;
        for (int failure = 0; failure < MAXRETRY; failure++) {
            strict.succeed(OFFICE, "person" + failure, T.plusSeconds(failure));
            banned |= strict.record(OFFICE, T.plusSeconds(failure), 1) instanceof Verdict.Ban;
        }

        assertThat(banned).isTrue();
    }

    @Test
    void record_attackerWhoLogsInBetweenGuesses_isBannedWithTheTwentyFirst() {
        int guesses = 0;
        Optional<Verdict.Ban> ban = Optional.empty();
        while (ban.isEmpty()) {
            guesses++;
            evidence.succeed(OFFICE, "subscriber", T.plusSeconds(2L * guesses));
            ban = ban(T.plusSeconds(2L * guesses + 1), 1);
            assertThat(guesses).isLessThan(100);
        }

        assertThat(guesses).isLessThanOrEqualTo(3 * MAXRETRY);
    }

    @Test
    void record_attackerWhoLogsInWhenItPaysMost_isBannedWithTheTwentyFirst() {
        int guesses = guessesUntilBan(guess -> {
            if (guess == 0 || guess == MAXRETRY) {
                evidence.succeed(OFFICE, "subscriber", T.plusSeconds(guess));
            }
        });

        assertThat(guesses).isEqualTo(3 * MAXRETRY);
    }

    @Test
    void record_attackerWithAHundredAccounts_isBannedAllTheSame() {
        int[] account = {0};
        int guesses = guessesUntilBan(guess -> {
            if (guess % MAXRETRY == 0) {
                evidence.succeed(OFFICE, "subscriber" + account[0]++ % 100, T.plusSeconds(guess));
            }
        });

        assertThat(guesses).isLessThanOrEqualTo(21 * MAXRETRY);
    }

    @Test
    void record_afterAMonthWithoutALogin_theLimitIsTheUsualOne() {
        evidence.succeed(OFFICE, "anna", T);
        assertThat(evidence.accounts(OFFICE, T.plus(Duration.ofDays(30)))).isOne();
        assertThat(evidence.accounts(OFFICE, T.plus(Duration.ofDays(31)))).isZero();

        int failures = 0;
        while (ban(T.plus(Duration.ofDays(31)).plusSeconds(failures), 1).isEmpty()) {
            failures++;
        }

        assertThat(failures).isEqualTo(MAXRETRY - 1);
    }

    @Test
    void record_banOfACreditedSource_saysItsLimit() {
        evidence.succeed(OFFICE, "anna", T);
        Optional<Verdict.Ban> ban = Optional.empty();
        for (int i = 0; ban.isEmpty(); i++) {
            ban = ban(T.plusSeconds(i), 1);
        }

        assertThat(ban.get().reason()).isEqualTo("14 failures within 13s (maxretry 14, findtime 1h)");
    }

    @Test
    void succeed_forgivesOnceAnHourForEachAccount() {
        ban(T, 3);
        assertThat(evidence.succeed(OFFICE, "anna", T.plusSeconds(1))).isTrue();
        ban(T.plusSeconds(2), 3);
        assertThat(evidence.succeed(OFFICE, "anna", T.plusSeconds(3))).isFalse();
        assertThat(evidence.succeed(OFFICE, "bert", T.plusSeconds(4))).isTrue();
        ban(T.plusSeconds(3_000), 3);
        assertThat(evidence.succeed(OFFICE, "anna", T.plusSeconds(3_700))).isTrue();
        assertThat(evidence.failing()).isZero();
    }

    @Test
    void restoreSuccess_knowsTheCreditAndWhenItForgave() {
        AddressEvidence again = new AddressEvidence(LIMITS, Room.alone(12));
        again.restoreSuccess(OFFICE, "anna", T, Optional.of(T));
        again.restore(OFFICE, T.plusSeconds(1), 5);

        assertThat(again.accounts(OFFICE, T)).isOne();
        assertThat(again.succeed(OFFICE, "anna", T.plusSeconds(2))).isFalse();
    }

    @Test
    void succeed_fromMoreSourcesThanFit_forgetsThoseThatCameOnce() {
        Credit credit = new Credit(7, 1_000);
        for (int day = 0; day < 5; day++) {
            credit.succeed(OFFICE, "anna", T.plus(Duration.ofDays(day)));
        }
        for (int i = 0; i < 100_000; i++) {
            credit.succeed(IpAddress.ofV4(0x0a00_0000 + i).alone(), "subscriber", T.plus(Duration.ofDays(6)));
        }

        assertThat(credit.size()).isEqualTo(1_000);
        assertThat(credit.room(OFFICE, T.plus(Duration.ofDays(6)))).isEqualTo(2);
    }

    private int guessesUntilBan(IntConsumer before) {
        for (int guess = 0; guess < 1_000; guess++) {
            before.accept(guess);
            if (ban(T.plusSeconds(guess), 1).isPresent()) {
                return guess + 1;
            }
        }
        throw new AssertionError("never banned");
    }

    private Optional<Verdict.Ban> ban(Instant time, int attempts) {
        return evidence.record(OFFICE, time, attempts) instanceof Verdict.Ban ban ? Optional.of(ban) : Optional.empty();
    }
}
