package bailiff.log;

import org.slf4j.event.Level;

/** How much is logged, for the whole process. Safe for any thread. */
public final class LogLevel {

    private static volatile Level least = Level.INFO;

    private LogLevel() {}

    /** Logs messages of this level and above from now on; {@link Level#INFO} at start. */
    public static void set(Level level) {
        least = level;
    }

    static boolean enabled(Level level) {
        return level.toInt() >= least.toInt();
    }
}
