package bailiff.line;

/**
 * Tells whether a line may have been cut short on its way into the log.
 *
 * <p>Whoever chooses the length of a user name chooses where a cut falls. Of {@code Authentication failure for NAME
 * from ADDRESS}, a cut can leave a line that ends inside the name, in an address of the attacker's choice. So a line
 * of such a length must blame nobody by what stands at its very end; what stands further ahead is as good as in any
 * line. Stateless.
 */
public final class Cut {

    /*
     * A window, not one length: a daemon cuts what it received, then writes something else. Below the limit: the
     * priority in front is taken off (<0> to <191>, up to 5 bytes), so are line feed and NUL (2), and half a
     * character at the cut (3). Above it: the host's name (up to 64) and a longer form of the time (up to 20 more)
     * are put in.
     *
     * Whoever pads his lines to such a length, say by a long Host header, is not blamed either: a missed attack rather
     * than a wrong ban. That longer lines of other senders are seen proves nothing, since each sender cuts for itself.
     */

    /** RFC 3164 section 4.1, obeyed by older syslog daemons and by senders over UDP; also PHP-FPM's own log. */
    static final int RFC_3164 = 1024;

    /** What RFC 5424 section 6.1 asks every receiver to take at least; also nginx's error log. */
    static final int RFC_5424 = 2048;

    /** One page, the usual size of a fixed buffer; no daemon was measured, and no honest line is lost by it. */
    static final int PAGE = 4096;

    /** rsyslog's default for a message; up to 8,095 bytes are left in the file (measured). */
    static final int RSYSLOG = 8096;

    /** How far below a limit a cut line may end, in bytes. */
    static final int BELOW = 16;

    /** How far above a limit a cut line may end, in bytes. */
    static final int ABOVE = 96;

    private Cut() {}

    /**
     * Whether a line of so many bytes may have lost its end.
     *
     * <p>Everything from rsyslog's limit on is suspect: no daemon that writes longer lines can be told from one that
     * cuts at its own configured limit, and no honest line that blames an address at its end is 8 KB long.
     */
    public static boolean suspects(int lengthInBytes) {
        return lengthInBytes >= RSYSLOG - BELOW
                || near(RFC_3164, lengthInBytes)
                || near(RFC_5424, lengthInBytes)
                || near(PAGE, lengthInBytes);
    }

    private static boolean near(int limit, int length) {
        return length >= limit - BELOW && length <= limit + ABOVE;
    }
}
