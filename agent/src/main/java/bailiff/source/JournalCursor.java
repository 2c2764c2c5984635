package bailiff.source;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be told from an entry's cursor without the journal. */
final class JournalCursor {

    private static final Pattern TIME = Pattern.compile("(?:^|;)t=([0-9a-f]{1,14})(?:;|$)");

    private JournalCursor() {}

    /** The moment after the one at which the journal got the entry. */
    static Optional<Instant> timeOf(String cursor) {
        Matcher time = TIME.matcher(cursor);
        if (!time.find()) {
            return Optional.empty();
        }
        long micros = Long.parseLong(time.group(1), 16) + 1;
        return Optional.of(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000));
    }
}
