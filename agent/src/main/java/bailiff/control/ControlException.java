package bailiff.control;

import java.util.Objects;

/** A command that was not carried out, in words for the person who gave it. */
public final class ControlException extends Exception {

    /** Exit code: it could not be done. */
    public static final int FAILED = 1;

    /** Exit code: the command or the configuration is wrong. */
    public static final int USAGE = 2;

    private final int exit;

    /** A refusal with its exit code and one or more sentences, fit for a terminal. */
    public ControlException(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    /** What the person should be told. */
    public String words() {
        return Objects.requireNonNullElse(getMessage(), "");
    }

    /** The exit code that the command ends with. */
    public int exit() {
        return exit;
    }
}
