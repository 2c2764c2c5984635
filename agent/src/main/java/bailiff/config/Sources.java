package bailiff.config;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

/**
 * Where a jail's lines come from.
 *
 * @param backend whether files or the journal are read
 * @param logs the files to read; empty only where the journal is read
 * @param journalmatch which entries of the journal are read: an entry is when it fits all words of one of the lists
 *     ({@code _SYSTEMD_UNIT=sshd.service}); none means every entry
 * @param journal the options in brackets behind {@code systemd}, by name: which journal files are read, and how
 * @param encoding in which the files are written, {@code logencoding}
 * @param listen where lines come by syslog's protocol besides, each once
 */
public record Sources(
        Backend backend,
        List<LogPath> logs,
        List<List<String>> journalmatch,
        Map<String, String> journal,
        Charset encoding,
        List<Listen> listen) {

    /** What is read. */
    public enum Backend {
        /** The files of {@code logpath}. */
        FILES,
        /** The systemd journal. */
        JOURNAL,
        /** The files of {@code logpath}, or the journal if there is none of them at the start. */
        EITHER
    }

    public Sources {
        logs = List.copyOf(logs);
        journalmatch = journalmatch.stream().map(List::copyOf).toList();
        journal = Map.copyOf(journal);
        listen = List.copyOf(listen);
    }

    /** Sources that nobody sends lines to. */
    public Sources(
            Backend backend,
            List<LogPath> logs,
            List<List<String>> journalmatch,
            Map<String, String> journal,
            Charset encoding) {
        this(backend, logs, journalmatch, journal, encoding, List.of());
    }

    /** The same with other files. */
    public Sources withLogs(List<LogPath> others) {
        return new Sources(backend, others, journalmatch, journal, encoding, listen);
    }

    /** The same with other entries of the journal. */
    public Sources withJournalmatch(List<List<String>> others) {
        return new Sources(backend, logs, others, journal, encoding, listen);
    }

    /** The same in another encoding. */
    public Sources withEncoding(Charset other) {
        return new Sources(backend, logs, journalmatch, journal, other, listen);
    }
}
