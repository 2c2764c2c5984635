package bailiff.ban;

import static bailiff.ban.Bans.T;
import static bailiff.ban.Bans.ban;
import static bailiff.ban.Bans.network;
import static bailiff.ban.Bans.until;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.evidence.Limits;
import bailiff.evidence.Room;
import bailiff.filter.Outcome;
import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import bailiff.net.CidrSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JailTest {

    private static final Bantime TEN_MINUTES = new Bantime(Duration.ofMinutes(10));

    private final Jail jail = jail(TEN_MINUTES);

    @Test
    void see_failuresBelowMaxretry_areFoundAndCounted() {
        assertThat(fail("192.0.2.1", 0)).isInstanceOfSatisfying(Event.Found.class, found -> {
            assertThat(found.failures()).isOne();
            assertThat(found.source()).isEqualTo(network("192.0.2.1"));
        });
        assertThat(fail("192.0.2.1", 1))
                .isInstanceOfSatisfying(
                        Event.Found.class, found -> assertThat(found.failures()).isEqualTo(2));
        assertThat(jail.failing()).isOne();
        assertThat(jail.bans()).isEmpty();
    }

    @Test
    void see_thirdFailure_bansFromTheLogsTime() {
        fail("192.0.2.1", 0);
        fail("192.0.2.1", 1);

        Event event = fail("192.0.2.1", 2);

        Ban expected = new Ban(
                "web",
                network("192.0.2.1"),
                T.plusSeconds(2),
                T.plusSeconds(602),
                1,
                3,
                Ban.BY_ADDRESS,
                "3 failures within 2s (maxretry 3, findtime 1h)");
        assertThat(event)
                .isInstanceOfSatisfying(
                        Event.Banned.class, banned -> assertThat(banned.ban()).isEqualTo(expected));
        assertThat(jail.bans()).containsExactly(expected);
        assertThat(jail.failing()).isZero();
    }

    @Test
    void see_thirdFailureOfALiveLog_bansFromNowWhateverTheLogsClockSays() {
        Instant now = T.plus(Duration.ofHours(7));
        jail.see(line("192.0.2.1", 0), now, true);
        jail.see(line("192.0.2.1", 1), now, true);
        jail.see(line("192.0.2.1", 2), now, true);

        assertThat(jail.bans()).singleElement().satisfies(ban -> {
            assertThat(ban.since()).isEqualTo(now);
            assertThat(ban.until()).isEqualTo(now.plusSeconds(600));
        });
    }

    @Test
    void see_bannedAddress_isStillBannedAndNotCounted() {
        jail.hold(ban("192.0.2.1", 600));

        assertThat(fail("192.0.2.1", 599)).isInstanceOf(Event.StillBanned.class);
        assertThat(jail.failing()).isZero();
        assertThat(fail("192.0.2.1", 600)).isInstanceOf(Event.Found.class);
    }

    @Test
    void see_addressInsideABannedNetwork_isStillBanned() {
        jail.hold(ban("192.0.2.0/24", 600));

        assertThat(fail("192.0.2.77", 1)).isInstanceOf(Event.StillBanned.class);
        assertThat(fail("192.0.3.77", 1)).isInstanceOf(Event.Found.class);
    }

    @Test
    void see_addressThatMustNotBeBanned_isSparedHoweverOftenItFails() {
        jail.spare(new CidrSet(List.of(network("192.0.2.0/28"))));

        for (int i = 0; i < 10; i++) {
            assertThat(fail("192.0.2.1", i)).isInstanceOf(Event.Spared.class);
        }
        assertThat(jail.failing()).isZero();
    }

    @Test
    void see_ipv6Network_isBannedAsOne() {
        fail("2001:db8:0:7::1", 0);
        fail("2001:db8:0:7::2", 1);

        assertThat(fail("2001:db8:0:7::3", 2))
                .isInstanceOfSatisfying(
                        Event.Banned.class,
                        banned -> assertThat(banned.ban().subject()).isEqualTo(network("2001:db8:0:7::/64")));
        assertThat(fail("2001:db8:0:7::4", 3)).isInstanceOf(Event.StillBanned.class);
    }

    @Test
    void see_ipv6NetworkThatHoldsSomebodyToSpare_bansTheOneAddressOnly() {
        jail.spare(new CidrSet(List.of(network("2001:db8:0:7::53"))));
        fail("2001:db8:0:7::1", 0);
        fail("2001:db8:0:7::1", 1);

        assertThat(fail("2001:db8:0:7::1", 2))
                .isInstanceOfSatisfying(
                        Event.Banned.class,
                        banned -> assertThat(banned.ban().subject()).isEqualTo(network("2001:db8:0:7::1")));
        assertThat(fail("2001:db8:0:7::53", 3)).isInstanceOf(Event.Spared.class);
        assertThat(fail("2001:db8:0:7::2", 4)).isInstanceOf(Event.Found.class);
    }

    @Test
    void see_neighboursOfSomebodyToSpare_answerEachForThemselves() {
        jail.spare(new CidrSet(List.of(network("2001:db8:0:7::53"))));

        assertThat(fail("2001:db8:0:7::1", 0)).isInstanceOf(Event.Found.class);
        assertThat(fail("2001:db8:0:7::2", 1)).isInstanceOf(Event.Found.class);
        assertThat(fail("2001:db8:0:7::3", 2)).isInstanceOf(Event.Found.class);
        assertThat(fail("2001:db8:0:7::4", 3)).isInstanceOf(Event.Found.class);
    }

    @Test
    void see_subjectBannedBefore_saysTheHowManiethTimeItIs() {
        Jail known = new Jail("web", JailTest::read, limits(), sentencing(TEN_MINUTES, 4), Room.alone(11));
        known.see(line("192.0.2.1", 0), T, false);
        known.see(line("192.0.2.1", 0), T, false);
        known.see(line("192.0.2.1", 0), T, false);

        assertThat(known.bans()).singleElement().extracting(Ban::bancount).isEqualTo(5);
    }

    @Test
    void see_lineThatNamesAHost_isDoubted() {
        assertThat(jail.see(LogLine.of("fail 0 attacker.example"), T, false))
                .isInstanceOfSatisfying(
                        Event.Doubted.class,
                        doubted -> assertThat(doubted.reason()).doesNotContain("attacker"));
    }

    @Test
    void see_lineThatCallsAHostByName_countsWhenItsAddressIsBlamed() {
        Sighting sighting = new Sighting(T, "attacker.example", 0, 3, Map.of("dns", "attacker.example"));
        Jail named = new Jail(
                "web", (_, _) -> new Outcome.Matched(sighting), limits(), sentencing(TEN_MINUTES, 0), Room.alone(11));

        assertThat(named.see(LogLine.of("any"), T, false)).isEqualTo(new Event.Named(sighting));
        assertThat(named.failing()).isZero();

        assertThat(named.blame(sighting, network("192.0.2.1").first(), T, false))
                .isInstanceOf(Event.Banned.class);
    }

    @Test
    void see_excuse_decidesWhetherAFailureCounts() {
        jail.excuse((_, address) -> switch (address.toString()) {
            case "192.0.2.1" -> Excuse.Answer.YES;
            case "192.0.2.2" -> Excuse.Answer.UNKNOWN;
            default -> Excuse.Answer.NO;
        });

        assertThat(fail("192.0.2.1", 0)).isInstanceOf(Event.Spared.class);
        assertThat(fail("192.0.2.2", 0)).isInstanceOf(Event.Doubted.class);
        assertThat(jail.failing()).isZero();
        assertThat(fail("192.0.2.3", 0)).isInstanceOf(Event.Found.class);
    }

    @Test
    void see_excuse_isNotAskedAboutWhoIsSparedOrBanned() {
        jail.spare(new CidrSet(List.of(network("192.0.2.9"))));
        jail.hold(ban("192.0.2.1", 600));
        jail.excuse((_, address) -> {
            throw new AssertionError("asked about " + address);
        });

        assertThat(fail("192.0.2.9", 0)).isInstanceOf(Event.Spared.class);
        assertThat(fail("192.0.2.1", 0)).isInstanceOf(Event.StillBanned.class);
    }

    @Test
    void see_excusedDoubtfulAndOtherLines_countAgainstNobody() {
        assertThat(jail.see(LogLine.of("excused 0 192.0.2.1"), T, false)).isInstanceOf(Event.Ignored.class);
        assertThat(jail.see(LogLine.of("doubtful 0 192.0.2.1"), T, false)).isInstanceOf(Event.Doubted.class);
        assertThat(jail.see(LogLine.of("hello"), T, false)).isEqualTo(Event.NOTHING);
        assertThat(jail.failing()).isZero();
    }

    @Test
    void hold_addressWithFailures_forgetsThem() {
        fail("192.0.2.1", 0);
        fail("192.0.2.2", 0);

        jail.hold(ban("192.0.2.1", 600));

        assertThat(jail.failing()).isOne();
        assertThat(jail.bans()).containsExactly(ban("192.0.2.1", 600));
    }

    @Test
    void recall_failuresOfAnEarlierRun_countWithTheNextOne() {
        jail.recall(network("192.0.2.1"), T, 1);
        jail.recall(network("192.0.2.1"), T.plusSeconds(1), 1);

        assertThat(fail("192.0.2.1", 2)).isInstanceOf(Event.Banned.class);
    }

    @Test
    void release_bannedSubject_endsTheBanAndBeginsAnew() {
        jail.hold(ban("192.0.2.1", 600));
        fail("192.0.2.2", 0);

        assertThat(jail.release(network("192.0.2.1"))).contains(ban("192.0.2.1", 600));
        assertThat(fail("192.0.2.1", 1))
                .isInstanceOfSatisfying(
                        Event.Found.class, found -> assertThat(found.failures()).isOne());
        assertThat(jail.release(network("192.0.2.9"))).isEmpty();
    }

    @Test
    void release_subjectWithoutABan_forgetsItsFailures() {
        fail("192.0.2.1", 0);

        assertThat(jail.release(network("192.0.2.0/24"))).isEmpty();
        assertThat(jail.failing()).isZero();
    }

    @Test
    void expireUntil_bansThatAreOver_goAndTheOthersStay() {
        jail.hold(ban("192.0.2.1", 60));
        jail.hold(until("192.0.2.2", Instant.MAX));

        assertThat(jail.expireUntil(T.plusSeconds(59))).isEmpty();
        assertThat(jail.nextEnd()).isEqualTo(T.plusSeconds(60));
        assertThat(jail.expireUntil(T.plusSeconds(60))).containsExactly(ban("192.0.2.1", 60));
        assertThat(jail.nextEnd()).isEqualTo(Instant.MAX);
    }

    @Test
    void forget_failuresOlderThanFindtime_go() {
        fail("192.0.2.1", 0);
        fail("192.0.2.2", 3_000);

        jail.forget(T.plus(Duration.ofMinutes(70)));

        assertThat(jail.failing()).isOne();
    }

    @Test
    void from_laterStart_movesTheEndAlong() {
        Ban moved = ban("192.0.2.1", 60).from(T.minusSeconds(3_600));

        assertThat(moved.since()).isEqualTo(T.minusSeconds(3_600));
        assertThat(moved.until()).isEqualTo(T.minusSeconds(3_540));
        assertThat(until("192.0.2.1", Instant.MAX).from(T.plusSeconds(5)).isForEver())
                .isTrue();
    }

    private static Jail jail(Bantime bantime) {
        return new Jail("web", JailTest::read, limits(), sentencing(bantime, 0), Room.alone(11));
    }

    private static Sentencing sentencing(Bantime bantime, int bansBefore) {
        Remembered past = new Remembered();
        past.bans = bansBefore;
        return new Sentencing(bantime, Increment.NONE, past, new SplittableRandom(0));
    }

    private static Limits limits() {
        return new Limits(3, Duration.ofHours(1), 64);
    }

    /** Reads {@code fail SECONDS HOST}, and {@code excused} or {@code doubtful} in place of {@code fail}. */
    private static Outcome read(LogLine line, Instant now) {
        String[] words = line.text().split(" ", 3);
        if (words.length < 3) {
            return Outcome.UNMATCHED;
        }
        Sighting sighting = new Sighting(T.plusSeconds(Long.parseLong(words[1])), words[2], 0, 1, Map.of());
        return switch (words[0]) {
            case "fail" -> new Outcome.Matched(sighting);
            case "excused" -> new Outcome.Ignored(sighting);
            default -> new Outcome.Doubtful("It cannot be believed.");
        };
    }

    private static LogLine line(String host, int second) {
        return LogLine.of("fail " + second + " " + host);
    }

    private Event fail(String host, int second) {
        return jail.see(line(host, second), T, false);
    }
}
