package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.filter.Sieve;
import bailiff.line.LogZone;
import bailiff.line.Printable;
import bailiff.source.PastJournal;
import bailiff.source.PastLog;
import bailiff.source.ReadAhead;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reads past logs, or the journal: the zone of their times, and the moment against which they are completed. */
final class PastLogs {

    /** Takes each line of each log. */
    @FunctionalInterface
    interface Reader {
        /** Begins the log of that name; gives what takes its lines. */
        PastLog.Reader begin(String name, Instant reference);
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

    @Option(
            names = {"-m", "--journalmatch"},
            paramLabel = "MATCH",
            description = "which entries of systemd-journal are read, instead of what the filter says")
    private @Nullable String journalmatch;

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

    /** What entries of the journal are read, when the filter says these. */
    private List<List<String>> matches(List<List<String>> otherwise) throws ControlException {
        return journalmatch == null ? otherwise : JournalArgument.matches(journalmatch, ControlException.USAGE);
    }

    /** Whether the user says which entries of the journal are read. */
    boolean hasJournalmatch() {
        return journalmatch != null;
    }

    /**
     * Reads one after the other; false when one is damaged, which is then named in {@code messages}.
     *
     * @param filtered which entries of the journal are read, unless the user says so
     * @param sieve says which lines of files matter; without it all do
     */
    boolean read(
            List<String> logs, List<List<String>> filtered, Optional<Sieve> sieve, PrintWriter messages, Reader reader)
            throws ControlException {
        Optional<JournalArgument> journal = JournalArgument.among(logs);
        if (journal.isPresent()) {
            return read(journal.get().entries(matches(filtered), StandardCharsets.UTF_8), messages, reader);
        }
        List<PastLog> opened = LogArguments.open(logs);
        boolean sound = true;
        try (ReadAhead ahead = new ReadAhead(opened, sieve, Runtime.getRuntime().availableProcessors())) {
            for (PastLog log : opened) {
                Instant reference = LogArguments.now(now, zone(), log.lastWritten());
                sound &= read(ahead, log.name(), messages, reader.begin(log.name(), reference));
            }
        }
        return sound;
    }

    private static boolean read(ReadAhead ahead, String name, PrintWriter messages, PastLog.Reader reader) {
        try {
            ahead.next(reader);
            return true;
        } catch (IOException e) {
            messages.println("bailiff: " + Printable.text(name + ": " + e.getMessage()));
            return false;
        }
    }

    private boolean read(PastJournal journal, PrintWriter messages, Reader reader) throws ControlException {
        try {
            journal.read(reader.begin(
                    "systemd-journal",
                    LogArguments.now(now, zone(), InstantSource.system().instant())));
            return true;
        } catch (IOException e) {
            messages.println("bailiff: " + Printable.text(String.valueOf(e.getMessage())));
            return false;
        }
    }
}
