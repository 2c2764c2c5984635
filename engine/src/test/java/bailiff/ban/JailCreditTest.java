package bailiff.ban;

import static bailiff.ban.Bans.T;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.evidence.Counting;
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
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JailCreditTest {

    private static final String A = "203.0.113.9";
    private static final Limits LIMITS = new Limits(3, Duration.ofHours(1), 64).crediting(true);

    private Jail jail = jail(LIMITS);

    @Test
    void see_successAfterMistakes_forgivesThem() {
        see("fail", "anna", 0);
        see("fail", "anna", 1);

        assertThat(see("good", "anna", 2))
                .isInstanceOfSatisfying(
                        Event.Credited.class,
                        success -> assertThat(success.forgave()).isTrue());
        assertThat(jail.failing()).isZero();
    }

    @Test
    void see_failuresAfterALogin_haveTwiceTheRoom() {
        see("good", "anna", 0);
        for (int i = 1; i < 6; i++) {
            assertThat(see("fail", "anna", i)).isInstanceOf(Event.Found.class);
        }

        assertThat(see("fail", "anna", 6))
                .isInstanceOfSatisfying(
                        Event.Banned.class,
                        banned -> assertThat(banned.ban().failures()).isEqualTo(6));
    }

    @Test
    void see_withoutCredit_successIsToldAndChangesNothing() {
        for (Limits limits :
                List.of(LIMITS.crediting(false), LIMITS.crediting(false).counting(Counting.RATE))) {
            jail = jail(limits);
            see("fail", "anna", 0);
            see("fail", "anna", 1);

            assertThat(see("good", "anna", 2))
                    .isInstanceOfSatisfying(
                            Event.Credited.class,
                            success -> assertThat(success.forgave()).isFalse());
            assertThat(see("fail", "anna", 3)).isInstanceOf(Event.Banned.class);
        }
    }

    @Test
    void see_sameNameOnTwoSites_areTwoAccounts() {
        see("good", "anna", 0);
        jail.see(LogLine.of("good 1 anna shop"), T, false);

        assertThat(jail.accounts(Bans.network(A), T)).isEqualTo(2);
    }

    @Test
    void see_successOfSomebodyWhoIsBanned_doesNotEndTheBan() {
        for (int i = 0; i < 3; i++) {
            see("fail", "anna", i);
        }

        assertThat(see("good", "anna", 4)).isInstanceOf(Event.Credited.class);
        assertThat(jail.bans()).hasSize(1);
        assertThat(see("fail", "anna", 5)).isInstanceOf(Event.StillBanned.class);
    }

    @Test
    void see_successOfSomebodyWhoIsSpared_isTold() {
        jail.spare(new CidrSet(List.of(Bans.network(A))));

        assertThat(see("good", "anna", 0)).isInstanceOf(Event.Credited.class);
    }

    @Test
    void recallSuccess_givesTheCreditBack() {
        jail.recallSuccess(Bans.network(A), "blog anna", T, Optional.empty());
        for (int i = 1; i < 6; i++) {
            assertThat(see("fail", "anna", i)).isInstanceOf(Event.Found.class);
        }
        assertThat(see("fail", "anna", 6)).isInstanceOf(Event.Banned.class);
    }

    private Event see(String what, String user, int second) {
        return jail.see(LogLine.of(what + " " + second + " " + user + " blog"), T, false);
    }

    private static Jail jail(Limits limits) {
        Sentencing sentencing = new Sentencing(
                new Bantime(Duration.ofMinutes(10)), Increment.NONE, new Remembered(), new SplittableRandom(0));
        return new Jail("web", JailCreditTest::read, limits, sentencing, Room.alone(11));
    }

    /** Reads {@code fail SECONDS USER SITE}, or {@code good} in place of {@code fail}. */
    private static Outcome read(LogLine line, Instant now) {
        String[] words = line.text().split(" ", 4);
        Instant time = T.plusSeconds(Long.parseLong(words[1]));
        Sighting sighting = new Sighting(time, A, 0, 1, Map.of("user", words[2], "site", words[3]));
        return words[0].equals("good") ? new Outcome.Credited(sighting) : new Outcome.Matched(sighting);
    }
}
