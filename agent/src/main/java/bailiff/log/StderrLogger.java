package bailiff.log;

import java.io.Serial;
import java.time.InstantSource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes one line a message to standard error, as {@link LogLayout} has it. Safe for any thread. */
final class StderrLogger extends LegacyAbstractLogger {

    @Serial
    private static final long serialVersionUID = 1;

    private static final LogLayout LAYOUT =
            new LogLayout(System.getenv("JOURNAL_STREAM") != null, InstantSource.system(), ZoneId.systemDefault());

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
        System.err.println(LAYOUT.line(level, message, thrown));
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
