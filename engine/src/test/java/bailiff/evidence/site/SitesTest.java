package bailiff.evidence.site;

import static bailiff.evidence.site.Attempts.START;
import static bailiff.evidence.site.Attempts.foreign;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SitesTest {

    private static final String BLOG = "blog.example.test";
    private static final CidrSet NOBODY = new CidrSet(List.of());

    /** What a question tells of a bot's request. */
    private static final Request BOT =
            new Request(Door.LOGIN, "HTTP/1.0", "", Origin.NONE, Optional.of("tool/1"), Conduct.UNTOLD, false);

    private final Sites sites = new Sites(Allowance.USUAL, NOBODY);
    private Instant now = START;

    private static Attempt attempt(IpAddress client, Instant time, Outcome outcome, Request request) {
        return new Attempt(time, client, new Login("admin", Account.KNOWN, outcome, 1, false), request);
    }

    private Attempt asked(IpAddress client) {
        return attempt(client, now, Outcome.UNKNOWN, BOT);
    }

    private Attempt told(IpAddress client) {
        return attempt(client, now, Outcome.FAILURE, Request.untold(Door.LOGIN));
    }

    /** So many bots whose lines tell nothing of their requests, which were asked about that long before. */
    private void wave(int bots, Duration before) {
        for (int bot = 0; bot < bots; bot++) {
            sites.asked(BLOG, asked(foreign(bot)));
            now = now.plus(before);
            sites.record(BLOG, told(foreign(bot)));
            now = now.plusSeconds(60);
        }
    }

    private boolean refuses(Sites by) {
        return by.judge(BLOG, asked(foreign(5_000))) instanceof Judgement.Refuse;
    }

    @Test
    void record_askedBefore_knowsTheRequest() {
        wave(30, Duration.ofSeconds(1));

        assertThat(refuses(sites)).isTrue();
        assertThat(sites.campaigns(now).get(BLOG)).singleElement().satisfies(campaign -> {
            assertThat(campaign.likeness()).contains("tool/1");
            assertThat(campaign.sources()).isEqualTo(30);
        });
    }

    @Test
    void record_askedTooLongAgo_knowsTheDoorAlone() {
        wave(30, Duration.ofMinutes(6));

        assertThat(refuses(sites)).isFalse();
    }

    @Test
    void record_otherAccountOrSite_isAnotherAttempt() {
        for (int bot = 0; bot < 30; bot++) {
            sites.asked("other.example.test", asked(foreign(bot)));
            sites.record(BLOG, told(foreign(bot)));
        }

        assertThat(refuses(sites)).isFalse();
    }

    @Test
    void record_applicationPasswordOverRest_speaksForItsRequest() {
        Request app =
                new Request(Door.REST, "HTTP/1.1", "", Origin.NONE, Optional.of("wp-android"), Conduct.CLIENT, false);
        sites.asked(BLOG, attempt(foreign(1), now, Outcome.UNKNOWN, app));

        sites.record(BLOG, attempt(foreign(1), now, Outcome.SUCCESS, Request.untold(Door.LOGIN)));

        assertThat(sites.hasSucceeded(BLOG, foreign(1), now)).isTrue();
        assertThat(sites.hasSucceeded("other.example.test", foreign(1), now)).isFalse();
    }

    @Test
    void judge_siteOfWhichNobodyTold_refusesNobodyAndTakesNoRoom() {
        assertThat(sites.judge("made.up", asked(foreign(1)))).isEqualTo(Judgement.NOTHING);

        assertThat(sites.knows("made.up")).isFalse();
        assertThat(sites.tally(now)).isEqualTo(new Sites.Tally(0, 0, 0, 0));
    }

    @Test
    void allow_less_takesMoreEvidenceAndKeepsWhatWasSeen() {
        sites.allow(BLOG, new Allowance(1e-60));
        wave(12, Duration.ofSeconds(1));
        assertThat(refuses(sites)).isFalse();

        sites.allow(BLOG, Allowance.USUAL);
        sites.record(BLOG, asked(foreign(100)));

        assertThat(refuses(sites)).isTrue();
    }

    @Test
    void restored_severalSites_areAsBefore() {
        wave(30, Duration.ofSeconds(1));
        sites.record("quiet.example.test", told(foreign(1)));

        Sites restored = Sites.restored(Allowance.USUAL, NOBODY, sites.save()).orElseThrow();

        assertThat(restored.save()).isEqualTo(sites.save());
        assertThat(restored.tally(now)).isEqualTo(new Sites.Tally(2, 0, 1, 0));
        assertThat(refuses(restored)).isTrue();
    }

    @Test
    void restored_whatIsDamaged_isNothingOrSitesButNoError() {
        wave(5, Duration.ofSeconds(1));
        byte[] saved = sites.save();
        SplittableRandom random = new SplittableRandom(7);

        assertThat(Sites.restored(Allowance.USUAL, NOBODY, new byte[0])).isEmpty();
        assertThat(Sites.restored(Allowance.USUAL, NOBODY, Arrays.copyOf(saved, saved.length - 1)))
                .isEmpty();
        assertThat(Sites.restored(Allowance.USUAL, NOBODY, Arrays.copyOf(saved, saved.length + 1)))
                .isEmpty();
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = saved.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            Sites.restored(Allowance.USUAL, NOBODY, damaged).ifPresent(this::refuses);
        }
    }
}
