package bailiff.ledger;

import bailiff.evidence.RateCount;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A failure as the ledger keeps it: who, when, and the line that says so.
 *
 * @param subject what it counts against: the address, or the IPv6 network that counts as one
 * @param address who failed; lies in {@code subject}
 * @param time when, by the log's clock; cut to milliseconds
 * @param attempts how many attempts it stands for, at least 1
 * @param user the user name that was tried, empty when none is known; hostile text, cut to {@link #LONGEST_USER}
 * @param line the line as it was read; hostile text, cut to {@link #LONGEST_LINE}
 * @param count what fail2ban's counter had come to with it; null where failures are counted exactly
 */
public record Failure(
        String jail,
        Cidr subject,
        IpAddress address,
        Instant time,
        int attempts,
        String user,
        String line,
        @Nullable RateCount count) {

    /** Characters of a line that are kept. */
    public static final int LONGEST_LINE = 1_000;

    /** Characters of a user name that are kept. */
    public static final int LONGEST_USER = 255;

    /** A failure that is counted exactly. */
    public Failure(String jail, Cidr subject, IpAddress address, Instant time, int attempts, String user, String line) {
        this(jail, subject, address, time, attempts, user, line, null);
    }

    public Failure {
        if (!subject.contains(address)) {
            throw new IllegalArgumentException(address + " is not in " + subject);
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts " + attempts + " is below 1");
        }
        time = time.truncatedTo(ChronoUnit.MILLIS);
        user = cut(user, LONGEST_USER);
        line = cut(line, LONGEST_LINE);
    }

    /** The text, or as much of its start as fits without half a character at the end. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, splitsPair ? longest - 1 : longest);
    }
}
