package bailiff.acceptance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came back for a request.
 *
 * @param status HTTP's, or one of this class's where there was none
 * @param text head and body, as far as it was kept
 */
record Reply(int status, String text) {

    /** Nobody answered: a packet filter's silence. */
    static final int DROPPED = -1;

    /** The connection was refused. */
    static final int REFUSED = -2;

    /** The connection was closed before an answer. */
    static final int CUT = -3;

    private static final Pattern COOKIE = Pattern.compile("(?im)^set-cookie: ([^;\r\n]+)");

    /** Whether the site answered. */
    boolean isAnswered() {
        return status > 0;
    }

    /** Whether a packet filter kept silent. */
    boolean isDropped() {
        return status == DROPPED;
    }

    /** Whether an answer of XML-RPC is a fault of that number. */
    boolean isFault(int code) {
        return text.contains("<int>" + code + "</int>");
    }

    /** The cookies that it sets, as a request carries them. */
    String cookies() {
        StringBuilder all = new StringBuilder();
        for (Matcher cookie = COOKIE.matcher(text); cookie.find(); ) {
            all.append(all.isEmpty() ? "" : "; ").append(cookie.group(1));
        }
        return all.toString();
    }

    @Override
    public String toString() {
        return status + " " + text.substring(0, Math.min(text.length(), 1_500));
    }
}
