package bailiff.evidence.site;

import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A site with honest people who make mistakes, seen by one sensor. Their habits are worse than what the evidence
 * supposes, so that its promises are not tested with their own assumptions.
 */
final class SimulatedSite {

    /** What reports the attempts. */
    enum Sensor {
        /** Knows how sources behave, but neither accounts nor what XML-RPC answered. */
        ACCESS_LOG,
        /** Knows accounts and outcomes, but not what else a source fetched. */
        TRAP,
        /** Knows besides who brings back the mark of the form, and what programs call themselves. */
        PLUGIN,
        /** The same where the login form is another plugin's, so that nobody brings back a mark. */
        PLUGIN_WITHOUT_FORM;

        /** What it sees of somebody who behaves so. */
        Conduct seen(Conduct conduct) {
            boolean form = conduct == Conduct.BARE || conduct == Conduct.BROWSING;
            return switch (this) {
                case ACCESS_LOG -> conduct;
                case TRAP -> Conduct.UNTOLD;
                case PLUGIN -> form ? Conduct.MARKED : conduct;
                case PLUGIN_WITHOUT_FORM -> form ? Conduct.BLIND : conduct;
            };
        }
    }

    static final long DAY = 86_400;

    private static final double LOGINS_A_DAY = 0.3;
    private static final double ELSEWHERE = 0.15;
    private static final double HOME_CHANGES = 1.0 / 21;
    private static final double MISTAKE = 0.12;
    private static final double FORGOTTEN = 0.015;
    private static final double TRIES_ON = 0.75;
    private static final double FINDS_IT = 0.6;
    private static final double HAS_APP = 0.3;
    private static final double STALE_A_DAY = 0.3 / 365;
    private static final int STALE_TRIES = 36;
    private static final double TELLS_REPEATS = 0.7;
    private static final double BLIND = 0.05;
    private static final double BARE = 0.23;
    private static final int PATIENCE = 3;
    private static final int SMALLEST_OFFICE = 10;

    static final String APP = "wp-android/24.9";

