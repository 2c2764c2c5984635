package bailiff.action;

import java.time.Duration;

/** Runs commands. Safe for any thread. */
@FunctionalInterface
interface Shell {

    /**
     * What became of a command.
     *
     * @param good whether it ended with exit code 0
     * @param words how it ended and what it wrote, for a person; bounded, one line, without control characters; empty
     *     where it ended well and wrote nothing
     */
    record Outcome(boolean good, String words) {}

    /** Runs a command and waits for its end; after {@code patience} it is killed with all that it has started. */
    Outcome run(ShellCommand command, Duration patience);
}
