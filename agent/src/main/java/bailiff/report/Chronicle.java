package bailiff.report;

import bailiff.filter.AnswerSizes;
import bailiff.filter.Door;
import bailiff.filter.Knock;
import bailiff.filter.Reply;
import bailiff.filter.Sighting;
import bailiff.line.AccessRecord;
import bailiff.line.ErrorRecord;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What all logs say together, in whatever order they say it, within bounds. Not thread-safe. */
public final class Chronicle {

    /** Laid out one by one; all further ones are counted only. 48 bytes each. */
    static final int MOST_ATTEMPTS = 500_000;

    /** Statuses are three digits. */
    private static final int MOST_STATUSES = 1_000;

    private final Sources sources = new Sources();
    private final Texts texts = new Texts();
    private final Timeline timeline = new Timeline();

    /* By the clock of another log, which may be another year's: for want of the former only. */
    private final Timeline failures = new Timeline();
    private final TopTexts agents = new TopTexts();
    private final AnswerSizes sizes = new AnswerSizes();
    private final Looks looks = new Looks();
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<Door, TreeMap<Integer, Long>> answers = new EnumMap<>(Door.class);
    private final Map<Door, DoorState> states = new EnumMap<>(Door.class);
    private final Predicate<IpAddress> verified;
    private long beyond;
    private long requests;
    private long verifiedAttempts;
    private long enumerations;
    private boolean nginx;
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis = Long.MIN_VALUE;

    /** When a door last served an attempt, and when the server last turned one away from it. */
    static final class DoorState {
        private long served = Long.MIN_VALUE;
        private long refused = Long.MIN_VALUE;
        private long wordpressRefused = Long.MIN_VALUE;

        long served() {
            return served;
        }

        long refused() {
            return refused;
        }

        /** When WordPress itself, not the server, said no (405: XML-RPC logins are switched off). */
        long wordpressRefused() {
            return wordpressRefused;
        }
    }

    /**
     * An empty one.
     *
     * @param verified whose attempts are a service's that the site uses, told by address alone
     */
    public Chronicle(Predicate<IpAddress> verified) {
        this.verified = verified;
    }

    /** Takes a request. */
    public void add(AccessRecord record) {
        requests++;
        long millis = record.time().toEpochMilli();
        see(millis);
        int look = looks.of(record);
        Knock knock = Knock.of(record, sizes);
        Door door = knock.door();
        boolean counts = knock.attempt() || door == Door.ENUMERATION;
        if (!counts) {
            look(record, door, millis);
            return;
        }
        if (verified.test(record.client())) {
            verifiedAttempts++;
            return;
        }
        answers.computeIfAbsent(door, _ -> new TreeMap<>()).merge(record.status() % MOST_STATUSES, 1L, Long::sum);
        if (door == Door.ENUMERATION) {
            enumerations++;
            return;
        }
        if (door == Door.XMLRPC && record.status() == 200) {
            sizes.seen(record.host(), record.client(), record.bytes());
        }
        attempt(record, knock, look, millis);
    }

    private void look(AccessRecord record, Door door, long millis) {
        if (door == Door.OTHER && Pages.isPage(record)) {
            timeline.count(Timeline.Line.PAGES, millis);
        } else if (Pages.isAsset(record)) {
            sources.fetched(record.client());
        }
    }

    private void attempt(AccessRecord record, Knock knock, int look, long millis) {
        agents.count(record.agent());
        int source = sources.number(knock.source());
        Attempt attempt = new Attempt(
                millis,
                source,
                Attempt.Kind.ACCESS,
                knock.door(),
                (short) record.status(),
                Math.clamp(record.bytes(), -1, Integer.MAX_VALUE),
                knock.logins(),
                texts.number(record.method() + " " + record.path()),
                texts.number(record.host()),
                knock.reply(),
                look);
        count(attempt);
        DoorState state = states.computeIfAbsent(knock.door(), _ -> new DoorState());
        if (attempt.isServed()) {
            state.served = Math.max(state.served, millis);
        } else if (record.status() == 405) {
            state.wordpressRefused = Math.max(state.wordpressRefused, millis);
        } else {
            state.refused = Math.max(state.refused, millis);
        }
        if (source == Sources.NONE) {
            return;
        }
        if (knock.reply() == Reply.SUCCESS) {
            sources.get(source).succeeded();
        }
        sources.get(source).attempted(attempt.isServed());
        keep(attempt);
    }

