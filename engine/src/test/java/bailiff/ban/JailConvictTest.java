package bailiff.ban;

import static bailiff.ban.Bans.T;
import static bailiff.ban.Bans.address;
import static bailiff.ban.Bans.network;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.evidence.Limits;
import bailiff.evidence.Room;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Kind;
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

class JailConvictTest {

    private static final String A = "203.0.113.9";
    private static final String HOME = "2001:db8:1:2::/64";
    private static final String IN_HOME = "2001:db8:1:2::7";

    private final Jail jail = jail(64);

    private static Jail jail(int ipv6Prefix) {
        Sentencing sentencing = new Sentencing(
                new Bantime(Duration.ofMinutes(10)), Increment.NONE, new Remembered(), new SplittableRandom(0));
        Limits limits = new Limits(3, Duration.ofHours(1), ipv6Prefix).crediting(true);
        return new Jail("web", JailConvictTest::read, limits, sentencing, Room.alone(11));
    }

    /** Reads {@code fail ADDRESS}, or {@code good} in place of {@code fail}. */
    private static Outcome read(LogLine line, Instant now) {
        String[] words = line.text().split(" ", 2);
        Sighting sighting = new Sighting(T, words[1], 0, 1, Map.of("user", "anna"));
        return words[0].equals("good") ? new Outcome.Credited(sighting) : new Outcome.Matched(sighting);
    }

    private static Optional<Ban> convict(Jail jail, String subject, String address) {
        Judgement.Ban judgement = new Judgement.Ban(Kind.FINGERPRINT, network(subject), "looks like a campaign");
        return jail.convict(judgement, address(address), 2, T);
    }

    @Test
    void convict_stranger_isBannedAsTheJailBansWithTheKindOfEvidence() {
        assertThat(convict(jail, A, A))
                .contains(new Ban(
                        "web", network(A), T, T.plusSeconds(600), 1, 2, "fingerprint", "looks like a campaign"));
        assertThat(jail.standing(address(A), T)).isPresent();
    }

    @Test
    void convict_afterFailures_theyCountNoMore() {
        jail.see(LogLine.of("fail " + A), T, false);

        convict(jail, A, A);

        assertThat(jail.failing()).isZero();
    }

    @Test
    void convict_whoIsSpared_isNotBanned() {
        jail.spare(new CidrSet(List.of(network(A), network("2001:db8:1:2::1"))));

        assertThat(convict(jail, A, A)).isEmpty();
        assertThat(convict(jail, HOME, "2001:db8:1:2::1")).isEmpty();
    }

    @Test
    void convict_neighbourOfWhoIsSpared_answersForItselfAlone() {
        jail.spare(new CidrSet(List.of(network("2001:db8:1:2::1"))));

        assertThat(convict(jail, HOME, IN_HOME).map(Ban::subject)).contains(network(IN_HOME));
    }

    @Test
    void convict_whoIsBanned_isNotBannedTwice() {
        convict(jail, A, A);

        assertThat(convict(jail, A, A)).isEmpty();
        assertThat(jail.bans()).hasSize(1);
    }

    @Test
    void convict_networkThatTheJailTellsApart_bansTheAddress() {
        assertThat(convict(jail(128), HOME, IN_HOME).map(Ban::subject)).contains(network(IN_HOME));
        assertThat(convict(jail(48), HOME, IN_HOME).map(Ban::subject))
                .as("no wider than the evidence")
                .contains(network(HOME));
    }

    @Test
    void convict_whereSomebodyHasLoggedIn_isNot() {
        jail.see(LogLine.of("good " + A), T, false);

        assertThat(convict(jail, A, A)).isEmpty();
    }
}
