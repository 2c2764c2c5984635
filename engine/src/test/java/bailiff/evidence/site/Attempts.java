package bailiff.evidence.site;

import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Attempts for tests, and a site that meets them as the guard would: asked first, then told. */
final class Attempts {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    static final String CHROME = "Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0";
    static final Cidr SERVICE = Cidr.parse("198.51.100.0/28").orElseThrow();

    private final SiteEvidence evidence = new SiteEvidence(Allowance.USUAL, new CidrSet(List.of(SERVICE)));
    private Judgement last = Judgement.NOTHING;

    SiteEvidence evidence() {
        return evidence;
    }

    /** What was decided after the last attempt that was met. */
    Judgement last() {
        return last;
    }

    /** Meets the attempt; gives whether it is let through. */
    boolean admits(Attempt attempt) {
        boolean refused = evidence.judge(attempt) instanceof Judgement.Refuse;
        last = evidence.record(refused ? attempt.shielded() : attempt);
        return !refused;
    }

    /** How many of such attempts are let through, one after the other. */
    int admitted(int count, Duration gap, Attempt attempt) {
        int admitted = 0;
        for (int i = 0; i < count; i++) {
            admitted += admits(moved(attempt, attempt.time().plus(gap.multipliedBy(i)))) ? 1 : 0;
        }
        return admitted;
    }

    /** Enough accepted logins that the site is calibrated, of people who behave so; long before {@link #START}. */
    void calibrate(Conduct conduct) {
        for (int i = 0; i < Calibration.ENOUGH; i++) {
            Attempt success = login("203.0.113." + i, Outcome.SUCCESS, conduct);
            admits(moved(success, START.minus(Duration.ofDays(60 - i))));
        }
    }

    /** So many addresses of a botnet, all alike, one attempt each; gives how many were let through. */
    int botnet(int sources, Duration gap, Attempt like) {
        int admitted = 0;
        for (int i = 0; i < sources; i++) {
            Attempt one = new Attempt(like.time().plus(gap.multipliedBy(i)), foreign(i), like.login(), like.request());
            admitted += admits(one) ? 1 : 0;
        }
        return admitted;
    }

    /** Addresses in networks of their own. */
    static IpAddress foreign(int number) {
        return IpAddress.ofV4((10 << 24) + (number << 8) + 7);
    }

    static Attempt moved(Attempt attempt, Instant time) {
        return new Attempt(time, attempt.client(), attempt.login(), attempt.request());
    }

    static Attempt login(String address, Outcome outcome, Conduct conduct) {
        return new Attempt(
                START,
                IpAddress.parse(address).orElseThrow(),
                Login.untold(outcome),
                new Request(Door.LOGIN, "HTTP/1.1", "", Origin.DOOR, Optional.of(CHROME), conduct, false));
    }

    static Attempt trapped(String address, String user, Account account, Outcome outcome) {
        return new Attempt(
                START,
                IpAddress.parse(address).orElseThrow(),
                new Login(user, account, outcome, 1, false),
                new Request(Door.LOGIN, "HTTP/1.1", "", Origin.DOOR, Optional.of(CHROME), Conduct.UNTOLD, false));
    }

    static Attempt asking(Attempt attempt, Door door, Origin origin, String agent, boolean crowd) {
        Request was = attempt.request();
        Request request =
                new Request(door, was.protocol(), was.spelling(), origin, Optional.of(agent), was.conduct(), crowd);
        return new Attempt(attempt.time(), attempt.client(), attempt.login(), request);
    }
}