    private void count(Attempt attempt) {
        boolean door = attempt.door() == Door.LOGIN || attempt.door() == Door.XMLRPC;
        if (door && !attempt.isServed()) {
            timeline.count(Timeline.Line.REFUSED, attempt.millis());
        } else if (door) {
            timeline.count(attempt.door() == Door.LOGIN ? Timeline.Line.LOGIN : Timeline.Line.XMLRPC, attempt.millis());
        }
    }

    /**
     * Takes what WordPress wrote of a failure, or of a success.
     *
     * @param accepted whether it is a success
     */
    public void add(Sighting sighting, Door door, boolean accepted) {
        sighting.address().filter(address -> !verified.test(address)).ifPresent(address -> {
            int source = sources.number(address);
            if (!accepted) {
                failures.count(Timeline.Line.FAILED, sighting.time().toEpochMilli());
            }
            if (source != Sources.NONE) {
                keep(new Attempt(
                        sighting.time().toEpochMilli(),
                        source,
                        Attempt.Kind.AUTH,
                        door,
                        (short) 0,
                        -1,
                        sighting.attempts(),
                        sighting.user().map(texts::number).orElse(-1),
                        -1,
                        accepted ? Reply.SUCCESS : Reply.FAILURE,
                        -1));
            }
        });
    }

    /** Takes what WordPress wrote of a password that was set anew by mail: whoever did that is who he says. */
    public void reset(Sighting sighting) {
        sighting.address()
                .map(sources::number)
                .filter(source -> source != Sources.NONE)
                .ifPresent(source -> sources.get(source).vouch());
    }

    /** Takes what the server wrote of an error. */
    public void add(ErrorRecord error) {
        if (!error.isRefusal()) {
            return;
        }
        nginx |= error.message().equals("access forbidden by rule")
                || error.message().startsWith("limiting ");
        int source = sources.number(error.client());
        if (source != Sources.NONE) {
            String code = error.code().isEmpty() ? "" : error.code() + ": ";
            keep(new Attempt(
                    error.time().toEpochMilli(),
                    source,
                    Attempt.Kind.ERROR,
                    Pages.door(error.subject()),
                    (short) 0,
                    -1,
                    1,
                    texts.number(code + error.message()),
                    -1));
        }
    }

    private void see(long millis) {
        firstMillis = Math.min(firstMillis, millis);
        lastMillis = Math.max(lastMillis, millis);
    }

    private void keep(Attempt attempt) {
        if (attempts.size() < MOST_ATTEMPTS) {
            attempts.add(attempt);
        } else {
            beyond++;
        }
    }

    /** When the latest request was; the beginning of 1970 when there was none. */
    public Instant latest() {
        return lastMillis == Long.MIN_VALUE ? Instant.EPOCH : Instant.ofEpochMilli(lastMillis);
    }

    Sources sources() {
        return sources;
    }

    Texts texts() {
        return texts;
    }

    /** Of the access logs; of what WordPress told, where there are none. */
    Timeline timeline() {
        return requests == 0 ? failures : timeline;
    }

    TopTexts agents() {
        return agents;
    }

    Looks looks() {
        return looks;
    }

    AnswerSizes sizes() {
        return sizes;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    Map<Door, ? extends Map<Integer, Long>> answers() {
        return answers;
    }

    Map<Door, DoorState> states() {
        return states;
    }

    /** Attempts that were counted, but are not laid out one by one. */
    long beyond() {
        return beyond;
    }

    long requests() {
        return requests;
    }

    long verifiedAttempts() {
        return verifiedAttempts;
    }

    long enumerations() {
        return enumerations;
    }

    /** Whether an error log shows that the server is nginx. */
    boolean isNginx() {
        return nginx;
    }

    /** Of the access logs; greater than {@link #lastMillis} when there were none. */
    long firstMillis() {
        return firstMillis;
    }

    long lastMillis() {
        return lastMillis;
    }
}
