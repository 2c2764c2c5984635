package bailiff.report;

import bailiff.filter.Filter;
import bailiff.filter.Outcome;
import bailiff.filter.Sighting;
import bailiff.line.AccessLog;
import bailiff.line.AccessRecord;
import bailiff.line.ErrorLog;
import bailiff.line.ErrorRecord;
import bailiff.line.LogLine;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out line by line what kind of log it is from, and hands over what it tells. Not thread-safe. */
public final class Intake {

    /* The kind of the line before is tried first; all others after it, so files may be mixed as their owners like. */

    private enum Kind {
        ACCESS,
        ERROR,
        AUTH
    }

    private final Chronicle chronicle;
    private final AccessLog access;
    private final ErrorLog errors;
    private final Filter wordpress;
    private final List<Log> logs = new ArrayList<>();
    private Kind last = Kind.ACCESS;

    /** What was found in one log. */
    public static final class Log {

        private final String name;
        private final Instant reference;
        private long lines;
        private long access;
        private long errors;
        private long auth;

        private Log(String name, Instant reference) {
            this.name = name;
            this.reference = reference;
        }

        /** As the user wrote it. */
        public String name() {
            return name;
        }

        /** How many lines it has. */
        public long lines() {
            return lines;
        }

        /** How many of them are requests. */
        public long access() {
            return access;
        }

        /** How many are a server's errors that name a client. */
        public long errors() {
            return errors;
        }

        /** How many are WordPress's about a failure or a success. */
        public long auth() {
            return auth;
        }

        /** Whether any line was understood. */
        public boolean isUnderstood() {
            return access + errors + auth > 0;
        }
    }

    /**
     * Takes lines for that chronicle.
     *
     * @param wordpress finds failures in lines of syslog
     * @param zone of times that name none
     */
    public Intake(Chronicle chronicle, Filter wordpress, ZoneId zone) {
        this.chronicle = chronicle;
        this.wordpress = wordpress;
        this.access = new AccessLog(zone);
        this.errors = new ErrorLog(zone);
    }

    /** Adds a form of access log, as {@link AccessLog#add} says. */
    public boolean addFormat(String format, ZoneId zone) {
        return access.add(format, zone);
    }

    /**
     * Begins a log.
     *
     * @param reference the moment against which times without a year are completed
     */
    public Log begin(String name, Instant reference) {
        Log log = new Log(name, reference);
        logs.add(log);
        return log;
    }

    /** The offset of the web server's clock from UTC, as its access log names it; empty where none does. */
    public Optional<ZoneOffset> offset() {
        return access.offset();
    }

    /** All logs so far. */
    public List<Log> logs() {
        return List.copyOf(logs);
    }

    /** Takes a line of that log; one that was cut tells nothing. */
    public void line(Log log, LogLine line, boolean whole) {
        log.lines++;
        if (!whole || take(last, log, line)) {
            return;
        }
        for (Kind kind : Kind.values()) {
            if (kind != last && take(kind, log, line)) {
                last = kind;
                return;
            }
        }
    }

    private boolean take(Kind kind, Log log, LogLine line) {
        return switch (kind) {
            case ACCESS -> takeAccess(log, line);
            case ERROR -> takeError(log, line);
            case AUTH -> takeAuth(log, line);
        };
    }

    private boolean takeAccess(Log log, LogLine line) {
        Optional<AccessRecord> record = access.read(line);
        record.ifPresent(chronicle::add);
        log.access += record.isPresent() ? 1 : 0;
        return record.isPresent();
    }

    private boolean takeError(Log log, LogLine line) {
        Optional<ErrorRecord> error = errors.read(line);
        error.ifPresent(chronicle::add);
        log.errors += error.isPresent() ? 1 : 0;
        return error.isPresent();
    }

    private boolean takeAuth(Log log, LogLine line) {
        switch (wordpress.apply(line, log.reference)) {
            case Outcome.Matched(Sighting sighting) -> chronicle.add(sighting, Pages.doorOfMessage(line.text()), false);
            case Outcome.Credited(Sighting sighting) -> credit(sighting, line.text());
            case Outcome.Ignored _, Outcome.Unmatched _, Outcome.Doubtful _ -> {
                return false;
            }
        }
        log.auth++;
        return true;
    }

    private void credit(Sighting sighting, String line) {
        if (line.contains(": Bailiff: reset ")) {
            chronicle.reset(sighting);
        } else {
            chronicle.add(sighting, Pages.doorOfMessage(line), true);
        }
    }
}
