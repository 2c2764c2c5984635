package bailiff.source;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Tells what happens in directories: inotify, behind the names that were asked for. Not thread-safe. */
final class DirectoryEvents {

    /*
     * Two names of one directory share one key, for inotify knows directories, not names; so a key has several. A watch
     * stays with its directory when that is renamed and another takes the name: `watch` compares which directory it is.
     */

    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    private final WatchService service;
    private final Map<Path, Watched> watched = new HashMap<>();

    /*
     * On these nobody writes but by way of this kernel, which tells of it. What other machines write, as over NFS, or
     * the other side of FUSE, 9p or virtiofs, it does not know of.
     */
    private static final Set<String> LOCAL = Set.of(
            "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "bcachefs", "jfs", "tmpfs", "ramfs", "overlay");

    private record Watched(WatchKey key, FileStat directory, boolean local) {

        boolean isStill(FileStat now) {
            return key.isValid() && directory.sameFile(now);
        }
    }

    /** Takes what has happened. */
    interface Listener {

        /** Something happened to that name in the directory. */
        void changed(Path directory, String name);

        /** Anything may have happened in the directory. */
        void overflown(Path directory);
    }

    DirectoryEvents(WatchService service) {
        this.service = service;
    }

    /** Watches these directories and no others, as far as the system allows. */
    void watch(Set<Path> wanted) {
        for (Path directory : wanted) {
            if (!isWatched(directory)) {
                begin(directory);
            }
        }
        for (Path directory : Set.copyOf(watched.keySet())) {
            if (!wanted.contains(directory)) {
                end(directory);
            }
        }
    }

    /** The directories among these that cannot be watched at present. */
    Set<Path> unwatched(Set<Path> wanted) {
        return wanted.stream()
                .filter(directory -> !watched.containsKey(directory))
                .collect(Collectors.toSet());
    }

    /** The directories of which everything is told that happens there. */
    Set<Path> told() {
        return watched.entrySet().stream()
                .filter(one -> one.getValue().local())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private boolean isWatched(Path directory) {
        Watched known = watched.get(directory);
        if (known == null) {
            return false;
        }
        boolean still = Look.directory(directory).filter(known::isStill).isPresent();
        if (!still) {
            end(directory);
        }
        return still;
    }

    private void begin(Path directory) {
        try {
            WatchKey key = directory.register(service, KINDS);
            watched.put(directory, new Watched(key, FileStat.of(directory), isLocal(directory)));
        } catch (IOException | ProviderMismatchException e) {
            // Left to the poll, which also tries this again; `unwatched` tells of it.
        }
    }

    private static boolean isLocal(Path directory) {
        try {
            return LOCAL.contains(Files.getFileStore(directory).type());
        } catch (IOException e) {
            return false;
        }
    }

    private void end(Path directory) {
        Watched gone = watched.remove(directory);
        if (gone != null && names(gone.key()).isEmpty()) {
            gone.key().cancel();
        }
    }

    /**
     * Waits for something to happen in a directory. May be called while another thread uses this object.
     *
     * @throws ClosedWatchServiceException once this was closed
     */
    Optional<WatchKey> await(long nanos) throws InterruptedException {
        return Optional.ofNullable(service.poll(nanos, TimeUnit.NANOSECONDS));
    }

    /** Tells what has happened in that directory. */
    void tell(WatchKey key, Listener listener) {
        List<WatchEvent<?>> events = key.pollEvents();
        boolean valid = key.reset();
        for (Path directory : names(key)) {
            for (WatchEvent<?> event : events) {
                if (event.context() instanceof Path name) {
                    listener.changed(directory, name.toString());
                } else {
                    listener.overflown(directory);
                }
            }
            if (!valid) {
                watched.remove(directory);
                listener.overflown(directory);
            }
        }
    }

    private List<Path> names(WatchKey key) {
        return watched.entrySet().stream()
                .filter(one -> one.getValue().key().equals(key))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Ends every waiting; safe for any thread. */
    void close() {
        try {
            service.close();
        } catch (IOException e) {
            // Its descriptors go with the process.
        }
    }
}
