package bailiff.shield;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShieldTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String LOGIN = "ip=203.0.113.9 door=login site=blog user=admin known=1 key=1234";

    /** Speaks against one account, and for those who come by REST. */
    private static final Opinion SUSPICIOUS = new Opinion() {
        @Override
        public Optional<Objection> against(Question question, Instant now) {
            return question.user().equals("admin")
                    ? Optional.of(new Objection(Answer.Reason.RETURNING, "one of 40 that tried admin"))
                    : Optional.empty();
        }

        @Override
        public boolean hasSucceeded(Question question, Instant now) {
            return question.door() == Question.Door.REST;
        }
    };

    private final Fixed fixed = new Fixed();
    private final Shield shield = fixed.shield();

    private static String ask(Shield shield, String words) {
        return shield.ask(Fixed.question(words)).line();
    }

    @Test
    void ask_stranger_proceeds() {
        assertThat(ask(shield, LOGIN)).isEqualTo("proceed");
    }

    @Test
    void ask_banned_isRefusedUntilTheEnd() {
        fixed.ban(ATTACKER, Duration.ofMinutes(10));

        assertThat(ask(shield, LOGIN)).isEqualTo("refuse banned 600");
        fixed.pass(Duration.ofMillis(599_500));
        assertThat(ask(shield, LOGIN)).isEqualTo("refuse banned 1");
        fixed.pass(Duration.ofMillis(500));
        assertThat(ask(shield, LOGIN)).isEqualTo("proceed");
    }

    @Test
    void ask_addressInABannedNetwork_isRefused() {
        fixed.ban("2001:db8:1:2::/64", Duration.ofMinutes(1));

        assertThat(ask(shield, "ip=2001:db8:1:2:3::4 door=any")).isEqualTo("refuse banned 60");
        assertThat(ask(shield, "ip=2001:db8:1:3::4 door=any")).isEqualTo("proceed");
    }

    @Test
    void ask_bannedButOnTheOwnersBrowser_proceeds() {
        fixed.ban(ATTACKER, Duration.ofMinutes(10));

        assertThat(ask(shield, LOGIN + " device=1")).isEqualTo("proceed");
    }

    @Test
    void ask_whoMustNeverBeBanned_proceedsWhateverHeDoes() {
        fixed.spared.add(Fixed.ip(ATTACKER));
        fixed.ban("203.0.113.0/24", Duration.ofMinutes(10));

        assertThat(ask(fixed.shield(SUSPICIOUS, false), LOGIN + " logins=500")).isEqualTo("proceed");
    }

    @Test
    void ask_severalLoginsOrPingbacks_areRefusedBeyondTheLimit() {
        shield.allowLogins(2);

        assertThat(ask(shield, "ip=203.0.113.9 logins=2")).isEqualTo("proceed");
        assertThat(ask(shield, "ip=203.0.113.9 logins=3")).isEqualTo("refuse multicall 60");
        assertThat(ask(shield, "ip=203.0.113.9 door=pingback pings=40 logins=0"))
                .isEqualTo("refuse multicall 60");
    }

    @Test
    void ask_severalLoginsOfSomebodyWhoHasLoggedInBefore_proceeds() {
        assertThat(ask(fixed.shield(SUSPICIOUS, false), "ip=203.0.113.9 door=rest logins=9"))
                .isEqualTo("proceed");
    }

    @Test
    void ask_opinionAgainst_isRefusedAndTold() {
        Shield suspicious = fixed.shield(SUSPICIOUS, false);

        assertThat(ask(suspicious, LOGIN)).isEqualTo("refuse returning 600");
        assertThat(suspicious.refusal(Fixed.ip(ATTACKER)))
                .contains(new Refusal(
                        1, Fixed.NOON, Question.Door.LOGIN, Answer.Reason.RETURNING, "one of 40 that tried admin"));
        assertThat(suspicious.refusal(Fixed.ip("203.0.113.8"))).isEmpty();
    }

    @Test
    void ask_observing_countsAndRefusesNobody() {
        fixed.ban(ATTACKER, Duration.ofMinutes(10));
        Shield observing = fixed.shield(Opinion.NONE, true);

        assertThat(ask(observing, LOGIN)).isEqualTo("count banned 600");
        assertThat(observing.tally()).isEqualTo(new Tally(1, 1, 0, 0));
    }

    @Test
    void ask_samePasswordAgain_isARepeat() {
        ask(shield, LOGIN);

        assertThat(ask(shield, LOGIN)).isEqualTo("proceed repeat");
        assertThat(ask(shield, LOGIN.replace("1234", "1235"))).isEqualTo("proceed");
        assertThat(ask(shield, LOGIN.replace("admin", "editor"))).isEqualTo("proceed");
        assertThat(ask(shield, LOGIN.replace("blog", "shop"))).isEqualTo("proceed");
        assertThat(ask(shield, LOGIN.replace(ATTACKER, "203.0.113.8"))).isEqualTo("proceed");
        assertThat(ask(shield, "ip=203.0.113.9 key=- user=admin")).isEqualTo("proceed");
        assertThat(ask(shield, "ip=203.0.113.9 key=- user=admin")).isEqualTo("proceed");
    }

    @Test
    void ask_samePasswordOfACustomersNextAddress_isARepeat() {
        ask(shield, LOGIN.replace(ATTACKER, "2001:db8:1:2::a"));

        assertThat(ask(shield, LOGIN.replace(ATTACKER, "2001:db8:1:2:9::b"))).isEqualTo("proceed repeat");
        assertThat(ask(shield, LOGIN.replace(ATTACKER, "2001:db8:1:3::a"))).isEqualTo("proceed");
    }

    @Test
    void ask_samePasswordAfterADay_isNone() {
        ask(shield, LOGIN);
        fixed.pass(Repeats.MEMORY);

        assertThat(ask(shield, LOGIN)).isEqualTo("proceed");
    }

    @Test
    void ask_manyRepeats_areGrantedTwentyInAnHour() {
        ask(shield, LOGIN);
        for (int i = 0; i < Repeats.MOST_IN_AN_HOUR; i++) {
            assertThat(ask(shield, LOGIN)).isEqualTo("proceed repeat");
        }

        assertThat(ask(shield, LOGIN)).isEqualTo("proceed");
        fixed.pass(Duration.ofHours(1));
        assertThat(ask(shield, LOGIN)).isEqualTo("proceed repeat");
    }

    @Test
    void ask_moreStrangersThanAreRemembered_forgetsTheOldest() {
        ask(shield, LOGIN);
        ask(shield, LOGIN.replace("1234", "5678"));
        for (int i = 0; i < Repeats.MOST - 1; i++) {
            ask(shield, LOGIN.replace("admin", "user" + i));
        }

        assertThat(ask(shield, LOGIN.replace("1234", "5678"))).isEqualTo("proceed repeat");
        assertThat(ask(shield, LOGIN)).isEqualTo("proceed");
    }

    @Test
    void refusal_moreThanAreRemembered_forgetsTheOldest() {
        fixed.ban("198.51.0.0/16", Duration.ofDays(1));
        for (int i = 0; i <= Refusals.MOST; i++) {
            ask(shield, "ip=198.51." + i / 256 + "." + i % 256);
        }

        assertThat(shield.refusal(Fixed.ip("198.51.0.0"))).isEmpty();
        assertThat(shield.refusal(Fixed.ip("198.51.0.1"))).isPresent();
        assertThat(shield.tally().refused()).isEqualTo(Refusals.MOST + 1);
    }
}
