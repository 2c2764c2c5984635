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
 * @param form whether the attempt brings back what the site wrote into the login form for that address; nothing where
 *     the door has no form, or its form may have no such mark
 * @param head what the request looks like
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
        Optional<Boolean> form,
        Head head) {

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

    /** What an attempt says that it comes from. */
    public enum Referer {
        /** Whoever asks does not tell. */
        UNTOLD,

        /** From nowhere. */
        NONE,

        /** From a door of the site, as a browser says that sends the login form. */
        DOOR,

        /** From some other page. */
        ELSEWHERE;

        /** The one that is called so; nothing where none is. */
        static Optional<Referer> named(String word) {
            return switch (word) {
                case "none" -> Optional.of(NONE);
                case "door" -> Optional.of(DOOR);
                case "elsewhere" -> Optional.of(ELSEWHERE);
                default -> Optional.empty();
            };
        }
    }

    /** The question whether that address may come in at all. */
    public static Question whether(IpAddress address, String site) {
        return attempt(address, site, Door.ANY, Head.UNTOLD);
    }

    /** The question whether that address may make an attempt of whose account nothing is known. */
    static Question attempt(IpAddress address, String site, Door door, Head head) {
        return new Question(address, door, site, "", false, "", 1, 0, false, Optional.empty(), head);
    }

    /** The User-Agent as sent, empty where none was, a long one cut; nothing where it was not told. */
    public Optional<String> agent() {
        return head.agent();
    }

    /** What kind of page the attempt says that it comes from. */
    public Referer referer() {
        return head.referer();
    }

    /** The protocol of the request, such as {@code HTTP/1.1}; empty where it was not told. */
    public String protocol() {
        return head.protocol();
    }

    /** The path of the door as sent, where no browser would write it so; else empty. */
    public String spelling() {
        return head.spelling();
    }

    /**
     * The question that the bytes from {@code from} up to, not including, {@code to} hold, without the line feed;
     * nothing when they hold none.
     */
    public static Optional<Question> parse(byte[] bytes, int from, int to) {
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
        private Optional<Boolean> form = Optional.empty();
        private int logins = 1;
        private int pings;
        private Optional<String> agent = Optional.empty();
        private Referer referer = Referer.UNTOLD;
        private String protocol = "";
        private String spelling = "";

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
            Head head = new Head(agent, referer, protocol, spelling);
            return address.map(
                    from -> new Question(from, door, site, user, known, key, logins, pings, device, form, head));
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
                    form = Optional.of(value.equals("1"));
                    return isFlag(value);
                }
                case "referer" -> {
                    Optional<Referer> named = Referer.named(value);
                    referer = named.orElse(Referer.UNTOLD);
                    return named.isPresent();
                }
                case "agent" -> agent = Optional.of(Head.decoded(value));
                case "proto" -> protocol = value;
                case "spelling" -> spelling = Head.decoded(value);
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