    static final String[] BROWSERS = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0", "Mozilla/5.0 (Macintosh) Safari/605.1",
        "Mozilla/5.0 (Windows NT 10.0; rv:127.0) Firefox/127.0", "Mozilla/5.0 (iPhone) Mobile Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile", "Mozilla/5.0 (X11; Linux) Firefox/115.0"
    };

    private static final class Person {
        private IpAddress home;
        private final String name;
        private final String browser;
        private final boolean office;
        private final boolean app;

        Person(IpAddress home, String name, String browser, boolean office, boolean app) {
            this.home = home;
            this.name = name;
            this.browser = browser;
            this.office = office;
            this.app = app;
        }
    }

    private final RandomGenerator random;
    private final Sensor sensor;
    private final SiteEvidence evidence;
    private final List<Person> people = new ArrayList<>();
    private final Map<Cidr, Long> bans = new HashMap<>();
    private final IpAddress office;
    private final Tally tally = new Tally();
    private long day;

    /** What became of honest people. */
    static final class Tally {
        long attempts;
        long refused;
        long bans;
        final Map<Kind, Integer> kinds = new java.util.EnumMap<>(Kind.class);
        final Map<Kind, Integer> refusals = new java.util.EnumMap<>(Kind.class);

        void add(Tally other) {
            attempts += other.attempts;
            refused += other.refused;
            bans += other.bans;
            other.kinds.forEach((kind, count) -> kinds.merge(kind, count, Integer::sum));
            other.refusals.forEach((kind, count) -> refusals.merge(kind, count, Integer::sum));
        }
    }

    SimulatedSite(RandomGenerator random, Sensor sensor, Allowance allowance) {
        this.random = random;
        this.sensor = sensor;
        evidence = new SiteEvidence(allowance, new CidrSet(List.of()));
        office = address();
        int size = (int) Math.round(Math.exp(random.nextDouble(Math.log(1), Math.log(50))));
        for (int i = 0; i < size; i++) {
            people.add(new Person(
                    address(),
                    "user" + i,
                    BROWSERS[random.nextInt(BROWSERS.length)],
                    size >= SMALLEST_OFFICE && random.nextBoolean(),
                    random.nextDouble() < HAS_APP));
        }
    }

    SiteEvidence evidence() {
        return evidence;
    }

    Tally tally() {
        return tally;
    }

    /** The first second that has not been lived through. */
    long now() {
        return day * DAY;
    }

    /** Lives through a day; the hostile attempts, in order of their time, come in between. */
    void live(List<Attempt> hostile, java.util.function.ObjLongConsumer<Attempt> outcome) {
        List<Runnable> doings = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (Person person : people) {
            plan(person, doings, times);
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < doings.size(); i++) {
            order.add(i);
        }
        order.sort(java.util.Comparator.comparing(times::get));
        int next = 0;
        for (int at : order) {
            while (next < hostile.size() && hostile.get(next).second() <= times.get(at)) {
                meetHostile(hostile.get(next++), outcome);
            }
            doings.get(at).run();
        }
        while (next < hostile.size()) {
            meetHostile(hostile.get(next++), outcome);
        }
        day++;
    }

    private void plan(Person person, List<Runnable> doings, List<Long> times) {
        if (random.nextDouble() < HOME_CHANGES) {
            person.home = address();
        }
        if (random.nextDouble() < LOGINS_A_DAY) {
            long time = moment();
            doings.add(() -> session(person, time));
            times.add(time);
        }
        if (person.app && random.nextDouble() < LOGINS_A_DAY) {
            long time = moment();
            doings.add(() -> call(person, time));
            times.add(time);
        }
        if (person.app && random.nextDouble() < STALE_A_DAY / Math.max(1, people.size() * HAS_APP)) {
            long time = moment();
            doings.add(() -> stale(person, time));
            times.add(time);
        }
    }

    /** Somebody logs in with a browser: mistakes, a forgotten password now and then, giving up, or a reset. */
    private void session(Person person, long time) {
        IpAddress address = whereFrom(person);
        double draw = random.nextDouble();
        Conduct conduct = draw < BLIND ? Conduct.BLIND : draw < BLIND + BARE ? Conduct.BARE : Conduct.BROWSING;
        if (conduct == Conduct.BROWSING && sensor == Sensor.ACCESS_LOG) {
            evidence.visit(address);
        }
        Origin origin = random.nextDouble() < 0.93 ? Origin.DOOR : Origin.NONE;
        boolean forgotten = random.nextDouble() < FORGOTTEN;
        int patience = PATIENCE;
        for (int i = 0; ; i++) {
            boolean right = forgotten ? i > 0 && random.nextDouble() > TRIES_ON : random.nextDouble() >= MISTAKE;
            if (forgotten && right && random.nextDouble() > FINDS_IT) {
                return;
            }
            Attempt attempt =
                    attempt(time + i * 20L, address, Door.LOGIN, person, right, conduct, origin, person.browser, false);
            patience -= meetHonest(attempt) ? 0 : 1;
            if (right || patience == 0) {
                return;
            }
        }
    }

    private void call(Person person, long time) {
        meetHonest(
                attempt(time, whereFrom(person), Door.XMLRPC, person, true, Conduct.CLIENT, Origin.NONE, APP, false));
    }

    /** A telephone goes on with a password that was changed. */
    private void stale(Person person, long time) {
        IpAddress address = whereFrom(person);
        boolean told = random.nextDouble() < TELLS_REPEATS;
        for (int i = 0; i < STALE_TRIES; i++) {
            meetHonest(attempt(
                    time + i * 1_200L,
                    address,
                    Door.XMLRPC,
                    person,
                    false,
                    Conduct.CLIENT,
                    Origin.NONE,
                    APP,
                    told && i > 0));
        }
    }

    private Attempt attempt(
            long time,
            IpAddress address,
            Door door,
            Person person,
            boolean right,
            Conduct conduct,
            Origin origin,
            String agent,
            boolean repeat) {
        Outcome outcome = right ? Outcome.SUCCESS : Outcome.FAILURE;
        if (sensor != Sensor.ACCESS_LOG) {
            Login login = new Login(person.name, Account.KNOWN, outcome, 1, repeat);
            return new Attempt(
                    Instant.ofEpochSecond(time),
                    address,
                    login,
                    new Request(door, "HTTP/2.0", "", origin, Optional.of(agent), sensor.seen(conduct), false));
        }
        Outcome seen = door == Door.XMLRPC ? Outcome.UNKNOWN : outcome;
        return new Attempt(
                Instant.ofEpochSecond(time),
                address,
                Login.untold(seen),
                new Request(door, "HTTP/2.0", "", origin, Optional.of(agent), conduct, false));
    }

    /** Gives whether it was let through. */
    private boolean meetHonest(Attempt attempt) {
        tally.attempts++;
        boolean through = meet(attempt, true);
        tally.refused += through ? 0 : 1;
        return through;
    }

    private void meetHostile(Attempt attempt, java.util.function.ObjLongConsumer<Attempt> outcome) {
        outcome.accept(attempt, meet(attempt, false) ? 1 : 0);
    }

    private boolean meet(Attempt attempt, boolean honest) {
        Long until = bans.get(attempt.source());
        if (until != null && attempt.second() < until) {
            return false;
        }
        Judgement before = evidence.judge(attempt);
        boolean refused = before instanceof Judgement.Refuse;
        if (honest && before instanceof Judgement.Refuse(Kind kind, String _)) {
            tally.refusals.merge(kind, 1, Integer::sum);
        }
        if (evidence.record(refused ? attempt.shielded() : attempt) instanceof Judgement.Ban ban) {
            bans.put(attempt.source(), attempt.second() + DAY);
            if (honest) {
                tally.bans++;
                tally.kinds.merge(ban.kind(), 1, Integer::sum);
            }
        }
        return !refused;
    }

    private IpAddress whereFrom(Person person) {
        if (random.nextDouble() < ELSEWHERE) {
            return address();
        }
        return person.office ? office : person.home;
    }

    private IpAddress address() {
        return IpAddress.ofV4(random.nextInt());
    }

    private long moment() {
        return day * DAY + random.nextLong(DAY);
    }
}
