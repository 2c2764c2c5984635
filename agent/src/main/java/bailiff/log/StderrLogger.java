package bailiff.log;

import bailiff.line.Printable;
import java.io.Serial;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes one line a message to standard error: {@code 2026-11-20 13:01:02,345 INFO  [wordpress] Ban 192.0.2.1}, or with
 * the priority {@code <6>} in place of time and level when standard error is the systemd journal (sd-daemon(3)).
 *
 * <p>Messages are made printable first. Safe for any thread.
 */
final class StderrLogger extends LegacyAbstractLogger {

    @Serial
    private static final long serialVersionUID = 1;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS");
    private static final boolean JOURNAL = System.getenv("JOURNAL_STREAM") != null;
    private static final int LONGEST = 4_000;

    StderrLogger(String name) {
        this.name = name;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String message = String.valueOf(MessageFormatter.basicArrayFormat(pattern, arguments));
        String line = Printable.text(thrown == null ? message : message + cause(thrown), LONGEST);
        if (JOURNAL) {
            System.err.println("<" + priority(level) + ">" + line);
        } else {
            System.err.println(
                    TIME.format(LocalDateTime.now(ZoneId.systemDefault())) + " %-5s ".formatted(level) + line);
        }
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

    @Override
    public boolean isTraceEnabled() {
        return LogLevel.enabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return LogLevel.enabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return LogLevel.enabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return LogLevel.enabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return LogLevel.enabled(Level.ERROR);
    }
}
