package bailiff.guard;

import bailiff.log.Fail2banLog;
import bailiff.log.LogRecord;
import bailiff.log.LogRecord.Level;
import java.io.Closeable;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the log in fail2ban's form is written, and from which level on: as the configuration says, until a command says
 * otherwise. Nothing is written until {@link #aim}. Safe for any thread.
 */
final class Fail2banAim implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final String FAIL2BAN = "1.1.0";

    private final String version;
    private final InstantSource clock;
    private volatile Aim aim = new Aim("", "", "", null);
    private volatile String problem = "";

    /** Where it is written to now. */
    private record Aim(
            String target,
            String level,
            String syslogSocket,
            @Nullable Fail2banLog log) {

        boolean isAt(String otherTarget, String otherLevel, String otherSocket) {
            return target.equals(otherTarget) && level.equals(otherLevel) && syslogSocket.equals(otherSocket);
        }
    }

    /**
     * A log that is not written yet.
     *
     * @param version this program's
     */
    Fail2banAim(String version, InstantSource clock) {
        this.version = version;
        this.clock = clock;
    }

    /** Writes to that target from now on, or nowhere when it is empty: see {@link Fail2banLog#open}. */
    synchronized void aim(String target, String level, String syslogSocket) {
        if (aim.isAt(target, level, syslogSocket)) {
            return;
        }
        end();
        problem = "";
        try {
            Fail2banLog log = target.isEmpty() ? null : Fail2banLog.open(target, level, syslogSocket);
            aim = new Aim(target, level, syslogSocket, log);
        } catch (IllegalArgumentException e) {
            problem = String.valueOf(e.getMessage());
            LOG.warn("{}.", problem);
        }
        write(Level.INFO, "server", "Starting Fail2ban v" + FAIL2BAN + ", served by Bailiff " + version);
    }

    /**
     * Writes to that target from now on, unless it cannot be written to: then nothing changes.
     *
     * @return what keeps it from being written to; empty when nothing does
     */
    synchronized String turn(String target) {
        Aim now = aim;
        if (target().equals(target)) {
            return "";
        }
        String obstacle = Fail2banLog.obstacle(target, now.syslogSocket());
        if (obstacle.isEmpty()) {
            aim(target, now.level(), now.syslogSocket());
        }
        return obstacle;
    }

    /** Leaves out what is below that level, in fail2ban's words, from now on. */
    synchronized void level(String level) {
        Aim now = aim;
        Fail2banLog log = now.log();
        if (log != null) {
            log.level(level);
        }
        aim = new Aim(now.target(), level, now.syslogSocket(), log);
    }

    /** The level in fail2ban's words; empty where nothing was said. */
    String level() {
        return aim.level();
    }

    /** Where it is written to, without the target's options; empty for nowhere. */
    String target() {
        Fail2banLog log = aim.log();
        return log == null ? "" : log.target();
    }

    /**
     * Has the file opened anew, as fail2ban's {@code flushlogs} does.
     *
     * @return whether there is a file
     */
    boolean renew() {
        Fail2banLog log = aim.log();
        boolean file = log != null && log.isFile();
        if (log != null) {
            log.renew();
            write(Level.INFO, "server", (file ? "rollover" : "flush") + " performed on " + log.target());
        }
        return file;
    }

    /** What keeps the log from being written; empty when nothing does. */
    String problem() {
        Fail2banLog log = aim.log();
        return log == null ? problem : log.problem();
    }

    /** Whether anything is written at all. */
    boolean isOpen() {
        return aim.log() != null;
    }

    /** Whether what is of that level is written. */
    boolean isWanted(Level level) {
        Fail2banLog log = aim.log();
        return log != null && log.isWanted(level);
    }

    /** Writes a message, if it is wanted; does not wait for the file. */
    void write(Level level, String component, String message) {
        Fail2banLog log = aim.log();
        if (log != null) {
            log.write(new LogRecord(clock.instant(), level, component, message));
        }
    }

    private synchronized void end() {
        Fail2banLog log = aim.log();
        if (log != null) {
            write(Level.INFO, "server", "Exiting Fail2ban");
            log.close();
        }
        aim = new Aim("", "", "", null);
    }

    @Override
    public void close() {
        end();
    }
}
