package bailiff.config;

/**
 * How much work putting values into values may make, for all files of one reading together.
 *
 * <p>Not thread-safe: one reading owns it.
 */
final class Effort {

    /*
     * The bounds on one value do not bound a directory that has a hundred thousand of them. All stock jails of fail2ban
     * together take two million; a hundred times that is gone through in a second or two.
     */
    static final long MOST = 1L << 28;
    static final int EACH = 64;

    private long left = MOST;

    /** Notes that so many characters were put somewhere; the place is to blame when it was one too many. */
    void spend(long characters, Place blamed) throws BadValue {
        left -= characters + EACH;
        if (left < 0) {
            throw new BadValue(blamed, "gave up: all values together refer to too many others");
        }
    }
}
