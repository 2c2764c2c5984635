package bailiff.evidence.site;

import static bailiff.evidence.site.Attempts.START;
import static bailiff.evidence.site.Attempts.login;
import static bailiff.evidence.site.Attempts.moved;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes that saw a part of a site each, and one that saw all. */
class MergedEvidenceTest {

    /** Attempts of people. */
    private static final int PEOPLE = 60;

    private static final Duration HOUR = Duration.ofHours(1);

    private final Attempts whole = new Attempts();
    private final Attempts left = new Attempts();
    private final Attempts right = new Attempts();

    private void isSeen(Attempt attempt, boolean byLeft) {
        whole.admits(attempt);
        (byLeft ? left : right).admits(attempt);
    }

    private SiteEvidence merged() {
        left.evidence().merge(right.evidence());
        return left.evidence();
    }

    private static Instant hour(int hours) {
        return START.plus(HOUR.multipliedBy(hours));
    }

    /** What is split at random: people who succeed, people who fail, and a botnet. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void merge_ofHalvesOfASiteUnderAttack_isAsOneRunWithinItsBounds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Attempt> all = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            Outcome outcome = random.nextInt(4) == 0 ? Outcome.FAILURE : Outcome.SUCCESS;
            Attempt one = login("203.0.113." + random.nextInt(40), outcome, Conduct.BROWSING);
            Attempt own = Attempts.asking(one, Door.LOGIN, Origin.DOOR, "Mozilla/5.0 Firefox/127.0", false);
            all.add(moved(own, hour(random.nextInt(500))));
        }
        for (int i = 0; i < 400; i++) {
            Attempt one = login(Attempts.foreign(i).toString(), Outcome.FAILURE, Conduct.BLIND);
            all.add(moved(one, hour(200 + random.nextInt(300))));
        }
        all.sort(Comparator.comparing(Attempt::time));
        all.forEach(one -> isSeen(one, random.nextBoolean()));

        SiteEvidence merged = merged();

        assertThat(merged.isCalibrated()).isEqualTo(whole.evidence().isCalibrated());
        assertThat(merged.isAlarmed(hour(500))).isEqualTo(whole.evidence().isAlarmed(hour(500)));
        assertThat(merged.campaigns(hour(500))).singleElement().satisfies(campaign -> {
            Campaign one = whole.evidence().campaigns(hour(500)).getFirst();
            assertThat(campaign.likeness()).isEqualTo(one.likeness());
            assertThat(campaign.since()).isEqualTo(one.since());
            // Who failed at the one server and succeeded at the other is a stranger to the first.
            assertThat(campaign.attempts()).isBetween(one.attempts(), one.attempts() + PEOPLE);
            assertThat(campaign.sources()).isCloseTo(one.sources(), Percentage.withPercentage(10));
            assertThat(campaign.powerOfTen()).isGreaterThanOrEqualTo(one.powerOfTen() - 0.01);
        });
        for (int i = 0; i < 40; i++) {
            Attempt person = moved(login("203.0.113." + i, Outcome.FAILURE, Conduct.BROWSING), hour(501));
            assertThat(merged.hasSucceeded(person.source(), person.time()))
                    .isEqualTo(whole.evidence().hasSucceeded(person.source(), person.time()));
            assertThat(merged.judge(person)).isEqualTo(whole.evidence().judge(person));
        }
        Attempt stranger = moved(login("192.0.2.77", Outcome.FAILURE, Conduct.BLIND), hour(501));
        assertThat(merged.judge(stranger)).isInstanceOf(Judgement.Refuse.class);
    }

    @Test
    void merge_ofTwoThatSawTooLittleEach_showsTheCampaign() {
        for (int i = 0; i < 6; i++) {
            Attempt one = login(Attempts.foreign(i).toString(), Outcome.FAILURE, Conduct.BARE);
            isSeen(moved(one, hour(i * 20)), i % 2 == 0);
        }
        assertThat(left.evidence().campaigns(hour(101))).isEmpty();
        assertThat(right.evidence().campaigns(hour(101))).isEmpty();

        assertThat(merged().campaigns(hour(101))).isNotEmpty();
    }

    @Test
    void merge_ofTwoThatSawTheSameSources_isNoMoreEvidenceThanOneOfThem() {
        for (int i = 0; i < 3; i++) {
            Attempt one = moved(login(Attempts.foreign(i).toString(), Outcome.FAILURE, Conduct.BARE), hour(i * 20));
            left.admits(one);
            right.admits(one);
        }

        assertThat(merged().campaigns(hour(61))).isEmpty();
    }

    @Test
    void merge_sourceThatFailedAtBothServers_isRefusedForAllItsFailures() {
        for (int i = 0; i < 8; i++) {
            isSeen(moved(login("192.0.2.5", Outcome.FAILURE, Conduct.BROWSING), hour(i * 10)), i % 2 == 0);
        }
        Attempt again = moved(login("192.0.2.5", Outcome.FAILURE, Conduct.BROWSING), hour(80));
        assertThat(left.evidence().judge(again)).isEqualTo(Judgement.NOTHING);

        assertThat(merged().judge(again)).isInstanceOf(Judgement.Refuse.class);
    }

    @Test
    void merge_sourceThatSucceededAtTheOtherServer_isForgivenItsFailuresBefore() {
        left.admitted(7, HOUR, login("192.0.2.5", Outcome.FAILURE, Conduct.BROWSING));
        right.admits(moved(login("192.0.2.5", Outcome.SUCCESS, Conduct.BROWSING), hour(10)));

        SiteEvidence merged = merged();

        Attempt again = moved(login("192.0.2.5", Outcome.FAILURE, Conduct.BROWSING), hour(11));
        assertThat(merged.judge(again)).isEqualTo(Judgement.NOTHING);
        assertThat(merged.record(again)).isEqualTo(Judgement.NOTHING);
    }

    @Test
    void merge_accountTriedFromAFewNetworksAtEachServer_isUnderAttack() {
        for (int i = 0; i < 16; i++) {
            IpAddress from = Attempts.foreign(i * 300);
            isSeen(Attempts.trapped(from.toString(), "admin", Account.UNKNOWN, Outcome.FAILURE), i % 2 == 0);
        }

        Attempt again = Attempts.trapped(Attempts.foreign(0).toString(), "admin", Account.UNKNOWN, Outcome.FAILURE);

        assertThat(merged().judge(again)).isInstanceOf(Judgement.Refuse.class);
    }
}
