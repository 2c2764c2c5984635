package bailiff.shield;

import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.random.RandomGenerator;

/**
 * Knows the password again that a source has tried for the same account before, by its 16-bit digest: a phone or a mail
 * program with a stale one asks so every few minutes, and guesses nothing. Not thread-safe.
 */
final class Repeats {

    /** For how long an attempt is remembered. */
    static final Duration MEMORY = Duration.ofDays(1);

    /** So many repetitions a source is granted in each hour: nobody shall flood under their cover. */
    static final int MOST_IN_AN_HOUR = 20;

    /** Attempts, and sources, that are remembered: the ones that asked last. Some 100 bytes each. */
    static final int MOST = 4_096;

    private static final Duration HOUR = Duration.ofHours(1);

    /* IPv6 customers have 64 bits for themselves. */
    private static final int V6_SOURCE = 64;

    private final KeyedHash hash;
    private final LinkedHashMap<Long, Instant> attempts = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<Long, Hour> sources = new LinkedHashMap<>(16, 0.75f, true);

    private record Hour(Instant began, int repeats) {}

    Repeats(RandomGenerator chance) {
        this.hash = new KeyedHash(chance);
    }

    /** Whether the attempt repeats an earlier one; it is one of the earlier ones from now on. */
    boolean note(Question question, Instant now) {
        if (question.key().isEmpty() || question.user().isEmpty()) {
            return false;
        }
        long source = source(question.address());
        long attempt = hash.with(hash.with(hash.with(source, question.site()), question.user()), question.key());
        Instant before = attempts.put(attempt, now);
        if (attempts.size() > MOST) {
            attempts.pollFirstEntry();
        }
        return before != null && before.plus(MEMORY).isAfter(now) && isGranted(source, now);
    }

    private boolean isGranted(long source, Instant now) {
        Hour hour = sources.get(source);
        if (hour == null || !hour.began().plus(HOUR).isAfter(now)) {
            hour = new Hour(now, 0);
        }
        if (hour.repeats() >= MOST_IN_AN_HOUR) {
            return false;
        }
        sources.put(source, new Hour(hour.began(), hour.repeats() + 1));
        if (sources.size() > MOST) {
            sources.pollFirstEntry();
        }
        return true;
    }

    private long source(IpAddress address) {
        long low = address.isV4()
                ? address.low()
                : address.prefix(V6_SOURCE).first().low();
        return hash.with(hash.with(KeyedHash.START, address.high()), low);
    }
}
