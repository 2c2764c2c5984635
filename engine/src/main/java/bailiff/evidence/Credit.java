package bailiff.evidence;

import bailiff.net.AddressTable;
import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;

/**
 * Who has logged in from where, and how much that speaks for the source: {@code n} accounts within {@link #LASTS} make
 * its limit {@code maxretry * (1 + n)}, with {@code n} at most {@value #MOST_ACCOUNTS}.
 *
 * <p>A login forgives besides what its source has failed so far, while that is at most {@code maxretry}, once an hour for
 * each account. So somebody with an account of his own may guess at others {@code 3 * maxretry - 1} times an hour, and
 * with ten or more accounts {@code 21 * maxretry - 1} times, and is banned with the next ({@code findtime} being an hour).
 * Time is the log's own. Not thread-safe: one {@link AddressEvidence} owns it.
 */
final class Credit {

    /**
     * Sources that are remembered at once, {@value #SOURCE_BYTES} bytes each: 7.3 MB when all are there.
     *
     * <p>One more, and one is forgotten. Sources from which somebody logged in on equally many days (8 and more are the
     * same) are a class, IPv4 and IPv6 apart, each with an equal share of the room; the source goes that was seen longest
     * ago in the class with the fewest days that fills its share. So whoever owns accounts and many addresses drives out
     * those who came once, and none who comes day by day.
     */
    static final int MOST_SOURCES = 1 << 16;

    /** Accounts that count for one source. An office has more people; ten times the room is enough for all of them. */
    static final int MOST_ACCOUNTS = 10;

    /** The most that a source's limit can become, in units of {@code maxretry}. */
    static final int MOST_ROOM = 1 + MOST_ACCOUNTS;

    /** For how long a login speaks for its source: whoever works at a site comes back sooner. */
    static final Duration LASTS = Duration.ofDays(30);

    static final int SOURCE_BYTES = 116;

    /*
     * Each account has a word: 18 bits of its keyed hash, the hour of its last success (20 bits, until 2089) and the
     * minute in which it last forgave (26 bits, until 2097). Two accounts of one source that meet in the hash, one pair
     * in 262,144, count as one. An account for which there is no room takes the place of the one that was silent longest
     * and with it the time at which that forgave: otherwise eleven accounts in turn could forgive without end.
     */
    private static final int HASH_BITS = 18;
    private static final int HOUR_BITS = 20;
    private static final int MINUTE_BITS = 26;
    private static final long MOST_HOUR = (1L << HOUR_BITS) - 1;
    private static final long MOST_MINUTE = (1L << MINUTE_BITS) - 1;
    private static final long FORGIVES_EVERY = 60;
    private static final int MOST_DAYS = 9;
    private static final int NOWHERE = -1;

    private final Keyed keyed;
    private final Sources sources;

    /** Nobody has logged in yet; the seed is a secret. */
    Credit(long seed) {
        this(seed, MOST_SOURCES);
    }

    Credit(long seed, int most) {
        this.keyed = new Keyed(seed);
        Sources.Terms terms = new Sources.Terms(most, new Ranks(MOST_DAYS), Room.alone(seed));
        this.sources = new Sources(MOST_ACCOUNTS, terms, at -> lastHour(this.sources(), at), _ -> {});
    }

    private Sources sources() {
        return sources;
    }

    /** Takes in that the account has logged in from the source; says whether that may forgive its failures. */
    boolean succeed(Cidr source, String account, Instant time) {
        int at = sources.of(source);
        long hour = hour(time);
        long before = lastHour(sources, at);
        int days = sources.mark(at);
        int slot = slotFor(at, account, hour);
        long word = sources.word(at, slot);
        sources.set(at, slot, word(hashOf(account), Math.max(hour, sinceHour(word)), forgivenMinute(word)));
        boolean isNewDay = days == 0 || hour / 24 > before / 24;
        days = Math.min(days + (isNewDay ? 1 : 0), MOST_DAYS);
        sources.mark(at, days);
        sources.failed(at, days, lastHour(sources, at));
        return Math.abs(minute(time) - forgivenMinute(word)) >= FORGIVES_EVERY;
    }

    /** Notes that the account's success has forgiven failures. */
    void forgive(Cidr source, String account, Instant time) {
        int at = sources.find(source);
        int slot = at == AddressTable.NONE ? NOWHERE : slotOf(at, hashOf(account));
        if (slot != NOWHERE) {
            long word = sources.word(at, slot);
            sources.set(at, slot, word(hashOf(account), sinceHour(word), minute(time)));
        }
    }

    /** By how much {@code maxretry} is to be multiplied for the source: 1 where nobody has logged in. */
    int room(Cidr source, Instant time) {
        int at = sources.find(source);
        if (at == AddressTable.NONE) {
            return 1;
        }
        long since = hour(time) - LASTS.toHours();
        int accounts = 0;
        for (int slot = Sources.OWN; slot < Sources.OWN + MOST_ACCOUNTS; slot++) {
            long word = sources.word(at, slot);
            accounts += word != 0 && sinceHour(word) >= since ? 1 : 0;
        }
        return 1 + accounts;
    }

    /** Forgets the sources from which nobody has logged in since that time. */
    void forgetBefore(Instant time) {
        sources.removeSilent(hour(time));
    }

    /** How many sources there are. */
    int size() {
        return sources.size();
    }

    private int slotFor(int at, String account, long hour) {
        int own = slotOf(at, hashOf(account));
        if (own != NOWHERE) {
            return own;
        }
        int best = Sources.OWN;
        for (int slot = Sources.OWN; slot < Sources.OWN + MOST_ACCOUNTS; slot++) {
            long word = sources.word(at, slot);
            if (word != 0 && sinceHour(word) < hour - LASTS.toHours()) {
                sources.set(at, slot, 0);
                word = 0;
            }
            best = sinceHour(word) < sinceHour(sources.word(at, best)) ? slot : best;
        }
        return best;
    }

    private int slotOf(int at, long hash) {
        for (int slot = Sources.OWN; slot < Sources.OWN + MOST_ACCOUNTS; slot++) {
            long word = sources.word(at, slot);
            if (word != 0 && word >>> (HOUR_BITS + MINUTE_BITS) == hash) {
                return slot;
            }
        }
        return NOWHERE;
    }

    private static long lastHour(Sources sources, int at) {
        long last = 0;
        for (int slot = Sources.OWN; slot < Sources.OWN + MOST_ACCOUNTS; slot++) {
            last = Math.max(last, sinceHour(sources.word(at, slot)));
        }
        return last;
    }

    private long hashOf(String account) {
        return keyed.of(account) >>> (Long.SIZE - HASH_BITS);
    }

    private static long word(long hash, long hour, long minute) {
        return hash << (HOUR_BITS + MINUTE_BITS) | hour << MINUTE_BITS | minute;
    }

    private static long sinceHour(long word) {
        return word >>> MINUTE_BITS & MOST_HOUR;
    }

    private static long forgivenMinute(long word) {
        return word & MOST_MINUTE;
    }

    /** From 1 on, so that an account's word is never 0. */
    private static long hour(Instant time) {
        return Math.clamp(time.getEpochSecond() / 3_600, 1, MOST_HOUR);
    }

    private static long minute(Instant time) {
        return Math.clamp(time.getEpochSecond() / 60, 0, MOST_MINUTE);
    }
}
