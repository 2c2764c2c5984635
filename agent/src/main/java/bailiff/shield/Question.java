package bailiff.shield;

import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What WordPress or the web server asks before it serves an attempt. Written as {@code ask} and words {@code name=value}
 * with single blanks between, in printable ASCII; the values are encoded as those of the plugin's lines. Immutable.
 *
 * @param address who makes the attempt
 * @param door where it is made
 * @param site the site's name; empty where it was not told
 * @param user the account that is meant, encoded as in the plugin's lines; empty where there is none
 * @param known whether there is such an account
 * @param key four hexadecimal digits that are the same for the same password; empty where it was not told
 * @param logins how many logins the request holds
 * @param pings how many pingbacks the request holds
 * @param device whether the browser carries a cookie that the site signed for that account
 * @param form whether the attempt brings back what the site wrote into the login form for that address
 * @param hasForm whether the question says so or denies it, since there is such a form at the door
 * @param agent the User-Agent as it was sent, encoded and perhaps cut; empty where none was; nothing where it was not told
 * @param referer what the Referer says
 * @param protocol such as {@code HTTP/1.1}; empty where it was not told
 * @param spelling how the door was spelled, encoded, where that is not the plain way; else empty
 */
public record Question(
        IpAddress address,
        Door door,
        String site,
        String user,
        boolean known,
        String key,
        int logins,
        int pings,
        boolean device,
        boolean form,
        boolean hasForm,
        Optional<String> agent,
        Referer referer,
        String protocol,
        String spelling) {

    /** A question has at most that many bytes, without the line feed: as many as a line of the plugin. */
    public static final int LONGEST = 1_000;

    private static final String ASK = "ask ";

    /* The longest numbers that mean something: WordPress takes some 1,700 calls in one request. */
    private static final int MOST_DIGITS = 6;

    /** Where attempts are made. */
    public enum Door {
        LOGIN,
        XMLRPC,
        REST,
        PINGBACK,

        /** The early door, or the web server: both know no account. */
        ANY
    }

    /** What the Referer of an attempt says; its text is not told. */
    public enum Referer {
        UNTOLD,
        NONE,
        DOOR,
        ELSEWHERE
    }

    /** The question whether that address may come in at all. */
    public static Question whether(IpAddress address, String site) {
        return new Question(
                address, Door.ANY, site, "", false, "", 1, 0, false, false, false, Optional.empty(), Referer.UNTOLD, "", "");
    }

    /**
     * The question that the bytes from {@code from} up to, not including, {@code to} hold, without the line feed;
     * nothing when they hold none.
     */
    static Optional<Question> parse(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return Optional.empty();
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] < ' ' || bytes[i] > '~') {
                return Optional.empty();
            }
        }
        String line = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        return line.startsWith(ASK) ? new Words().of(line) : Optional.empty();
    }

    /** The words as they are read. */
    private static final class Words {

        private final Set<String> seen = new HashSet<>();
        private Optional<IpAddress> address = Optional.empty();
        private Door door = Door.ANY;
        private String site = "";
        private String user = "";
        private String key = "";
        private boolean known;
        private boolean device;
        private boolean form;
        private boolean hasForm;
        private Optional<String> agent = Optional.empty();
        private Referer referer = Referer.UNTOLD;
        private String protocol = "";
        private String spelling = "";
        private int logins = 1;
        private int pings;

        Optional<Question> of(String line) {
            int at = ASK.length();
            while (at <= line.length()) {
                int blank = line.indexOf(' ', at);
                int end = blank < 0 ? line.length() : blank;
                int equals = line.indexOf('=', at);
                boolean isWord = equals > at && equals < end && seen.add(line.substring(at, equals));
                if (!isWord || !take(line.substring(at, equals), line.substring(equals + 1, end))) {
                    return Optional.empty();
                }
                at = end + 1;
            }
            return address.map(from -> new Question(
                    from, door, site, user, known, key, logins, pings, device, form, hasForm, agent, referer, protocol,
                    spelling));
        }

        private boolean take(String name, String value) {
            switch (name) {
                case "ip" -> {
                    address = IpAddress.parse(value);
                    return address.isPresent();
                }
                case "door" -> {
                    return door(value);
                }
                case "site" -> site = value;
                case "user" -> user = value;
                case "key" -> {
                    key = value.equals("-") ? "" : value;
                    return value.equals("-") || value.matches("[0-9a-f]{4}");
                }
                case "known" -> {
                    known = value.equals("1");
                    return isFlag(value);
                }
                case "device" -> {
                    device = value.equals("1");
                    return isFlag(value);
                }
                case "form" -> {
                    form = value.equals("1");
                    hasForm = true;
                    return isFlag(value);
                }
                case "agent" -> agent = Optional.of(value);
                case "proto" -> protocol = value;
                case "spelling" -> spelling = value;
                case "referer" -> {
                    return referer(value);
                }
                case "logins" -> {
                    logins = number(value);
                    return logins >= 0;
                }
                case "pings" -> {
                    pings = number(value);
                    return pings >= 0;
                }
                default -> {
                    return true;
                }
            }
            return true;
        }

        private boolean door(String value) {
            for (Door one : Door.values()) {
                if (one.name().toLowerCase(Locale.ROOT).equals(value)) {
                    door = one;
                    return true;
                }
            }
            return false;
        }

        private boolean referer(String value) {
            for (Referer one : Referer.values()) {
                if (one != Referer.UNTOLD && one.name().toLowerCase(Locale.ROOT).equals(value)) {
                    referer = one;
                    return true;
                }
            }
            return false;
        }

        private static boolean isFlag(String value) {
            return value.equals("0") || value.equals("1");
        }

        /** The number, or -1 when it is none. */
        private static int number(String value) {
            boolean isNumber = !value.isEmpty()
                    && value.length() <= MOST_DIGITS
                    && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
            return isNumber ? Integer.parseInt(value) : -1;
        }
    }
}
