package bailiff.guard;

/** Lets the first few through, and counts the others until it is renewed. Safe for any thread. */
final class Portion {

    /** Restored bans of a jail that are logged one by one: a start with 100,000 of them must not wait for its log. */
    static final int RESTORED = 1_000;

    private final int most;
    private long asked;

    /** At most so many. */
    Portion(int most) {
        this.most = most;
    }

    /** Whether there is one more. */
    synchronized boolean take() {
        asked++;
        return asked <= most;
    }

    /** Begins anew; gives how many there were too many. */
    synchronized long renew() {
        long others = Math.max(0, asked - most);
        asked = 0;
        return others;
    }
}
