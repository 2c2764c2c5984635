package bailiff.source;

import bailiff.filter.Sieve;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads past logs on other threads, ahead of the one that takes their lines: while that one judges lines, the next ones
 * are read, decompressed and looked through, of several files at once.
 *
 * <p>The lines come in the same order with any number of threads. Not thread-safe: one thread takes the lines.
 */
public final class ReadAhead implements AutoCloseable {

    /*
     * Each log has a short queue of harvests; a thread that reads a log waits when it is full. The logs are begun in
     * their order, each by the next thread that is free, so that the one whose lines are wanted is always being read; and
     * no more of them are begun, before the lines of earlier ones were taken, than there are threads.
     */

    /** Harvests that wait in one log's queue at most; about 150 KiB each. */
    private static final int MOST_WAITING = 8;

    /** So many blocks make one harvest at most, so that lines do not wait for long where few matter. */
    private static final int MOST_BLOCKS = 16;

    private static final int MOST_THREADS = 16;

    private final Optional<Sieve> sieve;
    private final int block;
    private final Queue<Shelf> shelves = new ArrayDeque<>();
    private final Iterator<Shelf> unread;
    private final List<Thread> threads = new ArrayList<>();
    private final ArrayBlockingQueue<Harvest> empty = new ArrayBlockingQueue<>(2 * MOST_WAITING);
    private final Semaphore begun;

    /** A log and what was found in it. */
    private record Shelf(PastLog log, ArrayBlockingQueue<Harvest> harvests) {}

    /**
     * Begins to read.
     *
     * @param logs in the order in which their lines are wanted
     * @param sieve says which lines matter, where the logs are in UTF-8; without it all lines are handed over
     * @param readers how many threads read; 1 to 16
     */
    public ReadAhead(List<PastLog> logs, Optional<Sieve> sieve, int readers) {
        this(logs, sieve, readers, Reaper.BLOCK);
    }

    /** The same with blocks of that many bytes. */
    ReadAhead(List<PastLog> logs, Optional<Sieve> sieve, int readers, int block) {
        this.sieve = sieve;
        this.block = block;
        int most = Math.clamp(readers, 1, MOST_THREADS);
        this.begun = new Semaphore(most);
        logs.forEach(log -> shelves.add(new Shelf(log, new ArrayBlockingQueue<>(MOST_WAITING))));
        this.unread = List.copyOf(shelves).iterator();
        for (int i = 0; i < Math.min(most, logs.size()); i++) {
            threads.add(Thread.ofPlatform().daemon().name("reader-" + i).start(this::readAll));
        }
    }

    /**
     * Hands over the lines of the next log.
     *
     * @throws IOException when the log cannot be read or is damaged; the lines before the damage have been handed over
     */
    public void next(PastLog.Reader reader) throws IOException {
        Shelf shelf = shelves.remove();
        try {
            for (boolean more = true; more; ) {
                Harvest harvest = take(shelf);
                more = harvest.handOver(reader);
                boolean _ = empty.offer(harvest);
            }
        } finally {
            begun.release();
        }
    }

    private static Harvest take(Shelf shelf) throws IOException {
        try {
            return shelf.harvests().take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void readAll() {
        try {
            for (Shelf shelf = nextUnread(); shelf != null; shelf = nextUnread()) {
                read(shelf);
            }
        } catch (InterruptedException e) {
            // The lines are no longer wanted.
        }
    }

    private @Nullable Shelf nextUnread() throws InterruptedException {
        begun.acquire();
        synchronized (unread) {
            return unread.hasNext() ? unread.next() : null;
        }
    }

    /** Whatever goes wrong is told to the thread that takes the lines, in its place among them. */
    private void read(Shelf shelf) throws InterruptedException {
        Reaper reaper = new Reaper(sieve, block);
        Harvest harvest = begin(reaper);
        try (InputStream bytes = shelf.log().open()) {
            boolean fill = !shelf.log().isPiped();
            int blocks = 0;
            while (reaper.reap(bytes, fill, harvest)) {
                blocks++;
                if (harvest.isFull() || blocks == MOST_BLOCKS || !fill) {
                    shelf.harvests().put(harvest);
                    harvest = begin(reaper);
                    blocks = 0;
                }
            }
            harvest.end(null);
        } catch (IOException | RuntimeException | Error e) {
            harvest.end(e);
        }
        shelf.harvests().put(harvest);
    }

    private Harvest begin(Reaper reaper) {
        Harvest free = empty.poll();
        Harvest harvest = free == null ? new Harvest() : free;
        harvest.begin(reaper.number());
        return harvest;
    }

    /** Ends reading. A thread that waits for standard input is left to itself. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
