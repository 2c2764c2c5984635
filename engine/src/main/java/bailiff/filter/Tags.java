package bailiff.filter;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** fail2ban's tags in an expression: what each stands for. */
final class Tags {

    /**
     * A tag as written.
     *
     * @param name without brackets and slashes, {@code F-USER}
     * @param form whether it opens a group, closes one, or stands alone
     */
    record Tag(String name, Form form) {}

    enum Form {
        OPEN,
        CLOSE,
        ALONE
    }

    private static final Pattern TAG =
            Pattern.compile("<(/?)(F-[A-Z0-9_-]+|HOST|ADDR|IP4|IP6|DNS|CIDR|SUBNET|SKIPLINES)(/?)>");
    private static final Pattern SKIPPED = Pattern.compile("skiplines[0-9]+");

    /* Written loosely and checked as addresses after the match: see Blame. */
    private static final String IP4 = "(?P<ip4>(?:[0-9]{1,3}\\.){3}[0-9]{1,3})";
    private static final String MAPPED_IP4 = "(?:::[fF]{4}:)?" + IP4;
    private static final String IP6 =
            "(?P<ip6>(?:[0-9a-fA-F]{0,4}:){2,7}(?:(?:[0-9]{1,3}\\.){3}[0-9]{1,3}|[0-9a-fA-F]{1,4}|(?<=::)))";
    private static final String NAME = "(?P<dns>[\\w.^-]*\\w)";
    private static final String LENGTH = "(?P<cidr>[0-9]{1,3})";
    private static final String ADDRESS = "\\[?(?:" + MAPPED_IP4 + "|" + IP6 + ")\\]?";

    private Tags() {}

    /** The tag that stands next, consumed; nothing when what stands there is plain text. */
    static Optional<Tag> read(Cursor in) {
        Matcher matcher = TAG.matcher(in.text()).region(in.at(), in.text().length());
        if (in.peek() != '<' || !matcher.lookingAt()) {
            return Optional.empty();
        }
        boolean ours = matcher.group(2).startsWith("F-");
        boolean close = !matcher.group(1).isEmpty();
        boolean alone = !matcher.group(3).isEmpty();
        if ((close && alone) || (!ours && (close || alone))) {
            return Optional.empty();
        }
        in.backTo(matcher.end());
        return Optional.of(new Tag(matcher.group(2), close ? Form.CLOSE : alone || !ours ? Form.ALONE : Form.OPEN));
    }

    /** Whether a tag that closes a group stands next. */
    static boolean isClosing(Cursor in) {
        return in.text().startsWith("</F-", in.at())
                && TAG.matcher(in.text()).region(in.at(), in.text().length()).lookingAt();
    }

    /** The group of the lines that the expression's {@code <SKIPLINES>} of that number, from 0, passes over. */
    static String skipped(int number) {
        return "skiplines" + number;
    }

    /** Whether a group is one of {@link #skipped}. */
    static boolean isSkipped(String group) {
        return SKIPPED.matcher(group).matches();
    }

    /** The group that an {@code <F-...>} tag makes: {@code user} for {@code F-USER}. */
    static String group(String tag) {
        String name = tag.substring(2).toLowerCase(Locale.ROOT).replace('-', '_');
        return switch (name) {
            case "id" -> "fid";
            case "port" -> "fport";
            default -> name;
        };
    }

    /**
     * What a tag without content stands for, in Python's dialect.
     *
     * @param names whether a host may be a name
     * @param groups those of the expression so far
     */
    static String expansion(String tag, boolean names, GroupTable groups) {
        return switch (tag) {
            case "SKIPLINES" -> "\\n(?P<" + freeSkipped(groups) + ">(?:(?:.*\\n)*?))";
            case "HOST" -> names ? "(?:" + ADDRESS + "|" + NAME + ")" : ADDRESS;
            case "ADDR", "F-ADDR" -> ADDRESS;
            case "IP4", "F-IP4" -> IP4;
            case "IP6", "F-IP6" -> IP6;
            case "DNS", "F-DNS" -> NAME;
            case "CIDR", "F-CIDR" -> LENGTH;
            case "SUBNET", "F-SUBNET" -> "\\[?(?:" + MAPPED_IP4 + "|" + IP6 + ")(?:/" + LENGTH + ")?\\]?";
            case "F-PORT" -> "(?P<fport>\\w+)";
            default -> "(?P<" + group(tag) + ">\\S+)";
        };
    }

    private static String freeSkipped(GroupTable groups) {
        int number = 0;
        while (groups.has(skipped(number))) {
            number++;
        }
        return skipped(number);
    }
}
