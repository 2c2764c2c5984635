package bailiff.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of fail2ban's client: options first, and from the first other word on the command.
 *
 * @param flags the options without a value, by their short names ({@code t}) or long ones where they have no short one
 * @param values the others
 * @param words the command
 */
record ClientOptions(Set<String> flags, Map<String, String> values, List<String> words) {

    private static final String SHORT_FLAGS = "hxfbdtviqV";
    private static final String SHORT_VALUES = "csp";
    private static final Map<String, String> LONG_FLAGS =
            Map.of("test", "t", "help", "h", "version", "version", "async", "async", "dp", "dp", "dump-pretty", "dp");
    private static final Map<String, String> LONG_VALUES = Map.of(
            "conf", "c",
            "socket", "s",
            "pidfile", "p",
            "pname", "pname",
            "loglevel", "loglevel",
            "logtarget", "logtarget",
            "syslogsocket", "syslogsocket",
            "timeout", "timeout",
            "str2sec", "str2sec");

    ClientOptions {
        flags = Set.copyOf(flags);
        values = Map.copyOf(values);
        words = List.copyOf(words);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    /** The arguments' meaning; nothing when one of them is unknown or lacks its value. */
    static Optional<ClientOptions> parse(List<String> arguments) {
        Set<String> flags = new HashSet<>();
        Map<String, String> values = new HashMap<>();
        int at = 0;
        while (at < arguments.size()
                && arguments.get(at).startsWith("-")
                && !arguments.get(at).equals("-")) {
            String argument = arguments.get(at);
            at++;
            if (argument.equals("--")) {
                break;
            }
            List<String> next = arguments.subList(at, arguments.size());
            int taken = argument.startsWith("--")
                    ? longOption(argument.substring(2), next, flags, values)
                    : shortOptions(argument.substring(1), next, flags, values);
            if (taken < 0) {
                return Optional.empty();
            }
            at += taken;
        }
        return Optional.of(new ClientOptions(flags, values, new ArrayList<>(arguments.subList(at, arguments.size()))));
    }

    /** How many of the next arguments belong to the option; -1 when it is wrong. */
    private static int longOption(String option, List<String> next, Set<String> flags, Map<String, String> values) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        String flag = LONG_FLAGS.get(name);
        String valued = LONG_VALUES.get(name);
        if (flag != null && equals < 0) {
            flags.add(flag);
            return 0;
        }
        if (valued == null || (equals < 0 && next.isEmpty())) {
            return -1;
        }
        values.put(valued, equals < 0 ? next.getFirst() : option.substring(equals + 1));
        return equals < 0 ? 1 : 0;
    }

    private static int shortOptions(String letters, List<String> next, Set<String> flags, Map<String, String> values) {
        for (int i = 0; i < letters.length(); i++) {
            String letter = letters.substring(i, i + 1);
            if (SHORT_FLAGS.contains(letter)) {
                flags.add(letter);
                continue;
            }
            boolean attached = i + 1 < letters.length();
            if (!SHORT_VALUES.contains(letter) || (!attached && next.isEmpty())) {
                return -1;
            }
            values.put(letter, attached ? letters.substring(i + 1) : next.getFirst());
            return attached ? 0 : 1;
        }
        return 0;
    }
}
