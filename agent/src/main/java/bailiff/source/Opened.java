package bailiff.source;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file just opened, and which file that is.
 *
 * @param path the name under which it was opened
 * @param stat what it was at that time
 * @param feed its bytes, for the taker to close
 */
record Opened(Path path, FileStat stat, Feed feed) {

    private static final int ATTEMPTS = 5;

    /**
     * Opens a regular file. Java cannot ask an open file for its inode, so the path is asked before and after, and once
     * more when it was given to another file in between.
     */
    static Opened open(Path path) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            FileStat before = FileStat.of(path);
            if (before.kind() != FileStat.Kind.FILE) {
                throw new IOException("Not a regular file");
            }
            Feed feed = Feed.open(path);
            if (isStill(path, before, feed)) {
                return new Opened(path, before, feed);
            }
            feed.close();
        }
        throw new IOException("Another file takes its name all the time");
    }

    private static boolean isStill(Path path, FileStat before, Feed feed) throws IOException {
        try {
            return FileStat.of(path).sameFile(before);
        } catch (IOException e) {
            feed.close();
            throw e;
        }
    }
}
