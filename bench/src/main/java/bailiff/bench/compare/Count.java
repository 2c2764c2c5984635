package bailiff.bench.compare;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a program says how many lines it found. */
enum Count {
    /** Not at all. */
    NONE("(?!)"),
    /** A bare number, as of {@code grep -c}. */
    NUMBER("^(\\d+)"),
    /** {@code 1000000 lines: 10103 matched}. */
    MATCHED("lines: (\\d+) matched"),
    /** {@code 1000000 lines: 10103 failures}. */
    FAILURES("lines: (\\d+) failures"),
    /** fail2ban-regex's last line. */
    FAIL2BAN_REGEX("Lines: \\d+ lines, \\d+ ignored, (\\d+) matched");

    private final String form;

    Count(String form) {
        this.form = form;
    }

    /** The number in that text, the last of its kind; -1 where there is none. */
    long in(String text) {
        Matcher matcher = Pattern.compile(form).matcher(text);
        long count = -1;
        while (matcher.find()) {
            count = Long.parseLong(matcher.group(1));
        }
        return count;
    }
}
