package bailiff.log;

import bailiff.line.Printable;
import java.time.Instant;

/**
 * One entry of a log in fail2ban's form.
 *
 * @param component the part of fail2ban that would have written it: {@code actions}, {@code filter}, {@code jail} ...
 * @param message what happened; made printable, one line, at most {@link #LONGEST} characters
 */
public record LogRecord(Instant time, Level level, String component, String message) {

    /** Characters of a message that are kept. */
    static final int LONGEST = 4_000;

    public LogRecord {
        message = Printable.text(message, LONGEST);
    }

    /** How much it matters, in fail2ban's words. */
    public enum Level {
        /** For finding faults. */
        DEBUG(10, 7),
        /** What was seen. */
        INFO(20, 6),
        /** What was done to somebody. */
        NOTICE(25, 5),
        /** What should not be. */
        WARNING(30, 4),
        /** What went wrong. */
        ERROR(40, 3),
        /** What nobody survives. */
        CRITICAL(50, 2);

        private final int number;
        private final int priority;

        Level(int number, int priority) {
            this.number = number;
            this.priority = priority;
        }

        /** Its number in Python's logging. */
        int number() {
            return number;
        }

        /** Its number in syslog(3). */
        int priority() {
            return priority;
        }
    }
}
