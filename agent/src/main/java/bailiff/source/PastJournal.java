package bailiff.source;

import bailiff.line.LogLine;
import java.io.IOException;
import java.util.List;

/**
 * The journal as it is now, read once from beginning to end: each entry is a line that knows its time.
 *
 * @param source which entries
 * @param program journalctl, and what stands before its arguments
 */
public record PastJournal(JournalSource source, List<String> program) {

    public PastJournal {
        program = List.copyOf(program);
    }

    /** The journal of this machine. */
    public PastJournal(JournalSource source) {
        this(source, List.of("journalctl"));
    }

    /**
     * Hands every entry to the reader, the oldest first.
     *
     * @throws IOException when journalctl cannot be started or does not end well; the entries before have been handed over
     */
    public void read(PastLog.Reader reader) throws IOException {
        var problem = source.problem();
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
        Object more = new Object();
        try (Journalctl journal = Journalctl.start(program, source.all(), source.encoding(), () -> tell(more))) {
            long number = 0;
            while (await(journal, more)) {
                for (var entry = journal.poll(); entry.isPresent(); entry = journal.poll()) {
                    JournalEntry found = entry.get();
                    reader.line(LogLine.of(found.text(), found.time()), ++number, found.whole());
                }
            }
            if (!journal.isSuccess()) {
                throw new IOException("journalctl: " + journal.lastWords());
            }
        }
    }

    private static void tell(Object more) {
        synchronized (more) {
            more.notifyAll();
        }
    }

    /** Waits for entries; false when there will be no more. */
    private static boolean await(Journalctl journal, Object more) throws IOException {
        synchronized (more) {
            while (journal.waiting() == 0 && !journal.isOver()) {
                try {
                    more.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }
            return !journal.isOver();
        }
    }
}
