package bailiff.bench.logs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which log is made up. */
public enum LogKind {
    /** {@code auth.log} in syslog's traditional form; the attack is failed logins that WordPress reports. */
    AUTH(Stamp.Form.SYSLOG),
    /** The same with ISO 8601 times, as rsyslog writes them by itself. */
    AUTH_ISO(Stamp.Form.ISO),
    /** Apache's combined log; the attack is {@code POST /xmlrpc.php}. */
    ACCESS(Stamp.Form.ACCESS);

    private final Stamp.Form time;

    LogKind(Stamp.Form time) {
        this.time = time;
    }

    /** The kind that is called so on the command line, as in {@code auth-iso}. */
    public static Optional<LogKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.label().equals(name)).findFirst();
    }

    /** What it is called on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Stamp.Form time() {
        return time;
    }

    Part attack(Stamp stamp, Attackers attackers) {
        return this == ACCESS ? AccessLines.attack(stamp, attackers) : AuthLines.attack(stamp, attackers);
    }

    Part other(Stamp stamp) {
        return this == ACCESS ? AccessLines.other(stamp) : AuthLines.other(stamp);
    }
}
