package bailiff.source;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far one file has been read, and by what to know it again after it was renamed, copied or compressed.
 *
 * @param inode its number; the device is left out, for its number may change when the machine starts again
 * @param offset how many bytes are done with; the beginning of a line, unless {@code inLine}
 * @param inLine whether the offset lies within a line whose rest is to be skipped
 * @param head checksum of the first bytes, see {@link Fingerprint#head()}
 * @param tail checksum of the last bytes before the offset, see {@link Fingerprint#tail()}
 */
record Mark(long inode, long offset, boolean inLine, int head, int tail) {

    /* The text is "1" for the format, then " INODE:OFFSET:INLINE:HEAD:TAIL" for each file, oldest first. */

    private static final String FORMAT = "1";
    private static final int MOST_FILES = 64;

    /** Whether the content tells the file from others: of a file of which nothing was read, nothing is known. */
    boolean knowsContent() {
        return offset > 0;
    }

    /** The bookmark for these files, oldest first. */
    static String write(List<Mark> marks) {
        return marks.stream().map(Mark::write).collect(Collectors.joining("", FORMAT, ""));
    }

    /** The files of a bookmark, perhaps none; nothing when it is not one that {@link #write(List)} has made. */
    static Optional<List<Mark>> read(String bookmark) {
        String[] parts = bookmark.split(" ", MOST_FILES + 2);
        if (!parts[0].equals(FORMAT) || parts.length > MOST_FILES + 1) {
            return Optional.empty();
        }
        try {
            List<Mark> marks = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                marks.add(parse(parts[i].split(":", -1)));
            }
            return Optional.of(List.copyOf(marks));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String write() {
        return " %d:%d:%d:%s:%s"
                .formatted(inode, offset, inLine ? 1 : 0, Integer.toHexString(head), Integer.toHexString(tail));
    }

    private static Mark parse(String[] fields) {
        if (fields.length != 5) {
            throw new IllegalArgumentException("Not five fields.");
        }
        long offset = Long.parseLong(fields[1]);
        if (offset < 0) {
            throw new IllegalArgumentException("Negative offset.");
        }
        return new Mark(
                Long.parseLong(fields[0]),
                offset,
                fields[2].equals("1"),
                HexFormat.fromHexDigits(fields[3]),
                HexFormat.fromHexDigits(fields[4]));
    }
}
