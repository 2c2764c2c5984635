package bailiff.enforce;

import bailiff.net.Cidr;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The nft set that holds a jail's bans of one family and prefix length.
 *
 * @param jail the jail's name, as configured
 * @param v4 whether the members are IPv4 networks
 * @param length the prefix length of every member
 */
record BanSet(String jail, boolean v4, int length) {

    /*
     * One plain hash set for each prefix length, asked with the masked source address, instead of one interval set for
     * all lengths. In an interval set networks must not overlap (a /16 after one of its /24 is refused), merging them
     * loses the shorter one's end, and adding one member takes time proportional to the set. Here a /24 and a /16 are
     * members of different sets, each with its own end, and every question costs one lookup for each length in use.
     *
     * A jail's name becomes an identifier by writing every byte other than a letter, digit, '-' or '_' as '.hh'; a name
     * that does not start with a letter gets "x.." before it, which no such escape can produce. So different names have
     * different identifiers, and identifiers can be read back. The suffix keeps all of them apart from nft's keywords.
     */
    private static final int LONGEST_NAME = 180;

    private static final Pattern NAME = Pattern.compile("(.+)-ip([46])(?:-([0-9]{1,3}))?");

    static BanSet of(String jail, Cidr subject) {
        return new BanSet(jail, subject.first().isV4(), subject.length());
    }

    /** The set of single addresses that every jail has. */
    static BanSet ofSingle(String jail, boolean v4) {
        return new BanSet(jail, v4, v4 ? 32 : 128);
    }

    static boolean canName(String jail) {
        if (jail.isEmpty() || jail.length() > LONGEST_NAME) {
            return false;
        }
        String identifier = identifier(jail);
        return identifier.length() <= LONGEST_NAME && decoded(identifier).equals(jail);
    }

    /** The set of that nft name, or nothing when it is none of ours. */
    static Optional<BanSet> named(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean v4 = parts.group(2).equals("4");
        int width = v4 ? 32 : 128;
        int length = parts.group(3) == null ? width : Integer.parseInt(parts.group(3));
        Optional<String> jail = jail(parts.group(1));
        return length > width ? Optional.empty() : jail.map(text -> new BanSet(text, v4, length));
    }

    String name() {
        String family = v4 ? "-ip4" : "-ip6";
        return identifier(jail) + (isSingle() ? family : family + "-" + length);
    }

    /** The chain that drops what this jail has banned. */
    static String chain(String jail) {
        return identifier(jail) + "-bans";
    }

    /** The type of the members, in nft's words. */
    String type() {
        return v4 ? "ipv4_addr" : "ipv6_addr";
    }

    /** The rule that drops what comes from a member. */
    String rule() {
        String source = v4 ? "ip saddr" : "ip6 saddr";
        String mask = isSingle() ? "" : " & " + mask();
        return source + mask + " @" + name() + " counter drop";
    }

    private boolean isSingle() {
        return length == (v4 ? 32 : 128);
    }

    private String mask() {
        StringBuilder text = new StringBuilder();
        int step = v4 ? 8 : 16;
        for (int at = 0; at < (v4 ? 32 : 128); at += step) {
            int ones = Math.clamp(length - at, 0, step);
            int part = (1 << step) - (1 << (step - ones));
            text.append(at == 0 ? "" : v4 ? "." : ":").append(v4 ? Integer.toString(part) : Integer.toHexString(part));
        }
        return text.toString();
    }

    private static String identifier(String jail) {
        StringBuilder text = new StringBuilder();
        for (byte b : jail.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isLetter(c) || isBetween(c, '0', '9') || c == '-' || c == '_') {
                text.append(c);
            } else {
                text.append('.').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return isLetter(text.charAt(0)) ? text.toString() : "x.." + text;
    }

    private static Optional<String> jail(String identifier) {
        String jail = decoded(identifier);
        return canName(jail) && identifier(jail).equals(identifier) ? Optional.of(jail) : Optional.empty();
    }

    private static String decoded(String identifier) {
        String text = identifier.startsWith("x..") ? identifier.substring(3) : identifier;
        byte[] bytes = new byte[text.length()];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && text.substring(i + 1).matches("[0-9a-f]{2}.*")) {
                bytes[size++] = (byte) Integer.parseInt(text, i + 1, i + 3, 16);
                i += 2;
            } else {
                bytes[size++] = (byte) c;
            }
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private static boolean isLetter(char c) {
        return isBetween(c, 'a', 'z') || isBetween(c, 'A', 'Z');
    }

    private static boolean isBetween(char c, char first, char last) {
        return c >= first && c <= last;
    }
}
