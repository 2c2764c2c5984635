package bailiff.shield;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Keeps the files up to date in which others read the bans; has a thread of its own. Safe for any thread. */
public final class Publisher implements Closeable {

    private final List<PublishedFile> files;
    private final InstantSource clock;
    private final Thread thread;
    private volatile boolean changed;
    private volatile boolean closed;
    private volatile boolean leaving;

    private Publisher(List<PublishedFile> files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("shield-files").unstarted(this::run);
    }

    /** The files that are to be written. Not thread-safe. */
    public static final class Files {

        private final Bans bans;
        private final List<PublishedFile> files = new ArrayList<>();

        /** None yet. */
        public Files(Bans bans) {
            this.bans = bans;
        }

        /**
         * A map for an Apache that runs in that time zone.
         *
         * @param also who is in it where the bans leave room
         */
        public void denyMap(Path path, ZoneId zone, Denials also) {
            files.add(new PublishedFile(path, new DenyMap(zone), bans, also));
        }

        /** Decisions, signed with that key. */
        public void decisions(Path path, String key) {
            add(path, new DecisionFile(key));
        }

        /** One of another form. */
        void add(Path path, Publication form) {
            files.add(new PublishedFile(path, form, bans, new Denials(() -> {})));
        }

        /** Whether there are none. */
        public boolean isEmpty() {
            return files.isEmpty();
        }
    }

    /** Writes the files now, and whenever it is time, until closed. */
    public static Publisher start(Files files, InstantSource clock) {
        Publisher publisher = new Publisher(List.copyOf(files.files), clock);
        publisher.thread.start();
        return publisher;
    }

    /** The bans are others now. */
    public void change() {
        if (!changed) {
            changed = true;
            LockSupport.unpark(thread);
        }
    }

    /* Until something is written further changes wake nobody: in an attack there are thousands in a second. */
    private void run() {
        while (!closed) {
            if (changed) {
                pass();
            }
            long rest = Long.MAX_VALUE;
            for (PublishedFile file : files) {
                long now = System.nanoTime();
                if (file.rest(now) <= 0) {
                    // A change that came while another file was written is news to that one, too.
                    if (changed) {
                        changed = false;
                        pass();
                    }
                    file.write(clock.instant(), now);
                }
                rest = Math.min(rest, file.rest(System.nanoTime()));
            }
            if (!closed && rest > 0) {
                LockSupport.parkNanos(this, rest);
            }
        }
        if (leaving) {
            files.forEach(PublishedFile::takeLeave);
        }
    }

    private void pass() {
        files.forEach(PublishedFile::change);
    }

    /** What keeps the files from saying all, a sentence each. */
    public List<String> problems() {
        return files.stream().flatMap(file -> file.problems().stream()).toList();
    }

    /** Writes the files no more, and leaves them as they are to be without a guard. */
    @Override
    public void close() {
        leaving = true;
        stop();
    }

    /** Writes the files no more, and leaves them as they are: another is about to. */
    public void stop() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
