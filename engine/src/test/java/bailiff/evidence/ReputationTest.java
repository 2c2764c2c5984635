package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReputationTest {

    private static final Instant T = Instant.parse("2026-11-20T10:00:00Z");
    private static final Cidr OWNER = source("198.51.100.7");
    private static final int BOTS = 300;

    private Reputation reputation = new Reputation(42);
    private Instant now = T;

    @Test
    void suspicion_botnetsSecondWave_isRefusedAtTheFirstAttemptOfEach() {
        assertThat(wave("admin", true, Duration.ofMillis(30)))
                .as("nobody is known in the first wave")
                .isZero();

        assertThat(wave("admin", true, Duration.ofMillis(30))).isEqualTo(BOTS);
    }

    @Test
    void suspicion_wavesDaysApart_areRefusedEachTime() {
        wave("admin", true, Duration.ofSeconds(20));
        for (int day = 0; day < 3; day++) {
            now = now.plus(Duration.ofDays(1));
            assertThat(wave("admin", true, Duration.ofSeconds(20))).isEqualTo(BOTS);
        }
    }

    @Test
    void suspicion_botnetOfUnknownNames_isKnownWhateverNameItTries() {
        for (int bot = 0; bot < BOTS; bot++) {
            fail(bot(bot), "name" + bot, false);
        }
        now = now.plus(Duration.ofHours(2));

        for (int bot = 0; bot < BOTS; bot++) {
            assertThat(asks(bot(bot), "other" + bot, false)).isTrue();
        }
    }

    @Test
    void suspicion_slowAttack_isRefusedFromTheSecondRoundOn() {
        for (int bot = 0; bot < 40; bot++) {
            fail(bot(bot), "admin", true);
            now = now.plus(Duration.ofMinutes(31));
        }

        for (int bot = 0; bot < 40; bot++) {
            assertThat(asks(bot(bot), "admin", true)).isTrue();
            now = now.plus(Duration.ofMinutes(31));
        }
    }

    @Test
    void suspicion_ownerWhoMistypesInTheMidstOfTheAttack_isNeverRefused() {
        wave("admin", true, Duration.ofSeconds(1));
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(asks(OWNER, "admin", true)).isFalse();
            fail(OWNER, "admin", true);
            for (int bot = 0; bot < 15; bot++) {
                now = now.plusSeconds(1);
                fail(bot(1_000 + 15 * attempt + bot), "admin", true);
            }
        }

        assertThat(asks(OWNER, "admin", true)).isFalse();
    }

    @Test
    void suspicion_ownerWhoComesBackAfterAPause_isRefusedOnceAndGetsThroughWhenHeTriesAgain() {
        wave("admin", true, Duration.ofSeconds(1));
        fail(OWNER, "admin", true);
        now = now.plus(Duration.ofHours(3));

        assertThat(asks(OWNER, "admin", true)).isTrue();
        now = now.plusSeconds(8);
        assertThat(asks(OWNER, "admin", true)).isFalse();
    }

    @Test
    void suspicion_sameRequestAsksTwice_isToldTheSame() {
        wave("admin", true, Duration.ofSeconds(1));
        now = now.plus(Duration.ofHours(3));

        assertThat(asks(bot(7), "admin", true)).isTrue();
        assertThat(asks(bot(7), "admin", true)).isTrue();
    }

    @Test
    void suspicion_refusalThatIsReported_countsOnce() {
        wave("admin", true, Duration.ofSeconds(1));
        now = now.plus(Duration.ofHours(3));
        assertThat(asks(OWNER, "admin", true)).isFalse();

        for (int bot = 0; bot < 15; bot++) {
            assertThat(asks(bot(bot), "admin", true)).isTrue();
            fail(bot(bot), "admin", true);
        }
        now = now.plusSeconds(5);

        assertThat(asks(bot(0), "admin", true)).as("15 others, not 30").isFalse();
    }

    @Test
    void suspicion_whoHasLoggedInBefore_isNeverRefused() {
        reputation.success(OWNER, "blog", "editor", T.minus(Duration.ofDays(29)));
        fail(OWNER, "admin", true);
        wave("admin", true, Duration.ofSeconds(1));
        now = now.plus(Duration.ofHours(3));

        assertThat(asks(OWNER, "admin", true)).isFalse();
        assertThat(reputation.hasSucceeded(OWNER, "blog", now)).isTrue();
        assertThat(reputation.hasSucceeded(OWNER, "other", now)).isFalse();
        assertThat(reputation.hasSucceeded(OWNER, "blog", now.plus(Duration.ofDays(2))))
                .isFalse();
    }

    @Test
    void suspicion_loginAfterTheFailure_makesTheAddressHonest() {
        wave("admin", true, Duration.ofSeconds(1));
        fail(OWNER, "admin", true);
        reputation.success(OWNER, "blog", "admin", now);
        now = now.plus(Duration.ofDays(3));

        assertThat(asks(OWNER, "admin", true)).isFalse();
    }

    @Test
    void suspicion_fewStrangers_areNoAttack() {
        for (int bot = 0; bot < Reputation.MOST_STRANGERS - 1; bot++) {
            fail(bot(bot), "admin", true);
        }
        now = now.plus(Duration.ofHours(3));
        assertThat(asks(bot(0), "admin", true)).isFalse();

        fail(bot(20), "admin", true);
        assertThat(asks(bot(0), "admin", true)).isTrue();
    }

    @Test
    void suspicion_manyFailuresOfFewStrangers_areNoAttack() {
        for (int i = 0; i < 500; i++) {
            fail(bot(i % 9), "admin", true);
            now = now.plusSeconds(60);
        }
        now = now.plus(Duration.ofHours(3));

        assertThat(asks(bot(0), "admin", true)).isFalse();
    }

    @Test
    void suspicion_anotherAccountOrSite_isAnotherMatter() {
        wave("admin", true, Duration.ofSeconds(1));
        now = now.plus(Duration.ofHours(3));

        assertThat(asks(bot(1), "editor", true)).isFalse();
        assertThat(reputation.suspicion(bot(1), "shop", "admin", true, now)).isEmpty();
        assertThat(asks(OWNER, "admin", true)).as("who did not take part").isFalse();
    }

    @Test
    void suspicion_attackLongOver_isForgiven() {
        wave("admin", true, Duration.ofSeconds(1));
        now = now.plus(Duration.ofDays(8));

        assertThat(asks(bot(1), "admin", true)).isFalse();
    }

    @Test
    void suspicion_saysHowMany() {
        wave("admin", true, Duration.ofSeconds(1));
        now = now.plus(Duration.ofHours(3));

        assertThat(reputation.suspicion(bot(299), "blog", "admin", true, now))
                .contains("It failed before in an attack by 300 addresses within a day on this account, and comes back"
                        + " after 3h.");
    }

    @Test
    void restored_knowsWhatWasKnown() {
        wave("admin", true, Duration.ofSeconds(1));
        reputation.success(OWNER, "blog", "admin", now);
        now = now.plus(Duration.ofHours(3));

        reputation = Reputation.restored(reputation.state()).orElseThrow();

        assertThat(asks(bot(3), "admin", true)).isTrue();
        assertThat(reputation.hasSucceeded(OWNER, "blog", now)).isTrue();
    }

    @Test
    void restored_anythingElse_isNothing() {
        wave("admin", true, Duration.ofSeconds(1));
        byte[] state = reputation.state();

        assertThat(Reputation.restored(new byte[0])).isEmpty();
        assertThat(Reputation.restored(new byte[100])).isEmpty();
        for (int length = 1; length < state.length; length += 97) {
            Reputation.restored(java.util.Arrays.copyOf(state, length));
        }
        state[20] = (byte) 0xff;
        assertThat(Reputation.restored(state)).as("numbers are believed within bounds").isNotNull();
    }

    @Test
    void failure_millionsOfStrangersAndAccounts_staysWithinBounds() {
        for (int i = 0; i < 600_000; i++) {
            fail(bot(i), "account" + i % 50_000, true);
        }
        int parts = Reputation.MOST_PARTS * Recents.BYTES;

        assertThat(reputation.state().length).isLessThan(parts + 1_000_000);
    }

    /** Each bot asks, and fails where it is let through; gives how many were refused. */
    private int wave(String account, boolean known, Duration every) {
        int refused = 0;
        for (int bot = 0; bot < BOTS; bot++) {
            now = now.plus(every);
            if (asks(bot(bot), account, known)) {
                refused++;
            } else {
                fail(bot(bot), account, known);
            }
        }
        return refused;
    }

    private void fail(Cidr source, String account, boolean known) {
        reputation.failure(source, "blog", account, known, now);
    }

    private boolean asks(Cidr source, String account, boolean known) {
        return reputation.suspicion(source, "blog", account, known, now).isPresent();
    }

    private static Cidr bot(int number) {
        return IpAddress.ofV4(0x0a00_0000 + number).alone();
    }

    private static Cidr source(String address) {
        return IpAddress.parse(address).orElseThrow().alone();
    }
}
