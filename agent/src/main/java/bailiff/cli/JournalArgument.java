package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.source.JournalSource;
import bailiff.source.PastJournal;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A journal named in the place of a log, as fail2ban-regex takes it: {@code systemd-journal}, perhaps with {@code
 * [journalflags=1]} or {@code [journalfiles="/path/system.journal"]}.
 *
 * @param options what stands in brackets
 */
record JournalArgument(Map<String, String> options) {

    private static final String JOURNAL = "systemd-journal";

    JournalArgument {
        options = Map.copyOf(options);
    }

    /** The journal that the argument names; nothing when it names a file. */
    static Optional<JournalArgument> of(String argument) {
        boolean journal = argument.equals(JOURNAL) || argument.startsWith(JOURNAL + "[");
        return journal
                ? Optional.of(new JournalArgument(RegexSubject.arguments(argument.substring(JOURNAL.length()))))
                : Optional.empty();
    }

    /**
     * The journal among these logs, which is read alone; nothing when all are files.
     *
     * @throws ControlException when other logs stand beside it
     */
    static Optional<JournalArgument> among(List<String> logs) throws ControlException {
        Optional<JournalArgument> journal =
                logs.stream().flatMap(log -> of(log).stream()).findFirst();
        if (journal.isPresent() && logs.size() > 1) {
            throw new ControlException(
                    ControlException.USAGE, "The journal is read alone; name no other log beside " + JOURNAL + ".");
        }
        return journal;
    }

    /** Its entries that fit the words of one of the lists; all of them where there is none. */
    PastJournal entries(List<List<String>> matches, Charset encoding) {
        return new PastJournal(new JournalSource(matches, options, encoding));
    }

    /**
     * The words of {@code --journalmatch}.
     *
     * @throws ControlException with that exit code, when a quote is not closed
     */
    static List<List<String>> matches(String written, int exit) throws ControlException {
        List<String> words = ShellWords.of(written)
                .orElseThrow(() ->
                        new ControlException(exit, "--journalmatch: read '" + written + "', a quote is not closed."));
        return words.isEmpty() ? List.of() : List.of(words);
    }
}
