package bailiff.source;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A running journalctl and the entries that it has printed and nobody has taken yet.
 *
 * <p>A thread of its own reads them, so that whoever takes them never waits; when a megabyte waits it stops reading, and
 * journalctl stops writing. Safe for any thread.
 */
final class Journalctl implements Closeable {

    private static final File DEV_NULL = new File("/dev/null");
    private static final int MOST_WAITING = 1 << 20;

    /* What an entry costs beside its text. */
    private static final int ENTRY = 256;

    private static final int LONGEST_COMPLAINT = 300;
    private static final long PATIENCE_SECONDS = 2;

    private final Process process;
    private final Runnable wake;
    private final ArrayDeque<JournalEntry> waiting = new ArrayDeque<>();
    private final StringBuilder complaint = new StringBuilder();
    private long bytes;
    private boolean ended;
    private boolean closed;

    private Journalctl(Process process, Runnable wake) {
        this.process = process;
        this.wake = wake;
    }

    /**
     * Starts it; never through a shell.
     *
     * @param program journalctl, and what stands before its arguments
     * @param wake called when there is something to take, or it has ended; must return at once
     * @throws IOException when there is no such program, or it may not be started
     */
    static Journalctl start(List<String> program, List<String> arguments, Charset encoding, Runnable wake)
            throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(Redirect.from(DEV_NULL));
        builder.environment().put("LC_ALL", "C");
        Journalctl started = new Journalctl(builder.start(), wake);
        Thread listener = Thread.ofVirtual().name("bailiff-journal-words").start(started::listen);
        Thread.ofPlatform().name("bailiff-journal").daemon().start(() -> started.run(encoding, listener));
        return started;
    }

    private void run(Charset encoding, Thread listener) {
        try (InputStream printed = process.getInputStream()) {
            ExportReader reader = new ExportReader(printed, encoding);
            for (Optional<JournalEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                put(entry.get());
                // Outside the lock: whom it wakes may hold one of his own.
                wake.run();
            }
            // Now, for to destroy a process closes what its last words come through. Not for ever: whoever it left
            // behind
            // may hold that open.
            listener.join(Duration.ofSeconds(PATIENCE_SECONDS));
        } catch (IOException e) {
            complain(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroy();
            end();
        }
    }

    private synchronized void put(JournalEntry entry) throws InterruptedException {
        while (bytes >= MOST_WAITING && !closed) {
            wait();
        }
        if (closed) {
            throw new InterruptedException();
        }
        waiting.add(entry);
        bytes += cost(entry);
    }

    private void end() {
        awaitExit();
        synchronized (this) {
            ended = true;
        }
        wake.run();
    }

    private void awaitExit() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (InputStream words = process.getErrorStream()) {
            byte[] buffer = new byte[LONGEST_COMPLAINT];
            for (int n = words.read(buffer); n >= 0; n = words.read(buffer)) {
                complain(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // It has ended: there is nothing more to hear.
        }
    }

    private synchronized void complain(String words) {
        if (complaint.length() < LONGEST_COMPLAINT) {
            complaint.append(words, 0, Math.min(words.length(), LONGEST_COMPLAINT - complaint.length()));
        }
    }

    /** The next entry, if there is one by now. */
    synchronized Optional<JournalEntry> poll() {
        JournalEntry entry = waiting.poll();
        if (entry == null) {
            return Optional.empty();
        }
        bytes -= cost(entry);
        notifyAll();
        return Optional.of(entry);
    }

    private static int cost(JournalEntry entry) {
        return entry.text().length() + ENTRY;
    }

    /** About how many bytes wait to be taken. */
    synchronized long waiting() {
        return bytes;
    }

    /** Whether all that it will ever print has been taken. */
    synchronized boolean isOver() {
        return ended && waiting.isEmpty();
    }

    /** Whether it ended as it should, having printed all that there was. */
    boolean isSuccess() {
        return !process.isAlive() && process.exitValue() == 0;
    }

    /** What it said before it ended, on one line; its exit code where it said nothing. Hostile text. */
    synchronized String lastWords() {
        String words = complaint.toString().strip().replaceAll("\\s+", " ");
        return !words.isEmpty() ? words : process.isAlive() ? "" : "exit code " + process.exitValue();
    }

    /** Ends it; what was not taken is lost to this one. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
            notifyAll();
        }
        process.destroy();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).exceptionally(_ -> process.destroyForcibly());
    }
}
