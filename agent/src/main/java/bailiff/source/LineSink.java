package bailiff.source;

import bailiff.line.LogLine;
import java.nio.file.Path;

/** Takes the lines of the followed files, one after the other, on the thread that reads. */
@FunctionalInterface
public interface LineSink {

    /**
     * Takes one complete line. A line counts as read once it was handed over, even when this call throws.
     *
     * @param file the log by the name under which it is followed, also for lines that stand in a rotated file by now
     * @param line the line without its line feed, one carriage return before it, and leading NULs; at most 8,192 bytes;
     *     a view that is valid during the call only
     * @param live whether it was written while we followed, rather than found in a file that was there before
     * @param whole false where the line is longer and this is its beginning; its rest is never handed over
     */
    void line(Path file, LogLine line, boolean live, boolean whole);

    /** Whether no more lines should come for now: asked after each of them, so that a slow one does not hold up others. */
    default boolean isEnough() {
        return false;
    }
}
