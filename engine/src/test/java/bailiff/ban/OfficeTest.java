package bailiff.ban;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.evidence.Counting;
import bailiff.evidence.Limits;
import bailiff.evidence.Room;
import bailiff.evidence.site.Account;
import bailiff.evidence.site.Allowance;
import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Conduct;
import bailiff.evidence.site.Door;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Login;
import bailiff.evidence.site.Origin;
import bailiff.evidence.site.Proxies;
import bailiff.evidence.site.Request;
import bailiff.evidence.site.SiteEvidence;
import bailiff.filter.Outcome;
import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * An office of thirty behind one address, before a site whose every attempt is asked about and told of: by the built-in
 * jail with its credit, by what tells proxies, and by the evidence of the site.
 */
class OfficeTest {

    private static final String OFFICE = "203.0.113.9";
    private static final int PEOPLE = 30;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final String TELEPHONE = "wp-android/24.9";
    private static final String TOOL = "Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0";

    private final Limits limits = new Limits(7, Duration.ofHours(1), 64, Counting.WINDOW, true);
    private final Proxies proxies = new Proxies();
    private final SiteEvidence evidence = new SiteEvidence(Allowance.USUAL, new CidrSet(List.of()));
    private final SplittableRandom random = new SplittableRandom(30);
    private Outcome outcome = Outcome.UNMATCHED;
    private final Jail jail = new Jail(
            "wordpress",
            (_, _) -> outcome,
            limits,
            new Sentencing(new Bantime(DAY), Increment.NONE, new Remembered(), random),
            Room.alone(1));
    private long bansByEvidence;
    private long bansByJail;

    OfficeTest() {
        jail.excuse((sighting, address) ->
                proxies.find(address, sighting.time()).isPresent() ? Excuse.Answer.YES : Excuse.Answer.NO);
    }

    @Test
    void office_ofPeopleWhoMistype_isNeverBanned_andAllOfThemComeIn() {
        for (int day = 0; day < 60; day++) {
            assertThat(workday(day)).as("who got in on day " + day).isEqualTo(PEOPLE);
        }

        assertThat(bans()).isZero();
    }

    @Test
    void office_withATelephoneThatHasAStalePasswordForWeeks_isNeverBanned_andItsOwnerComesInAtHisDesk() {
        workday(0);
        for (int day = 1; day < 22; day++) {
            for (int i = 0; i < 288; i++) {
                attempt(
                        "user3",
                        START.plus(DAY.multipliedBy(day)).plusSeconds(i * 300L),
                        Door.XMLRPC,
                        TELEPHONE,
                        false);
            }
            assertThat(workday(day)).isEqualTo(PEOPLE);
        }

        assertThat(bans()).isZero();
    }

    @Test
    void office_withAnAttackerInside_isNeverBanned_andHeIsSlowedDownAndNobodyElse() {
        for (int day = 0; day < 7; day++) {
            workday(day);
        }
        long through = 0;
        for (int day = 7; day < 14; day++) {
            Instant dawn = START.plus(DAY.multipliedBy(day));
            for (int i = 0; i < 24_000; i++) {
                String user = i % 2 == 0 ? "admin" : "user" + i / 2 % 3;
                through += attempt(user, dawn.plusMillis(i * 3_600L), Door.LOGIN, TOOL, false) ? 1 : 0;
            }
            assertThat(workday(day)).as("who got in on day " + day).isEqualTo(PEOPLE);
        }

        assertThat(bans()).isZero();
        // Of 168,000: 3 accounts of colleagues at 144 a day each, and 24 a day of all others, and what is free at
        // first.
        assertThat(through).isBetween(1_000L, 3_700L);
    }

    @Test
    void stranger_whoGuessesAsMuch_isBannedAsEver() {
        workday(0);
        for (int i = 0; i < 40; i++) {
            attempt("198.51.100.9", "admin", START.plus(DAY).plusSeconds(i), Door.LOGIN, TOOL, false);
        }

        assertThat(bans()).isPositive();
    }

    private long bans() {
        return bansByEvidence + bansByJail;
    }

    /** Everybody logs in once, some after a mistake or two; gives how many came in within five tries. */
    private int workday(int day) {
        int in = 0;
        for (int person = 0; person < PEOPLE; person++) {
            Instant at = START.plus(DAY.multipliedBy(day)).plusSeconds(28_800 + person * 60L);
            for (int i = 0; i < 5; i++) {
                boolean right = random.nextDouble() >= 0.12;
                boolean through = attempt("user" + person, at.plusSeconds(i * 10L), Door.LOGIN, browser(person), right);
                if (right && through) {
                    in++;
                    break;
                }
            }
        }
        return in;
    }

    private static String browser(int person) {
        return "Mozilla/5.0 (Windows NT 10.0; rv:" + (120 + person % 4) + ".0) Firefox/" + (120 + person % 4) + ".0";
    }

    private boolean attempt(String user, Instant time, Door door, String agent, boolean right) {
        return attempt(OFFICE, user, time, door, agent, right);
    }

    /** Gives whether it was let through. */
    private boolean attempt(String from, String user, Instant time, Door door, String agent, boolean right) {
        IpAddress client = IpAddress.parse(from).orElseThrow();
        var result = right ? bailiff.evidence.site.Outcome.SUCCESS : bailiff.evidence.site.Outcome.FAILURE;
        Attempt attempt = new Attempt(
                time,
                client,
                new Login(user, Account.KNOWN, result, 1, false),
                new Request(door, "HTTP/2.0", "", Origin.DOOR, Optional.of(agent), Conduct.UNTOLD, false));
        boolean refused =
                jail.standing(client, time).isPresent() || evidence.judge(attempt) instanceof Judgement.Refuse;
        if (evidence.record(refused ? attempt.shielded() : attempt) instanceof Judgement.Ban) {
            bansByEvidence++;
        }
        if (!refused) {
            tell(user, client, time, right);
        }
        return !refused;
    }

    private void tell(String user, IpAddress client, Instant time, boolean right) {
        Map<String, String> groups = Map.of("user", user, "site", "blog.example.test");
        Sighting sighting = new Sighting(time, client.toString(), 0, 1, groups);
        outcome = right ? new Outcome.Credited(sighting) : new Outcome.Matched(sighting);
        if (right) {
            proxies.success(client, sighting.account(), time);
        }
        if (jail.see(LogLine.of(""), time, false) instanceof Event.Banned) {
            bansByJail++;
        }
        jail.expireUntil(time);
    }
}
