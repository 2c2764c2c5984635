package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.line.LogZone;
import bailiff.line.Printable;
import bailiff.source.PastLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Option;

/** How a command reads past logs: the zone of their times, and the moment against which they are completed. */
final class PastLogs {

    /** Takes each line of each log. */
    @FunctionalInterface
    interface Reader {
        /** Begins a log; gives what takes its lines. */
        PastLog.Reader begin(PastLog log, Instant reference);
    }

    @Option(
            names = {"--timezone", "--TZ"},
            paramLabel = "ZONE",
            defaultValue = "",
            description = "of times that name none")
    private String timezone = "";

    @Option(
            names = "--now",
            paramLabel = "TIME",
            defaultValue = "",
            description = "completes dates without a year or a day (default: when the log was last written)")
    private String now = "";

    /** The zone of times that name none; the machine's where the option is missing. */
    ZoneId zone() throws ControlException {
        if (timezone.isEmpty()) {
            return ZoneId.systemDefault();
        }
        return LogZone.parse(timezone)
                .orElseThrow(() -> new ControlException(
                        ControlException.USAGE,
                        "--timezone: read '" + timezone + "', expected a zone such as Europe/Berlin, UTC or +02:00."));
    }

    /** Reads one after the other; false when one is damaged, which is then named in {@code messages}. */
    boolean read(List<String> logs, PrintWriter messages, Reader reader) throws ControlException {
        boolean sound = true;
        for (PastLog log : LogArguments.open(logs)) {
            Instant reference = LogArguments.now(now, zone(), log.lastWritten());
            try {
                log.read(reader.begin(log, reference));
            } catch (IOException e) {
                messages.println("bailiff: " + Printable.text(log.name() + ": " + e.getMessage()));
                sound = false;
            }
        }
        return sound;
    }
}
