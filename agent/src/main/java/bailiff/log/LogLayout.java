package bailiff.log;

import bailiff.line.Printable;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * What a message looks like in the log: {@code 2026-11-20 13:01:02,345 INFO  [wordpress] Ban 192.0.2.1}, or with the
 * priority {@code <6>} in place of time and level where the systemd journal reads it (sd-daemon(3)).
 *
 * <p>Always one line, made printable and cut to {@value #LONGEST} characters. Safe for any thread.
 */
final class LogLayout {

    static final int LONGEST = 4_000;

    private final boolean journal;
    private final InstantSource clock;
    private final DateTimeFormatter time;

    /**
     * A layout.
     *
     * @param journal whether the journal reads it
     * @param zone of the times
     */
    LogLayout(boolean journal, InstantSource clock, ZoneId zone) {
        this.journal = journal;
        this.clock = clock;
        this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS").withZone(zone);
    }

    /** The message as a line without a line feed. */
    String line(Level level, String message, @Nullable Throwable thrown) {
        String text = Printable.text(thrown == null ? message : message + cause(thrown), LONGEST);
        return journal
                ? "<" + priority(level) + ">" + text
                : "%s %-5s %s".formatted(time.format(clock.instant()), level, text);
    }

    /** The cause in a few words; where it was thrown only for whoever asked for DEBUG. */
    private static String cause(Throwable thrown) {
        String where = LogLevel.enabled(Level.DEBUG) ? " at " + Arrays.toString(thrown.getStackTrace()) : "";
        return " (" + thrown + where + ")";
    }

    private static int priority(Level level) {
        return switch (level) {
            case ERROR -> 3;
            case WARN -> 4;
            case INFO -> 6;
            case DEBUG, TRACE -> 7;
        };
    }
}
