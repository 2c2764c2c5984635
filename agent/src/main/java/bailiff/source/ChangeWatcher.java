package bailiff.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Wakes a jail as soon as one of its logs changes: one thread for all jails, told by inotify.
 *
 * <p>Every {@code poll} it also watches what there is to watch by now, and wakes them all to look at everything, for what
 * inotify does not tell and nobody can know of: files that were written under another name, a directory in the place of
 * another. A follower that knows that it is not told everything, since its logs are on a network file system or the
 * system allows no more watches, looks by itself in between: see {@link #unwatched()} and {@link Follower#rest()}.
 *
 * <p>Safe for any thread. A wake-up is called on the watcher's thread, or on the jail's own, and must return at once, without a call back to
 * here.
 */
public final class ChangeWatcher implements Closeable {

    private final DirectoryEvents events;
    private final long poll;
    private final Thread thread;
    private final Set<Registration> registrations = new LinkedHashSet<>();

    /** One jail's registration; closing it ends the wake-ups, of which one may be under way. */
    public final class Registration implements Closeable {

        private final Interest interest;
        private final Runnable wake;

        private Registration(Interest interest, Runnable wake) {
            this.interest = interest;
            this.wake = wake;
        }

        @Override
        public void close() {
            end(this);
        }
    }

    private ChangeWatcher(DirectoryEvents events, Duration poll) {
        this.events = events;
        this.poll = poll.toNanos();
        this.thread = Thread.ofPlatform().name("bailiff-watch").daemon().unstarted(this::run);
    }

    /**
     * Starts watching.
     *
     * @param poll how often everything is looked at regardless, more than zero; some seconds are meant
     */
    public static ChangeWatcher start(Duration poll) {
        ChangeWatcher watcher = new ChangeWatcher(new DirectoryEvents(watchService()), poll);
        watcher.thread.start();
        return watcher;
    }

    /** Without an inotify instance ({@code fs.inotify.max_user_instances}) there is still the poll. */
    private static WatchService watchService() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            return new NoEvents();
        }
    }

    /**
     * Wakes a jail from now on: when this returns, its directories are watched, so what is written after the jail's next
     * reading cannot go unnoticed.
     */
    public Registration register(Interest interest, Runnable wake) {
        Registration registration = new Registration(interest, wake);
        synchronized (this) {
            registrations.add(registration);
            events.watch(directories());
            tellWhatIsTold();
        }
        interest.watchedBy(() -> watchAgain(registration));
        return registration;
    }

    /** Watches directories that have turned out to matter, and then has the jail look once more, on its own thread. */
    private void watchAgain(Registration registration) {
        synchronized (this) {
            if (!registrations.contains(registration)) {
                return;
            }
            events.watch(directories());
            tellWhatIsTold();
        }
        registration.interest.noticeEverything();
        registration.wake.run();
    }

    private void end(Registration registration) {
        synchronized (this) {
            if (!registrations.remove(registration)) {
                return;
            }
            events.watch(directories());
        }
        registration.interest.unwatched();
    }

    /** The directories that should be watched but are left to the poll, for the system allows no more or forbids it. */
    public synchronized Set<Path> unwatched() {
        return events.unwatched(directories());
    }

    private void tellWhatIsTold() {
        Set<Path> told = events.told();
        registrations.forEach(registration -> registration.interest.toldOf(told));
    }

    private void run() {
        try {
            long due = System.nanoTime() + poll;
            while (true) {
                events.await(due - System.nanoTime()).ifPresent(key -> wake(changed(key)));
                if (System.nanoTime() - due >= 0) {
                    wake(everything());
                    due = System.nanoTime() + poll;
                }
            }
        } catch (ClosedWatchServiceException e) {
            // This was closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void wake(Set<Registration> jails) {
        jails.forEach(registration -> registration.wake.run());
    }

    /** Notes what happened in one directory; says whom it concerns. */
    private synchronized Set<Registration> changed(WatchKey key) {
        Set<Registration> concerned = new LinkedHashSet<>();
        events.tell(key, new DirectoryEvents.Listener() {
            @Override
            public void changed(Path directory, String name) {
                for (Registration registration : registrations) {
                    if (registration.interest.notice(directory, name)) {
                        concerned.add(registration);
                    }
                }
            }

            @Override
            public void overflown(Path directory) {
                for (Registration registration : registrations) {
                    if (registration.interest.directories().contains(directory)) {
                        registration.interest.noticeEverything();
                        concerned.add(registration);
                    }
                }
                // Perhaps the directory has gone, and its watch with it.
                tellWhatIsTold();
            }
        });
        return concerned;
    }

    /** Watches what there is to watch by now, and only then lets all look, so that nothing falls in between. */
    private synchronized Set<Registration> everything() {
        events.watch(directories());
        tellWhatIsTold();
        Set<Registration> concerned = new LinkedHashSet<>(registrations);
        concerned.removeIf(registration -> registration.interest.directories().isEmpty());
        concerned.forEach(registration -> registration.interest.noticeEverything());
        return concerned;
    }

    private Set<Path> directories() {
        Set<Path> all = new HashSet<>();
        registrations.forEach(registration -> all.addAll(registration.interest.directories()));
        return all;
    }

    @Override
    public void close() {
        events.close();
    }
}
