package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.util.Comparator;

/**
 * How many guesses a source may make that is excused, since people have logged in from there: an office with one bad
 * neighbour is never banned, and its neighbour does not go on for ever all the same.
 *
 * <p>Not thread-safe.
 */
final class Guesses {

    /*
     * A bucket for each account that was opened from a source, and one for all others together. A wrong login fills it,
     * what leaks from it with the time makes room for the next. The account's success there empties it: others' do not,
     * or whoever guesses in an office of thirty would begin anew with each of them.
     *
     * Who guesses at his neighbour's account must not keep him out. So each account has two: for requests in the name
     * of the browser that logged in to it last, and for all other requests. The door is told apart for the same reason:
     * a telephone with a stale password knocks at XML-RPC.
     */

    /** Buckets remembered. */
    private static final int ROOM = 4_096;

    /** Wrong logins at one's own account: a bad day of one person. */
    private static final double OWN = 20;

    /** At the others of a source: somebody new, who does not know his name yet. */
    private static final double OTHERS = 10;

    /** Where the sensor tells no accounts: those of all people of an office. */
    private static final double ALL = 60;

    /** In seconds, for each wrong login: one's own, and those of all. */
    private static final double OWN_LEAK = 600;

    private static final double OTHERS_LEAK = 3_600;

    private record Key(Cidr source, String user, Door door, boolean usual) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::source)
                .thenComparing(Key::user)
                .thenComparing(Key::door)
                .thenComparing(Key::usual);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Bucket {
        private double level;
        private long last;
    }

    /** What asked when an account was opened last. */
    private record Owner(Cidr source, String user) implements Comparable<Owner> {

        @Override
        public int compareTo(Owner other) {
            int bySource = source.compareTo(other.source);
            return bySource != 0 ? bySource : user.compareTo(other.user);
        }
    }

    private final Recent<Key, Bucket> buckets = new Recent<>(ROOM);
    private final Recent<Owner, Integer> agents = new Recent<>(ROOM);

    /**
     * Whether the source of the attempt has guessed so often that it has to wait.
     *
     * @param own whether the account was opened from there
     */
    boolean isTooMany(Attempt attempt, boolean own) {
        Bucket bucket = buckets.find(key(attempt, own));
        return bucket != null && level(bucket, attempt, own) > most(attempt, own) - 1;
    }

    /** Why, in plain words. */
    String sentence(Attempt attempt, boolean own) {
        int most = (int) most(attempt, own);
        long minutes = (long) leak(own) / 60;
        String whose = attempt.login().user().isEmpty()
                ? "from this address"
                : own ? "for this account from this address" : "for accounts that were never opened from this address";
        return most + " wrong logins " + whose + "; one is let through every " + minutes + " minutes";
    }

    /** A login was wrong. */
    void failed(Attempt attempt, boolean own) {
        Bucket bucket = buckets.of(key(attempt, own), _ -> new Bucket());
        bucket.level = Math.min(
                most(attempt, own),
                level(bucket, attempt, own) + Math.max(1, attempt.login().weight()));
        bucket.last = Math.max(bucket.last, attempt.second());
    }

    /** A login was right. */
    void succeeded(Attempt attempt) {
        agents.put(new Owner(attempt.source(), attempt.login().user()), agent(attempt));
        buckets.remove(key(attempt, true));
    }

    private static double level(Bucket bucket, Attempt attempt, boolean own) {
        return Math.max(0, bucket.level - Math.max(0, attempt.second() - bucket.last) / leak(own));
    }

    private static double most(Attempt attempt, boolean own) {
        if (attempt.login().user().isEmpty()) {
            return ALL;
        }
        return own ? OWN : OTHERS;
    }

    private static double leak(boolean own) {
        return own ? OWN_LEAK : OTHERS_LEAK;
    }

    private Key key(Attempt attempt, boolean own) {
        String user = attempt.login().user();
        if (!own) {
            return new Key(attempt.source(), " others", Door.LOGIN, false);
        }
        Integer last = agents.find(new Owner(attempt.source(), user));
        return new Key(attempt.source(), user, attempt.request().door(), last != null && last == agent(attempt));
    }

    private static int agent(Attempt attempt) {
        return attempt.request().agent().map(String::hashCode).orElse(0);
    }
}
