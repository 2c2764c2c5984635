package bailiff.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The syslog daemon's socket, or the journal's, each of which takes a datagram a record. */
final class SyslogSink implements LogSink {

    private static final List<String> FACILITIES = List.of(
            "KERN", "USER", "MAIL", "DAEMON", "AUTH", "SYSLOG", "LPR", "NEWS", "UUCP", "CRON", "AUTHPRIV", "FTP");
    private static final int LOCAL0 = 16;
    private static final int DAEMON = 3;

    /** What a datagram looks like. */
    @FunctionalInterface
    interface Form {
        String text(LogRecord entry);
    }

    private final UnixDatagrams socket;
    private final Form form;

    private SyslogSink(UnixDatagrams socket, Form form) {
        this.socket = socket;
        this.form = form;
    }

    /** The syslog daemon's: {@code <29>fail2ban.actions[924]: NOTICE ...}. */
    static SyslogSink syslog(Path socket, String facility, RecordLayout layout) {
        int number = facility(facility);
        return new SyslogSink(
                new UnixDatagrams(socket),
                entry -> "<" + (number * 8 + entry.level().priority()) + ">" + layout.text(entry));
    }

    /** The journal's own (systemd.journal-fields(7)); a record never holds a line feed. */
    static SyslogSink journal(Path socket) {
        return new SyslogSink(
                new UnixDatagrams(socket),
                entry -> "MESSAGE=" + entry.message() + "\nPRIORITY="
                        + entry.level().priority() + "\nSYSLOG_IDENTIFIER=fail2ban\nLOGGER=fail2ban."
                        + entry.component() + "\n");
    }

    private static int facility(String name) {
        String capital = name.toUpperCase(Locale.ROOT);
        if (capital.matches("LOCAL[0-7]")) {
            return LOCAL0 + capital.charAt(capital.length() - 1) - '0';
        }
        int known = FACILITIES.indexOf(capital);
        return known < 0 ? DAEMON : known;
    }

    @Override
    public void write(List<LogRecord> records) throws IOException {
        for (LogRecord entry : records) {
            socket.send(form.text(entry).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void renew() {
        socket.close();
    }

    @Override
    public void close() {
        socket.close();
    }
}
