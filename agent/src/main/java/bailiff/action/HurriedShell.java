package bailiff.action;

import java.time.Duration;

/** A shell that can be told to be done with everything by some moment. Safe for any thread. */
final class HurriedShell implements Shell {

    /** How long killing a command may take on top of its time. */
    static final Duration KILLING = Duration.ofSeconds(5);

    private static final Outcome NO_TIME = new Outcome(NO_CODE, "there was no time left for it");

    private final Shell shell;
    private volatile boolean hurried;
    private volatile long end;

    HurriedShell(Shell shell) {
        this.shell = shell;
    }

    /** From now on all commands together may take so long. */
    void hurry(Duration left) {
        end = System.nanoTime() + left.toNanos();
        hurried = true;
    }

    /** Whether the time is up. */
    boolean isLate() {
        return hurried && System.nanoTime() - end >= 0;
    }

    @Override
    public Outcome run(ShellCommand command, Duration patience) {
        if (!hurried) {
            return shell.run(command, patience);
        }
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!left.isPositive()) {
            return NO_TIME;
        }
        return shell.run(command, left.compareTo(patience) < 0 ? left : patience);
    }
}
