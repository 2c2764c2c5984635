package bailiff.log;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What fail2ban's {@code logtarget} says: {@code /var/log/fail2ban.log}, {@code SYSLOG[facility=local1]} ...
 *
 * @param name the file, or {@code STDOUT}, {@code SYSOUT}, {@code STDERR}, {@code SYSLOG}, {@code SYSTEMD-JOURNAL}
 * @param options what stands in brackets
 */
record LogTarget(String name, Map<String, String> options) {

    private static final Pattern CALL = Pattern.compile("(?<name>[^\\[]+)(?<options>(?:\\[.*\\])?)", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile(
            "[\\[,\\]\\s]*(?<name>[\\w.-]+)\\s*=\\s*(?:\"(?<d>[^\"]*)\"|'(?<s>[^']*)'|(?<bare>[^,\\]]*))");

    LogTarget {
        options = Map.copyOf(options);
    }

    /** Reads it; nothing when it is empty or its brackets do not close. */
    static Optional<LogTarget> parse(String text) {
        Matcher call = CALL.matcher(text.strip());
        if (!call.matches()) {
            return Optional.empty();
        }
        Map<String, String> options = new HashMap<>();
        Matcher option = OPTION.matcher(call.group("options"));
        while (option.find()) {
            String quoted = option.group("d") == null ? option.group("s") : option.group("d");
            options.put(
                    option.group("name").toLowerCase(Locale.ROOT),
                    quoted == null ? option.group("bare").strip() : quoted);
        }
        return Optional.of(new LogTarget(call.group("name").strip(), options));
    }

    /** Its name in capitals, by which those are known that are no file. */
    String kind() {
        return name.toUpperCase(Locale.ROOT);
    }

    /** The option as a boolean, in fail2ban's spelling of one. */
    boolean flag(String option, boolean usual) {
        String text = options.get(option);
        return text == null ? usual : text.toLowerCase(Locale.ROOT).matches("1|on|true|yes");
    }
}
