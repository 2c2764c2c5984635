package bailiff.action;

import java.time.Duration;
import java.util.List;

/** Runs commands. Safe for any thread. */
@FunctionalInterface
public interface Shell {

    /** The code of a command that did not end by itself: it could not be started, or was killed when its time was up. */
    int NO_CODE = -1;

    /**
     * What became of a command.
     *
     * @param code its exit code, 128 and more where a signal ended it; {@link #NO_CODE} where it has none
     * @param words how it ended and what it wrote, for a person; bounded, one line, without control characters; empty
     *     where it ended well and wrote nothing
     */
    record Outcome(int code, String words) {

        /** Whether it ended with exit code 0. */
        public boolean isGood() {
            return code == 0;
        }
    }

    /** Runs a command and waits for its end; after {@code patience} it is killed with all that it has started. */
    Outcome run(ShellCommand command, Duration patience);

    /** {@code /bin/sh} on this machine, each command in a session of its own. */
    static Shell here() {
        return new ProcessShell(List.of());
    }
}
