package bailiff.source;

import java.nio.file.Path;
import java.time.Instant;

/**
 * How it stands with one followed log, for people.
 *
 * @param path the log's name, or the pattern that no file matches
 * @param condition whether it is being read
 * @param reason why not, or what was noticed while reading, as a sentence; empty when there is nothing to say
 * @param behind bytes written but not read yet, at least 0; what waits in a compressed file is not counted
 * @param lastRead when bytes were last read from it; {@link Instant#EPOCH} for never
 * @param tally what has been read since the start
 */
public record SourceState(Path path, Condition condition, String reason, long behind, Instant lastRead, Tally tally) {

    /** Whether a log is being read. */
    public enum Condition {
        /** Open and read. */
        FOLLOWED,
        /** No such file at present; it is read once it appears. */
        MISSING,
        /** There, but it cannot be opened or read; tried again at every poll. */
        UNREADABLE,
        /** There, but nothing that is followed: a directory, a pipe, a device, or one file too many. */
        REFUSED,
        /** Another name of a file that is followed already. */
        DUPLICATE
    }

    /**
     * Counts since the start.
     *
     * @param lines lines handed over, the overlong ones included
     * @param overlong lines longer than 8,192 bytes, handed over cut
     * @param unfinished last lines without a line feed in files that were rotated away; they are not handed over
     * @param renewals how often the log began anew: another file took the name, or the file was emptied
     */
    public record Tally(long lines, long overlong, long unfinished, long renewals) {}
}
