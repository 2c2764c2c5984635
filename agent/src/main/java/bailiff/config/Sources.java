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
 */
public record Sources(
        Backend backend,
        List<LogPath> logs,
        List<List<String>> journalmatch,
        Map<String, String> journal,
        Charset encoding) {

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
    }
}
